import {
  BACKSLASH,
  CLOSE_ARRAY,
  CLOSE_OBJECT,
  COLON,
  COMMA,
  LETTER_E,
  LETTER_F,
  LETTER_N,
  LETTER_T,
  MINUS,
  NINE,
  OPEN_ARRAY,
  OPEN_OBJECT,
  PLUS,
  POINT,
  QUOTE,
  SPACE,
  ZERO
} from './bytes'

/** Deeper nesting than any venue sends is refused: what is open is counted in bits and places of fixed number. */
const DEEPEST = 32
/** Containers that begin behind this byte are found sound anew each time: the outer ones, whose passing costs, begin early. */
const REACH = 8192
const MOST_BASE = 2 ** 30

/**
 * Passes values of one text in a single run over their bytes, and keeps where their objects and arrays end: what a reader passes to see whether a message is
 * sound, and then enters, costs once.
 */
export class Marks {
  /** Where the container that begins at a byte ends, above `#base`; what is not above it is of an earlier text. */
  readonly #ends = new Int32Array(REACH)
  readonly #open = new Int32Array(DEEPEST)
  #base = 0
  #length = 0

  /** Forgets the text before. */
  load(length: number): void {
    this.#base += this.#length
    this.#length = length
    if (this.#base + length < MOST_BASE) return
    this.#base = 0
    this.#ends.fill(0)
  }

  /** Behind the value whose first byte is at `from`; -1 where it is not sound. */
  behind(bytes: Uint8Array, from: number): number {
    const first = bytes[from]!
    if (first !== OPEN_OBJECT && first !== OPEN_ARRAY) return behindScalar(bytes, from, first)
    const known = from < REACH ? this.#ends[from]! - this.#base : 0
    return known > 0 ? known : this.#walk(bytes, from)
  }

  #walk(bytes: Uint8Array, from: number): number {
    const [ends, open, base] = [this.#ends, this.#open, this.#base]
    // Bit n: the n-th of the open containers is an object.
    let objects = 0
    let depth = 0
    let at = from
    for (;;) {
      const byte = bytes[at]!
      let isEmpty = false
      if (byte === OPEN_OBJECT || byte === OPEN_ARRAY) {
        if (depth === DEEPEST) return -1
        open[depth] = at
        const isObject = byte === OPEN_OBJECT
        objects = isObject ? objects | (1 << depth) : objects & ~(1 << depth)
        depth++
        at = behindSpace(bytes, at + 1)
        isEmpty = bytes[at] === (isObject ? CLOSE_OBJECT : CLOSE_ARRAY)
        if (!isEmpty) {
          if (isObject) at = behindKey(bytes, at)
          if (at < 0) return -1
          continue
        }
      } else at = behindScalar(bytes, at, byte)
      if (at < 0) return -1
      // Behind a value, or at the end of an empty container.
      for (;;) {
        if (depth === 0) return at
        at = behindSpace(bytes, at)
        const isObject = ((objects >>> (depth - 1)) & 1) === 1
        const next = bytes[at]!
        if (next === COMMA && !isEmpty) {
          at = behindSpace(bytes, at + 1)
          if (isObject) at = behindKey(bytes, at)
          if (at < 0) return -1
          break
        }
        if (next !== (isObject ? CLOSE_OBJECT : CLOSE_ARRAY)) return -1
        isEmpty = false
        depth--
        at++
        const start = open[depth]!
        if (start < REACH) ends[start] = base + at
      }
    }
  }
}

/** The next byte that is no white space. */
function behindSpace(bytes: Uint8Array, from: number): number {
  let at = from
  while (bytes[at]! <= SPACE) at++
  return at
}

/** Where the value of the key at `from` begins. */
function behindKey(bytes: Uint8Array, from: number): number {
  if (bytes[from] !== QUOTE) return -1
  let at = behindString(bytes, from)
  if (at < 0) return -1
  if (bytes[at] !== COLON) {
    at = behindSpace(bytes, at)
    if (bytes[at] !== COLON) return -1
  }
  return behindSpace(bytes, at + 1)
}

/** Behind the string whose opening quote is at `from`; -1 where it has no end, a control character, or an escape that JSON does not know. */
export function behindString(bytes: Uint8Array, from: number): number {
  let at = from + 1
  let byte = bytes[at]!
  while (byte !== QUOTE) {
    if (!(byte >= SPACE)) return -1
    at = byte === BACKSLASH ? behindEscape(bytes, at + 1) : at + 1
    if (at < 0) return -1
    byte = bytes[at]!
  }
  return at + 1
}

const escapes = Uint8Array.from('"\\/bfnrt', (letter) => letter.charCodeAt(0))
const LETTER_U = 0x75

/** Behind what follows a backslash (RFC 8259, 7): one of eight letters, or `u` and four hexadecimal digits; -1 for anything else. */
function behindEscape(bytes: Uint8Array, from: number): number {
  if (bytes[from] !== LETTER_U) return escapes.includes(bytes[from]!) ? from + 1 : -1
  for (let at = from + 1; at < from + 5; at++) if (!isHexadecimal(bytes[at]!)) return -1
  return from + 5
}

function isHexadecimal(byte: number): boolean {
  const letter = byte | 0x20
  return (byte >= ZERO && byte <= NINE) || (letter >= 0x61 && letter <= 0x66)
}

function behindScalar(bytes: Uint8Array, from: number, first: number): number {
  if (first === QUOTE) return behindString(bytes, from)
  if (first === LETTER_T) return behindWord(bytes, from, 'true')
  if (first === LETTER_F) return behindWord(bytes, from, 'false')
  if (first === LETTER_N) return behindWord(bytes, from, 'null')
  return behindNumber(bytes, from)
}

/** Behind a literal such as `true`; -1 where something else stands. */
export function behindWord(bytes: Uint8Array, from: number, word: string): number {
  for (let n = 0; n < word.length; n++) if (bytes[from + n] !== word.charCodeAt(n)) return -1
  return from + word.length
}

/** Behind digits, signs, points and exponents; who wants the number reads it with a stricter method. */
export function behindNumber(bytes: Uint8Array, from: number): number {
  let at = from
  let byte = bytes[at]!
  while (
    (byte >= ZERO && byte <= NINE) ||
    byte === POINT ||
    byte === MINUS ||
    byte === PLUS ||
    (byte | 32) === LETTER_E
  )
    byte = bytes[++at]!
  return at > from ? at : -1
}
