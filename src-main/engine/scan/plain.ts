import type { Grid } from '../../../src-shared/instrument'
import {
  BACKSLASH,
  CLOSE_ARRAY,
  CLOSE_OBJECT,
  COMMA,
  LETTER_E,
  PLUS,
  POINT,
  QUOTE,
  SPACE,
  ZERO
} from './bytes'

/**
 * Numbers and values in the forms that venues really send, read at full speed. What answers -1 here is not refused yet: the careful way
 * (`Scanner`) reads it again and decides. Positions beyond the bytes compare false everywhere.
 */

const powersOfTen = Float64Array.from({ length: 23 }, (_, n) => 10 ** n)

/**
 * Writes to `into[row]` the point of the grid that an unsigned number of at most nine digits before its point and nine behind names, `"1.20"` or `1.2`,
 * exactly. Kept so small that V8 puts it into the loops that use it, where it is a third faster.
 * @returns behind the number, its quote included; -1 for what lies between points, is no such number, or needs a closer look
 */
export function plainNumber(
  bytes: Uint8Array,
  from: number,
  grid: Grid,
  into: Float64Array,
  row: number
): number {
  const quoted = bytes[from] === QUOTE
  const first = quoted ? from + 1 : from
  const { decimals } = grid
  let at = first
  // Nine digits fit 32 bits, in which counting is twice as fast; `>>> 0` makes one comparison of two, and a 0 of what lies behind the end: hence a bound.
  const most = first + 10
  let whole = 0
  let digit = bytes[at]! - ZERO
  while (digit >>> 0 <= 9 && at < most) {
    whole = (whole * 10 + digit) | 0
    digit = bytes[++at]! - ZERO
  }
  let length = at - first
  if (length === 0) return -1
  let fraction = 0
  let missing = decimals
  if (digit === POINT - ZERO) {
    const end = at + decimals
    digit = bytes[++at]! - ZERO
    if (digit >>> 0 > 9) return -1
    while (digit >>> 0 <= 9 && at <= end) {
      fraction = (fraction * 10 + digit) | 0
      digit = bytes[++at]! - ZERO
    }
    missing = end + 1 - at
    if (decimals - missing > length) length = decimals - missing
    // Behind the grid's last place only zeros name one of its points.
    while (digit === 0) digit = bytes[++at]! - ZERO
  }
  if (length > 9 || (quoted ? digit !== QUOTE - ZERO : !endsBare(digit + ZERO))) return -1
  const n = whole * powersOfTen[decimals]! + fraction * powersOfTen[missing]!
  into[row] = grid.step === 1 ? n : n / grid.step
  if (n > Number.MAX_SAFE_INTEGER || (grid.step !== 1 && n % grid.step !== 0)) return -1
  return quoted ? at + 1 : at
}

/**
 * Writes to `into[row]` a bare whole number of at most 15 digits.
 * @returns behind its last digit; -1 for anything else
 */
export function plainWhole(bytes: Uint8Array, from: number, into: Float64Array, row: number): number {
  let at = from
  let digit = bytes[at]! - ZERO
  // In two halves of at most nine digits, because counting in 32 bits is so much faster.
  let high = 0
  const half = from + 9
  while (digit >>> 0 <= 9 && at < half) {
    high = (high * 10 + digit) | 0
    digit = bytes[++at]! - ZERO
  }
  let low = 0
  const middle = at
  // Behind the end of the bytes every digit looks like a 0.
  const most = from + 16
  while (digit >>> 0 <= 9 && at < most) {
    low = (low * 10 + digit) | 0
    digit = bytes[++at]! - ZERO
  }
  const length = at - from
  if (length === 0 || length > 15 || !endsBare(digit + ZERO)) return -1
  into[row] = high * powersOfTen[at - middle]! + low
  return at
}

/** Behind `text` where it stands at `at`; -1 where something else does. */
export function behind(bytes: Uint8Array, at: number, text: Uint8Array): number {
  for (let n = 0; n < text.length; n++) if (bytes[at + n] !== text[n]) return -1
  return at + text.length
}

function endsBare(byte: number): boolean {
  return byte === COMMA || byte === CLOSE_ARRAY || byte === CLOSE_OBJECT
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
  while ((byte >= 0x2d && byte <= 0x39 && byte !== 0x2f) || byte === PLUS || (byte | 32) === LETTER_E)
    byte = bytes[++at]!
  return at > from && endsBare(byte) ? at : -1
}

/** Whether the quoted text at `at` is `word`. */
export function isWord(bytes: Uint8Array, at: number, word: Uint8Array): boolean {
  if (bytes[at] !== QUOTE) return false
  for (let n = 0; n < word.length; n++) if (bytes[at + 1 + n] !== word[n]) return false
  return bytes[at + 1 + word.length] === QUOTE
}

export const bytesOfWord = (word: string): Uint8Array =>
  Uint8Array.from(word, (letter) => letter.charCodeAt(0))
