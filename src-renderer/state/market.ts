import type { MetricSpec, VenueSpec } from '../../src-shared/contract/catalogue'
import type {
  BookView,
  DiaryEntry,
  EngineHealth,
  MarketEvent,
  PastDepth,
  ReferenceView,
  Unready
} from '../../src-shared/contract/frames'
import type { Instrument, InstrumentId, VenueId } from '../../src-shared/instrument'
import type { BookStatus } from '../../src-shared/status'
import type { Millis } from '../../src-shared/units'

/** What a panel needs of one instrument; the desk asks the engine for the union of all wants. */
export interface Want {
  readonly id: InstrumentId
  /** Levels a side, 0 for figures only. */
  readonly levels: number
  readonly trades: boolean
  /** Ids of metrics whose figures are shown, beside those that are always computed (`spec.always`); without being asked for, a metric is all NaN. */
  readonly metrics?: readonly string[]
  /** Ids of metrics whose table is shown. */
  readonly tables?: readonly string[]
  /** Whether it is shown why figures are not known. */
  readonly readiness?: boolean
}

/** A metric's table as last told. */
export interface TableRows {
  readonly at: Millis
  readonly columns: readonly string[]
  /** `columns.length` numbers a row, row after row. */
  readonly rows: Float64Array
}

/** The past of one instrument as this window knows it: sample rows, trades, and spans in which the book was not live. */
export interface Series {
  /** Rises with every change; read it in an effect to redraw. */
  readonly version: number
  /** Sample rows, oldest first: `width` numbers a row (sampleHead, then the metrics' columns). */
  readonly length: number
  readonly width: number
  at(row: number): Millis
  value(row: number, column: number): number
  /** First row at or after `at`; `length` when there is none. */
  find(at: number): number
  /** Pairs from, to (ms) without a live book, oldest first; an open one ends at Infinity. */
  readonly gaps: readonly (readonly [from: number, to: number])[]
  /** Trades kept, oldest first, with `tradeColumns` numbers each (see frames.ts). */
  readonly trades: { readonly length: number; value(row: number, column: number): number }
  /** Trades that the engine left out because a frame was full, since this window began to look. */
  readonly untold: number
  /** Orders that the venue closed by force, as `trades`; the aggressor is the closing order's side. */
  readonly liquidations: Series['trades']
  /** Traded lots by price (ticks) since this window began to look: [buy, sell]. */
  traded(price: number): readonly [buy: number, sell: number]
}

/** Everything known of the markets. Getters are reactive: reading them in a template or an effect subscribes. */
export interface Market {
  readonly venues: readonly VenueSpec[]
  readonly metrics: readonly MetricSpec[]
  readonly health: EngineHealth | undefined
  /** What is shown comes from the tape: nothing of it is live, whatever its books are called. */
  readonly replayed?: boolean
  /** Books of an instrument from before this start, oldest first; undefined where nothing was kept. */
  readonly pastDepth?: (id: InstrumentId) => readonly PastDepth[] | undefined
  /** Engine process as the main process sees it. */
  readonly engine: {
    readonly state: 'starting' | 'running' | 'restarting' | 'failed'
    readonly since: Millis
    readonly reason: string
    readonly nextAttemptAt?: Millis
  }
  /** Every instrument of every venue heard so far, for the search. */
  readonly instruments: readonly Instrument[]
  venue(id: VenueId): VenueSpec | undefined
  instrument(id: InstrumentId): Instrument | undefined
  /** `connecting` with a reason for an instrument nothing is known of yet. While the engine is away nothing is live. */
  status(id: InstrumentId): BookStatus
  /** Where a metric's field stands in a row, -1 when the engine has no such field. */
  column(metric: string, field: string): number
  /** The latest sample row; undefined before the first. */
  row(id: InstrumentId): Float64Array | undefined
  /** One figure of the latest row; NaN when unknown, and whenever the book is not live. */
  figure(id: InstrumentId, metric: string, field: string): number
  /** Last book received with levels; look at `status` before calling it live. */
  book(id: InstrumentId): BookView | undefined
  series(id: InstrumentId): Series
  /** A derivative's reference figures as told last; their `at` says when. Undefined before anything was told. */
  reference(id: InstrumentId): ReferenceView | undefined
  /** What happened to the books of late, oldest first. */
  readonly diary: readonly DiaryEntry[]
  /** Why a figure is not known; undefined when it is, when nobody asked for `readiness`, and while the book is not live (see `status`). */
  unready(id: InstrumentId, metric: string, field: string): Unready | undefined
  /** Undefined before the first, and unless somebody wants it. */
  table(id: InstrumentId, metric: string): TableRows | undefined
  /** What metrics saw, oldest first, at most 500. */
  events(id: InstrumentId): readonly MarketEvent[]
  /** Registers what `owner` (a tab id) wants, replacing what it wanted; an empty list releases. */
  want(owner: string, wants: readonly Want[]): void
  /** Try the venue's links now. */
  retry(venue: VenueId): void
  /** Asks for every venue's whole instrument list (it comes in through `instruments`). */
  askCatalogue(): void
}
