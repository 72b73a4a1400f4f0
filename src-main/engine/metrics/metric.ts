import type { MetricSpec } from '../../../src-shared/contract/catalogue'
import type { MarketEvent } from '../../../src-shared/contract/frames'
import type { Instrument, InstrumentId } from '../../../src-shared/instrument'
import type { Millis } from '../../../src-shared/units'
import type { Book } from '../book/book'
import type { Changes, Touch, Trades } from '../book/changes'

/** What a metric tells of an event; whose it is, the runner knows. */
export type Seen = Omit<MarketEvent, 'id' | 'instrument' | 'metric'>

/** What a running metric may look at. The instrument is asked anew each time: its grids may get finer. */
export interface Scope {
  /** Of one instrument, or the books of a group added up. */
  readonly book: Book
  instrument(): Instrument
  /** Something was seen: one of the spec's event kinds. */
  tell(seen: Seen): void
  /** Where in the row given to `sample` another metric has written a figure, NaN while it is not known; -1 unless the spec `reads` that metric, which stands before. */
  placeOf(metric: string, field: string): number
  /** The parameters that a metric which the spec `reads` runs with: when they change, this one begins anew too. None of another metric. */
  paramsOf(metric: string): Params
}

/** The spec's parameters by id, complete and within their ranges. */
export type Params = Readonly<Record<string, number>>

/** Why a figure is not known: `share` in [0, 1] of what it needs is seen, NaN where waiting does not help by itself. */
export interface Reason {
  readonly share: number
  readonly why: string
}

/**
 * One metric on one instrument or group. Events push in, the sampler pulls out. Books and trades arrive only in sequence and only while the book is
 * live; `at` is the engine's receive time. They arrive before the next sample, not at once: `scope.book` may have gone on by then, and who needs it as the
 * message left it looks in time (`look`) or says `atOnce`. It may start on a book that has long been live. Allocates nothing per event.
 */
export interface MetricRun {
  /** Right after a message, `onBook` of which comes later: the book stands as it left it. See `Glances`. */
  look?(): void
  onBook?(changes: Changes, at: Millis): void
  onTrades?(trades: Trades, at: Millis): void
  /** The venue's own best quote, often ahead of the book; only while the book is live. */
  onQuote?(quote: Readonly<Touch & { sequence: number }>, at: Millis): void
  /** The mid of the same base elsewhere, where that is watched too, in its quote money; NaN when it is not known any more. */
  onPeer?(peer: InstrumentId, mid: number, at: Millis): void
  /** Continuity was lost: forget what depended on it. */
  onGap?(at: Millis): void
  /** Prices and sizes now count in finer units: multiply what is kept. */
  onRescale?(priceFactor: number, sizeFactor: number): void
  /** Writes the fields in the order of the spec to `into[from…]`; NaN is unknown. */
  sample(at: Millis, into: Float64Array, from: number): void
  /** Why the field (by its place in the spec) has no figure now. Asked once a second at most, and only for fields that are NaN. */
  why?(at: Millis, field: number): Reason
  /** The rows of the spec's table, one after another; undefined when there is nothing to show. Once a second at most. */
  table?(at: Millis): Float64Array | undefined
  /**
   * Other parameters from here on, of which only such differ as name the fields that they concern: every other field stays what it is. Those concerned begin
   * anew, or go on from what is still known of them.
   */
  adjust?(params: Params): void
  /** What was learned and should outlive a restart: plain finite numbers, at most `mostRemembered`, in units that no grid changes. */
  save?(): readonly number[]
  /** Takes what `save` of the same version gave, before the first event. False, with nothing taken, when it makes no sense. */
  restore?(values: readonly number[]): boolean
}

/** Numbers that one run may save. */
export const mostRemembered = 4_096

export interface Metric {
  readonly spec: MetricSpec
  /** The version of what `save` gives; other versions are not restored. Only metrics that save have one. */
  readonly remembers?: number
  /** Reads the book in `onBook` or `onTrades`: every event is told while the book stands as it left it. Costs more. */
  readonly atOnce?: true
  start(scope: Scope, params: Params): MetricRun
}
