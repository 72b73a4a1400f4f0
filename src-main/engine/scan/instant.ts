import type { Scanner } from './scanner'
import { POINT, QUOTE, ZERO } from './bytes'

const dayMs = 86_400_000

/**
 * Reads a quoted UTC time, `"2024-08-08T23:54:13.208114Z"`, as ms with their fraction (microseconds hold to about 1/4). NaN for times before 1970, which
 * venues send for "none"; anything but that form fails.
 */
export function readInstant(scan: Scanner): number {
  if (!scan.string()) return NaN
  const { bytes, from, to } = scan
  const year = digits(bytes, from, 4)
  const month = digits(bytes, from + 5, 2)
  const day = digits(bytes, from + 8, 2)
  const seconds =
    digits(bytes, from + 11, 2) * 3_600 + digits(bytes, from + 14, 2) * 60 + digits(bytes, from + 17, 2)
  const shape = bytes[from + 4] === 0x2d && bytes[from + 7] === 0x2d && bytes[from + 10] === 0x54
  const isSound = shape && bytes[from + 13] === 0x3a && bytes[from + 16] === 0x3a && month >= 1 && month <= 12
  const end = to - from >= 20 ? fraction(bytes, from + 19) : -1
  const isUtc = end === to - 1 && bytes[end] === 0x5a && bytes[to] === QUOTE
  if (!isSound || !isUtc || Number.isNaN(year + day + seconds)) {
    scan.fail()
    return NaN
  }
  return year < 1970 ? NaN : daysBefore(year, month, day) * dayMs + seconds * 1_000 + fractionMs
}

/** The fraction of a second read last, ms. */
let fractionMs = 0

/** Behind the fraction that may begin at `at`. */
function fraction(bytes: Uint8Array, from: number): number {
  fractionMs = 0
  if (bytes[from] !== POINT) return from
  let at = from + 1
  let unit = 100
  for (let digit = bytes[at]! - ZERO; digit >= 0 && digit <= 9; digit = bytes[++at]! - ZERO) {
    fractionMs += digit * unit
    unit /= 10
  }
  return at
}

function digits(bytes: Uint8Array, from: number, count: number): number {
  let n = 0
  for (let at = from; at < from + count; at++) {
    const digit = bytes[at]! - ZERO
    if (!(digit >= 0 && digit <= 9)) return NaN
    n = n * 10 + digit
  }
  return n
}

/** Days since 1970-01-01 of a Gregorian date (Howard Hinnant, days_from_civil). */
function daysBefore(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year
  const era = Math.floor(y / 400)
  const yearOfEra = y - era * 400
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear
  return era * 146_097 + dayOfEra - 719_468
}
