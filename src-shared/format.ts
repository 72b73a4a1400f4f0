import type { Grid, Instrument } from './instrument'
import { valueOn } from './instrument'
import type { Lots, Millis, Ticks } from './units'

/** The only place numbers become text. Unknown is an en dash, minus is U+2212, thousands are commas. */
export const unknown = '–'
const minus = '−'

const formats = new Map<number, Intl.NumberFormat>()
function fixed(value: number, digits: number): string {
  let format = formats.get(digits)
  if (!format) {
    format = new Intl.NumberFormat('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits })
    formats.set(digits, format)
  }
  return format.format(Math.abs(value))
}
const isZero = (text: string): boolean => !/[1-9]/.test(text)

/** `1,234.50`, `−0.3`; never `−0.0`. */
export function decimal(value: number, digits: number): string {
  if (!Number.isFinite(value)) return unknown
  const text = fixed(value, digits)
  return value < 0 && !isZero(text) ? minus + text : text
}

/** As `decimal`, with the plus sign that signed figures show. */
export function signed(value: number, digits: number): string {
  const text = decimal(value, digits)
  return value > 0 && !isZero(text) ? `+${text}` : text
}

/** Decimals that a grid's points need: 2 for a tick of 0.25. */
const digitsOf = (grid: Grid): number => grid.decimals

/** A price with its tick's decimals: `64,250.3`. */
export function price(instrument: Instrument, at: Ticks): string {
  return decimal(valueOn(instrument.price, at), digitsOf(instrument.price))
}

/** A mid may lie between ticks: one decimal more than the tick. */
export function mid(instrument: Instrument, at: number): string {
  return decimal(valueOn(instrument.price, at), digitsOf(instrument.price) + (Number.isInteger(at) ? 0 : 1))
}

/** A size for tables: 2 decimals below 100, 1 below 1,000, none above; all its digits if its lot is coarser. */
export function size(instrument: Instrument, of: Lots): string {
  return amount(valueOn(instrument.size, of), instrument.size.decimals)
}

/** An amount in base units or contracts with the table's decimals, at most `most` of them. */
export function amount(value: number, most = 2): string {
  // Rounded first: 99.996 is shown as 100.0, not as 100.00.
  const magnitude = threeOrMore(value)
  const digits = magnitude >= 1_000 ? 0 : magnitude >= 100 ? 1 : 2
  return decimal(value, Math.min(digits, most))
}

/** Its magnitude as a table would show it, so that a number about to round up to the next width gets that width. */
function threeOrMore(value: number): number {
  const magnitude = Math.abs(value)
  return magnitude >= 100 ? Math.round(magnitude * 10) / 10 : Math.round(magnitude * 100) / 100
}

const scales = [
  [1, ''],
  [1e3, 'k'],
  [1e6, 'M'],
  [1e9, 'B']
] as const

/** `950`, `12.3 k`, `4.56 M`, `1.20 B`: quote money in three digits, with a no-break space before the unit. */
export function money(value: number): string {
  if (!Number.isFinite(value)) return unknown
  const magnitude = Math.abs(value)
  for (const [unit, name] of scales) {
    const scaled = magnitude / unit
    // 999,999 is 1.00 M: the unit is the first in which the rounded number stays below 1,000.
    if (scaled >= 999.5 && unit < 1e9) continue
    const digits = unit === 1 || scaled >= 99.95 ? 0 : scaled >= 9.995 ? 1 : 2
    return decimal(value / unit, digits) + (name && `\u00a0${name}`)
  }
  return unknown
}

export const bps = (value: number): string => decimal(value, 2)
/** A share in [0, 1] as `6 %`. */
export const percent = (share: number, digits = 0): string =>
  Number.isFinite(share) ? `${decimal(share * 100, digits)} %` : unknown
/** An imbalance in [-1, 1]: always signed, two decimals. */
export const imbalance = (value: number): string => signed(value, 2)
/** A change in percent: `+1.78 %`. */
export const change = (share: number): string =>
  Number.isFinite(share) ? `${signed(share * 100, 2)} %` : unknown

/** An age or a span for tables: `84 ms`, `4.2 s`, `14 s`, `2 min`, `3 h`. */
export function span(ms: number): string {
  if (!Number.isFinite(ms)) return unknown
  const whole = Math.round(Math.max(0, ms))
  if (whole < 1_000) return `${whole} ms`
  // From 9.95 s on one decimal would round to 10.0.
  if (whole < 9_950) return `${(whole / 1_000).toFixed(1)} s`
  if (whole < 59_500) return `${Math.round(whole / 1_000)} s`
  if (whole < 3_600_000) return `${Math.max(1, Math.floor(whole / 60_000))} min`
  return `${Math.floor(whole / 3_600_000)} h`
}

/** A short span of machines: `81 µs`, `0.23 ms`, `4.2 ms`, and from 10 ms on as `span`. */
export function latency(ms: number): string {
  if (!(ms < 9.95)) return span(ms)
  if (ms < 0.0995) return `${decimal(ms * 1_000, 0)} µs`
  return `${decimal(ms, ms < 0.995 ? 2 : 1)} ms`
}

/** The years 0 to 9999, in which ISO text has its usual form. */
const isDate = (at: number): boolean => at >= -62_167_219_200_000 && at <= 253_402_300_799_999

/** Time of day in UTC: `23:59:16`, with milliseconds on demand `23:59:16.084`. */
export function clock(at: Millis, withMillis = false): string {
  if (!isDate(at)) return unknown
  return new Date(at).toISOString().slice(11, withMillis ? 23 : 19)
}

/** `2026-11-24 23:59:16` in UTC. */
export function date(at: Millis): string {
  if (!isDate(at)) return unknown
  return new Date(at).toISOString().slice(0, 19).replace('T', ' ')
}

/** `412 MB` (10^6 bytes). */
export const memory = (bytes: number): string =>
  Number.isFinite(bytes) ? `${decimal(bytes / 1e6, 0)} MB` : unknown

/** What a file takes: `0.8 MB`, `412 MB`, `3.41 GB` (10^6 and 10^9 bytes). */
export function bytes(of: number): string {
  if (!Number.isFinite(of)) return unknown
  if (of >= 999.5e6) return `${decimal(of / 1e9, 2)} GB`
  return `${decimal(of / 1e6, of < 9.95e6 ? 1 : 0)} MB`
}

/**
 * Untrusted text for a one-line place: line breaks and control characters become spaces, bidirectional and other invisible ones go, and it
 * is cut to `most` UTF-16 units.
 */
export function plain(text: string, most: number): string {
  // Overrides of direction and characters of no width can make one symbol look like another.
  const clean = text
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]/gu, ' ')
    .replace(/[\p{Cf}\p{Cs}]/gu, '')
    .normalize('NFC')
    .trim()
  if (clean.length <= most) return clean
  // Half a surrogate pair is no character.
  return `${clean.slice(0, Math.max(0, most - 1)).replace(/[\ud800-\udbff]$/, '')}…`
}
