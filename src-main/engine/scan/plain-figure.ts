import { MINUS, POINT, ZERO } from './bytes'

const powersOfTen = Float64Array.from({ length: 23 }, (_, n) => 10 ** n)

/** The number `plainFigure` read last. Not a returned object, because that would be one a number. */
export const figureRead = { value: NaN }

/**
 * Reads a signed decimal of at most 15 digits without an exponent into `figureRead`, as the nearest double: digits and power of ten are both exact, so
 * their quotient is rounded once (W. D. Clinger, How to read floating point numbers accurately, 1990).
 * @returns behind its last digit, whatever follows; -1 for what needs a closer look
 */
export function plainFigure(bytes: Uint8Array, from: number): number {
  const isNegative = bytes[from] === MINUS
  const first = isNegative ? from + 1 : from
  let at = first
  let n = 0
  let digit = bytes[at]! - ZERO
  while (digit >= 0 && digit <= 9) {
    n = n * 10 + digit
    digit = bytes[++at]! - ZERO
  }
  let digits = at - first
  let places = 0
  if (digit === POINT - ZERO && digits > 0) {
    const point = at
    digit = bytes[++at]! - ZERO
    while (digit >= 0 && digit <= 9) {
      n = n * 10 + digit
      digit = bytes[++at]! - ZERO
    }
    places = at - point - 1
    if (places === 0) return -1
    digits += places
  }
  if (digits === 0 || digits > 15) return -1
  const value = n / powersOfTen[places]!
  figureRead.value = isNegative ? -value : value
  return at
}
