import { LETTER_E, MINUS, PLUS, POINT, ZERO } from './bytes'

/**
 * The most that digits may count which a grid with so many more places is to hold exactly: n x 10^p = (n x 5^p) x 2^p, and only the first factor needs the
 * 53 bits. 452338153.08 on a grid of 8 places is exact, though it passes 2^53 there.
 */
export const exactUpTo = Float64Array.from({ length: 23 }, (_, places) =>
  Math.floor(Number.MAX_SAFE_INTEGER / 5 ** places)
)

/** The number `readExponential` read last: `digits / 10^scale`, no zero at the end of its fraction, `end` behind its last byte. */
export const exponential = { digits: 0, scale: 0, end: 0 }

/**
 * Reads an unsigned number with an exponent, `7e-7` or `1.25E+3`, into `exponential`. False for anything else, and beyond 2^53 or 22 places.
 * Not a returned object, because that would be one a number.
 */
export function readExponential(bytes: Uint8Array, from: number): boolean {
  let at = from
  let digits = 0
  let scale = 0
  let fraction = false
  for (; ; at++) {
    const digit = bytes[at]! - ZERO
    if (digit >= 0 && digit <= 9) {
      digits = digits * 10 + digit
      if (fraction) scale++
    } else if (digit === POINT - ZERO && !fraction && at > from) fraction = true
    else break
  }
  if (at === from || (fraction && scale === 0) || (bytes[at]! | 32) !== LETTER_E) return false
  const sign = bytes[++at]
  if (sign === MINUS || sign === PLUS) at++
  const first = at
  let exponent = 0
  for (let digit = bytes[at]! - ZERO; digit >= 0 && digit <= 9; digit = bytes[++at]! - ZERO)
    exponent = exponent * 10 + digit
  if (at === first || at - first > 3) return false
  scale += sign === MINUS ? exponent : -exponent
  for (; scale > 0 && digits % 10 === 0 && digits > 0; scale--) digits /= 10
  if (digits === 0) scale = 0
  for (; scale < 0 && digits <= Number.MAX_SAFE_INTEGER; scale++) digits *= 10
  exponential.digits = digits
  exponential.scale = scale
  exponential.end = at
  return digits <= Number.MAX_SAFE_INTEGER && scale <= 22
}

/** A decimal text, with an exponent or without, as a plain one: `7e-7` is `0.0000007`. Other texts come back as they are. */
export function plainText(text: string): string {
  const match = /^(-?)(\d+)(?:\.(\d+))?[eE]([-+]?\d{1,3})$/.exec(text)
  if (!match) return text
  const [, sign = '', whole = '', fraction = '', exponent] = match
  const point = whole.length + Number(exponent)
  const digits = (whole + fraction).padEnd(Math.max(0, point), '0')
  const padded = digits.padStart(digits.length + Math.max(0, 1 - point), '0')
  const before = Math.max(1, point)
  const rest = padded.slice(before)
  return sign + (padded.slice(0, before).replace(/^0+(?=\d)/, '') || '0') + (rest === '' ? '' : `.${rest}`)
}
