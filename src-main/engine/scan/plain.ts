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
  let at = first
  // Nine digits fit 32 bits, in which counting is twice as fast.
  let whole = 0
  let digit = bytes[at]! - ZERO
  while (digit >= 0 && digit <= 9) {
    whole = (whole * 10 + digit) | 0
    digit = bytes[++at]! - ZERO
  }
  let length = at - first
  if (length === 0) return -1
  let n = whole * powersOfTen[grid.decimals]!
  if (digit === POINT - ZERO) {
    const point = at
    let fraction = 0
    digit = bytes[++at]! - ZERO
    while (digit >= 0 && digit <= 9) {
      fraction = (fraction * 10 + digit) | 0
      digit = bytes[++at]! - ZERO
    }
    const places = at - point - 1
    const missing = grid.decimals - places
    const points = missing >= 0 ? fraction * powersOfTen[missing]! : fraction / powersOfTen[-missing]!
    if (points !== Math.floor(points)) return -1
    n += points
    if (places > length) length = places
    else if (places === 0) return -1
  }
  if (length > 9 || (quoted ? digit !== QUOTE - ZERO : !endsBare(digit + ZERO))) return -1
  if (grid.step !== 1) n /= grid.step
  into[row] = n
  if (n !== Math.floor(n) || n > Number.MAX_SAFE_INTEGER) return -1
  return quoted ? at + 1 : at
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
