import type { Instrument } from '../../../src-shared/instrument'
import type { Levels } from '../book/changes'
import type { Lane, Sink } from '../venues/venue'
import { CLOSE_ARRAY, COMMA, MINUS, OPEN_ARRAY, QUOTE, ZERO } from '../scan/bytes'
import { readPlainRun } from '../scan/levels'
import { behind, plainNumber, plainValue, plainWhole } from '../scan/plain'
import type { Scanner } from '../scan/scanner'
import type { Symbols } from '../scan/symbols'

/**
 * Steps through a message whose form is known as a whole. Each answers where it has ended, -1 where something else stands, and hands a -1 on that the step
 * before it answered, so that a reader asks once. Nothing is refused here: what is in another form is read the general way.
 */

const powersOfTen = Float64Array.from({ length: 10 }, (_, n) => 10 ** n)

export const past = (bytes: Uint8Array, at: number, text: Uint8Array): number =>
  at < 0 ? -1 : behind(bytes, at, text)

/** A bare whole number of at most 15 digits. */
export const pastWhole = (bytes: Uint8Array, at: number, into: Float64Array, row: number): number =>
  at < 0 ? -1 : plainWhole(bytes, at, into, row)

/** A bare whole number of at most 15 digits, with a minus sign or without. */
export function pastSignedWhole(bytes: Uint8Array, at: number, into: Float64Array, row: number): number {
  if (at < 0) return -1
  if (bytes[at] !== MINUS) return plainWhole(bytes, at, into, row)
  const end = plainWhole(bytes, at + 1, into, row)
  // Not a minus sign, because of -0.
  into[row] = 0 - into[row]!
  return end
}

/** A whole number of at most 16 digits and 2^53, in quotes. */
export function pastQuotedWhole(bytes: Uint8Array, from: number, into: Float64Array, row: number): number {
  if (from < 0 || bytes[from] !== QUOTE) return -1
  const first = from + 1
  let at = first
  let digit = bytes[at]! - ZERO
  // In two halves and with a bound, for the reasons told at `plainWhole`.
  let high = 0
  const half = first + 9
  while (digit >>> 0 <= 9 && at < half) {
    high = (high * 10 + digit) | 0
    digit = bytes[++at]! - ZERO
  }
  let low = 0
  const middle = at
  const most = first + 17
  while (digit >>> 0 <= 9 && at < most) {
    low = (low * 10 + digit) | 0
    digit = bytes[++at]! - ZERO
  }
  const length = at - first
  if (length === 0 || length > 16 || digit !== QUOTE - ZERO) return -1
  const n = high * powersOfTen[at - middle]! + low
  into[row] = n
  return n > Number.MAX_SAFE_INTEGER ? -1 : at + 1
}

/** A text without escapes. */
export const pastString = (bytes: Uint8Array, at: number): number =>
  at < 0 || bytes[at] !== QUOTE ? -1 : plainValue(bytes, at)

/** The text at `like`, which has been found to be one without escapes, a second time. */
export function pastSame(bytes: Uint8Array, from: number, like: number): number {
  if (from < 0 || bytes[from] !== QUOTE) return -1
  let length = 1
  while (bytes[from + length] === bytes[like + length])
    if (bytes[like + length++] === QUOTE) return from + length
  return -1
}

/** The lane that watches the symbol whose bytes are `from` to `to`. */
export function laneOf(
  scan: Scanner,
  from: number,
  to: number,
  symbols: Symbols,
  sink: Sink
): Lane | undefined {
  scan.from = from
  scan.to = to
  return sink.lane(symbols.text(scan))
}

/**
 * A whole array `[["price","size",...],...]` in the forms of `readPlainRun`, in place of what `into` held.
 * @param lead items before the price
 * @param least ticks: a row whose price is below needs a closer look
 */
export function pastRows(
  scan: Scanner,
  from: number,
  instrument: Instrument,
  lead: number,
  least: number,
  into: Levels
): number {
  const { bytes } = scan
  into.count = 0
  if (from < 0 || bytes[from] !== OPEN_ARRAY) return -1
  scan.at = from + 1
  if (bytes[scan.at] !== CLOSE_ARRAY && !readPlainRun(scan, instrument, lead, least, into)) return -1
  return bytes[scan.at] === CLOSE_ARRAY ? scan.at + 1 : -1
}

/** How a venue writes rows that name their side: what stands before and between the values of one, and its end. */
export interface SidedForm {
  readonly bid: Uint8Array
  readonly ask: Uint8Array
  /** Behind a text that stands before the price, where there is one. */
  readonly behindText?: Uint8Array
  readonly thenSize: Uint8Array
  readonly end: Uint8Array
}

/** A whole array of rows that name their side, behind what the sides hold; prices of at least 1 tick. */
export function pastSidedRows(
  bytes: Uint8Array,
  from: number,
  form: SidedForm,
  { price, size }: Instrument,
  { bids, asks }: Record<'bids' | 'asks', Levels>
): number {
  if (from < 0 || bytes[from] !== OPEN_ARRAY) return -1
  if (bytes[from + 1] === CLOSE_ARRAY) return from + 2
  let at = from
  do {
    const bid = behind(bytes, ++at, form.bid)
    const into = bid < 0 ? asks : bids
    at = bid < 0 ? behind(bytes, at, form.ask) : bid
    if (form.behindText) at = past(bytes, pastString(bytes, at), form.behindText)
    if (at < 0) return -1
    if (into.count === into.price.length) into.grow()
    at = past(bytes, plainNumber(bytes, at, price, into.price, into.count), form.thenSize)
    if (at < 0 || !(into.price[into.count]! >= 1)) return -1
    at = past(bytes, plainNumber(bytes, at, size, into.size, into.count), form.end)
    if (at < 0) return -1
    into.count++
  } while (bytes[at] === COMMA)
  return bytes[at] === CLOSE_ARRAY ? at + 1 : -1
}
