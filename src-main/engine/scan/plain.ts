import { exactUpTo, exponential, readExponential } from './exponential'

/**
 * Numbers and values in the forms that venues really send, read at full speed. What answers NaN or -1 here is not refused yet: the careful way
 * (`Scanner`) reads it again and decides. Positions beyond the bytes compare false everywhere.
 */

const QUOTE = 0x22
const COMMA = 0x2c
const POINT = 0x2e
const ZERO = 0x30
const BACKSLASH = 0x5c
const SPACE = 0x20
const CLOSE_OBJECT = 0x7d
const CLOSE_ARRAY = 0x5d
const LETTER_E = 0x65

const powersOfTen = Float64Array.from({ length: 23 }, (_, n) => 10 ** n)

/** Behind the number read last, its quote included. Not a second result of `plainNumber`, because that would be an object a number. */
export let behind = 0

/**
 * The point of the grid (`step / 10^decimals`) that an unsigned number names, `"1.20"`, `1.2` or `7e-7`, exactly. NaN for what lies between points, is no
 * such number, or needs a closer look.
 */
export function plainNumber(bytes: Uint8Array, from: number, decimals: number, step: number): number {
  const quoted = bytes[from] === QUOTE
  let at = quoted ? from + 1 : from
  let digit = bytes[at]! - ZERO
  if (!(digit >= 0 && digit <= 9)) return NaN
  let n = 0
  let missing = decimals
  while (digit >= 0 && digit <= 9) {
    n = n * 10 + digit
    digit = bytes[++at]! - ZERO
  }
  if (digit === POINT - ZERO) {
    digit = bytes[++at]! - ZERO
    if (!(digit >= 0 && digit <= 9)) return NaN
    while (missing > 0 && digit >= 0 && digit <= 9) {
      n = n * 10 + digit
      missing--
      digit = bytes[++at]! - ZERO
    }
    while (digit === 0) digit = bytes[++at]! - ZERO
  }
  const isExact = n <= exactUpTo[missing]!
  if (missing > 0) n *= powersOfTen[missing]!
  if (!endsNumber(digit + ZERO, quoted)) {
    if (((digit + ZERO) | 32) !== LETTER_E) return NaN
    n = plainExponential(bytes, quoted ? from + 1 : from, decimals)
    at = exponential.end
    if (Number.isNaN(n) || !endsNumber(bytes[at]!, quoted)) return NaN
  } else if (!isExact) return NaN
  behind = quoted ? at + 1 : at
  if (step !== 1) {
    n /= step
    if (n !== Math.floor(n)) return NaN
  }
  return n
}

function endsNumber(byte: number, quoted: boolean): boolean {
  return quoted ? byte === QUOTE : byte === COMMA || byte === CLOSE_ARRAY || byte === CLOSE_OBJECT
}

function plainExponential(bytes: Uint8Array, from: number, decimals: number): number {
  if (!readExponential(bytes, from) || exponential.scale > decimals) return NaN
  const missing = decimals - exponential.scale
  return exponential.digits <= exactUpTo[missing]! ? exponential.digits * powersOfTen[missing]! : NaN
}

/** Behind the comma at `at` and one space that some venues put there; -1 where there is no comma. */
export function plainComma(bytes: Uint8Array, at: number): number {
  if (bytes[at] !== COMMA) return -1
  return bytes[at + 1] === SPACE ? at + 2 : at + 1
}

/** Behind a string without escapes, or behind a bare number; -1 for anything else. */
export function plainValue(bytes: Uint8Array, from: number): number {
  let at = from
  if (bytes[at] === QUOTE) {
    let byte = bytes[++at]!
    while (byte !== QUOTE) {
      if (!(byte >= SPACE) || byte === BACKSLASH) return -1
      byte = bytes[++at]!
    }
    return at + 1
  }
  let byte = bytes[at]!
  while ((byte >= 0x2d && byte <= 0x39 && byte !== 0x2f) || byte === 0x2b || (byte | 32) === LETTER_E)
    byte = bytes[++at]!
  return at > from && endsNumber(byte, false) ? at : -1
}

/** Whether the quoted text at `at` is `word`. */
export function isWord(bytes: Uint8Array, at: number, word: Uint8Array): boolean {
  if (bytes[at] !== QUOTE) return false
  for (let n = 0; n < word.length; n++) if (bytes[at + 1 + n] !== word[n]) return false
  return bytes[at + 1 + word.length] === QUOTE
}

export const bytesOfWord = (word: string): Uint8Array =>
  Uint8Array.from(word, (letter) => letter.charCodeAt(0))
