import type { MetricSpec } from '../../../src-shared/contract/catalogue'
import type { Instrument } from '../../../src-shared/instrument'
import type { Millis } from '../../../src-shared/units'
import type { Book } from '../book/book'
import type { Changes, Trades } from '../book/changes'

/** What a running metric may look at. The instrument is asked anew each time: its grids may get finer. */
export interface Scope {
  readonly book: Book
  instrument(): Instrument
}

/**
 * One metric on one instrument. Events push in, the sampler pulls out. Books and trades arrive only in sequence and only while the book is live;
 * `at` is the engine's receive time. Allocates nothing per event.
 */
export interface MetricRun {
  onBook?(changes: Changes, at: Millis): void
  onTrades?(trades: Trades, at: Millis): void
  /** Continuity was lost: forget what depended on it. */
  onGap?(at: Millis): void
  /** Prices and sizes now count in finer units: multiply what is kept. */
  onRescale?(priceFactor: number, sizeFactor: number): void
  /** Writes the fields in the order of the spec to `into[from…]`; NaN is unknown. */
  sample(at: Millis, into: Float64Array, from: number): void
}

export interface Metric {
  readonly spec: MetricSpec
  start(scope: Scope): MetricRun
}
