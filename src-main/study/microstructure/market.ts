import type { Instrument } from '../../../src-shared/instrument'

/** Nanoseconds a second. */
export const nanos = 1e9

/** The venue's best quotes, a row each, in the order they came. */
export interface Quotes {
  readonly count: number
  /** Receive time, whole nanoseconds after the market's `second`. */
  readonly at: Float64Array
  /** Whole points of the instrument's grid. */
  readonly bid: Float64Array
  readonly ask: Float64Array
  /** The venue's price step, a tick, in points of the grid. */
  readonly step: number
  /** Bid + ask: the mid in half points, so that equal mids are equal numbers. */
  readonly mid2: Float64Array
  /** Whole hundred-millionths of what the venue counts, so that equal ratios are equal numbers. */
  readonly bidSize: Float64Array
  readonly askSize: Float64Array
}

/** Sizes of `Quotes` in one unit of what the venue counts (base, or contracts). */
export const sizeUnit = 1e8

/** Trades, a row each, in the order they came. */
export interface Prints {
  readonly count: number
  /** Receive time, as of the quotes. */
  readonly at: Float64Array
  /** Whole points of the instrument's grid. */
  readonly price: Float64Array
  /** Base units, or contracts. */
  readonly size: Float64Array
  /** +1 the buyer was the aggressor, -1 the seller. */
  readonly aggressor: Float64Array
  /** Venue time, Unix ms; NaN where it tells none. */
  readonly madeAt: Float64Array
}

/** A capture's quotes and trades in columns. */
export interface Market {
  readonly instrument: Instrument
  /** Quote money a point of the grid. */
  readonly unit: number
  /** Quote money a tick, the venue's price step: one point of the grid or several. */
  readonly tick: number
  /** Unix second that times count from. */
  readonly second: number
  readonly quotes: Quotes
  readonly prints: Prints
  /** Trades between these that were none of the market's: forced ones, and those without size. */
  readonly excluded: number
  /** Whether the venue's quote ids never went back; null where its quotes carry none. */
  readonly idsRise: boolean | null
  /** The rows of `quotes` are the touch of the rebuilt book, as the venue tells of fewer changes by itself. */
  readonly isOfBook: boolean
  /** How many stretches without a break there were; this is the longest. */
  readonly stretches: number
}

/** Times from `from` on, `step` apart, up to `to`; whole nanoseconds. */
export function gridOf(from: number, to: number, step: number): number[] {
  const count = Math.max(0, Math.floor((to - from) / step) + 1)
  return Array.from({ length: count }, (_, k) => from + step * k)
}

export const ceilSecond = (at: number): number => Math.ceil(at / nanos) * nanos
export const floorSecond = (at: number): number => Math.floor(at / nanos) * nanos
