import type { Alert } from '../alert'
import type {
  AlertEntry,
  AlertEvidence,
  DeliveryResult,
  RuleEstimate,
  RuleScore,
  StandingLevels
} from '../alerts/record'
import type { RuleProbe } from '../alerts/probe'
import type { AlertCentre } from '../alerts/state'
import type { Instrument, InstrumentId, VenueId } from '../instrument'
import type { BookStatus } from '../status'
import type { Millis } from '../units'
import type { FieldSpec, MetricSpec, VenueSpec } from './catalogue'
import type { RecordingState } from './recording'
import type { ReplayState, TapeContents } from './replay'

/** Columns that lead every sample row, before those of the metrics' fields. */
export const sampleHead = {
  /** Engine wall clock at which the row was taken, ms. */
  at: 0,
  /** Engine wall clock at which the book last changed or was confirmed, ms; NaN before the first time. */
  heardAt: 1,
  /** The venue's own time of that change, ms; NaN where it gives none. */
  venueAt: 2,
  /** Share in [0, 1] of the last 60 s in which the trades were observed without a gap. */
  coverage: 3
} as const
export const sampleHeadLength = 4

/** Levels of one book, best first. */
export interface BookView {
  readonly instrument: InstrumentId
  readonly at: Millis
  /** The venue's id of the last change in it. */
  readonly sequence: number
  /** Pairs price (ticks), size (lots), best first; as many as the window asked for or the book holds. */
  readonly bids: Float64Array
  readonly asks: Float64Array
  /** The lowest bid and highest ask up to which the book is known, ticks; beyond them levels are unknown, not empty. ∓Infinity: all known. */
  readonly knownBid: number
  readonly knownAsk: number
  /** Of a group: who brings what. */
  readonly members?: MemberSizes
}

/** Whose a group's levels are. Row r of `bids` belongs to the r-th bid of the view: one size (lots of the group) a member, in the order of `ids`. */
export interface MemberSizes {
  readonly ids: readonly InstrumentId[]
  readonly bids: Float64Array
  readonly asks: Float64Array
}

/** The best levels as they stood at a moment of the past. */
export interface PastDepth {
  readonly at: number
  /** Pairs price (ticks), size (lots), best first. */
  readonly bids: Float64Array
  readonly asks: Float64Array
  readonly knownBid: number
  readonly knownAsk: number
}

/** Trades of one instrument since the last frame, oldest first. Six columns a trade: at (ms), price (ticks), size (lots), aggressor (+1 buy, -1 sell), id, flags (1 block, 2 combo, 4 liquidation, 8 RPI; they add up). */
export interface TradesView {
  readonly instrument: InstrumentId
  readonly rows: Float64Array
  /** Trades left out of `rows` because the frame was full. */
  readonly dropped: number
}
export const tradeColumns = 6

export interface LinkHealth {
  readonly venue: VenueId
  /** One of the venue's sockets: `market`, `public`, `rest`. */
  readonly leg: string
  readonly state: 'idle' | 'connecting' | 'open' | 'waiting' | 'banned' | 'off'
  readonly since: Millis
  /** Why it is not open, in words. Empty when open. */
  readonly reason: string
  readonly nextAttemptAt?: Millis
  /** Receive time minus venue time of the latest message, ms; NaN before one. Not corrected for clock offset. */
  readonly lagMs: number
  /** Its quantiles over the last 512 messages, ms; NaN before one. */
  readonly lagP50Ms: number
  readonly lagP99Ms: number
  /** The venue's clock minus ours, ms, as far as the shortest round trip and the shortest lag tell; NaN before both. */
  readonly clockOffsetMs: number
  readonly framesPerSecond: number
  readonly instruments: number
  readonly attempts: number
  /** Share of the venue's request weight used in the last minute, [0, 1]; NaN for sockets. */
  readonly weightUsed: number
  /** Of the books on it since each was first watched; NaN on links that carry none. */
  readonly gaps: number
  readonly resyncs: number
  /** The venue's checksums that were held against them. */
  readonly checksumsOk: number
  readonly checksumsBad: number
  /** What went wrong last, kept after it went well again; undefined while nothing has. */
  readonly lastError?: { readonly at: Millis; readonly reason: string }
}

/** How far one venue's list of instruments is. */
export interface CatalogueHealth {
  readonly venue: VenueId
  /** `unasked` nobody wanted it yet · `reading` asked for · `ready` there, though it may be read anew · `failed` not there, see `reason` */
  readonly state: 'unasked' | 'reading' | 'ready' | 'failed'
  readonly instruments: number
  /** Why it could not be had, in words; empty otherwise. */
  readonly reason: string
  /** What a list that is ready does without, in words. */
  readonly lacks?: string
  /** When it is asked for again, where it failed or lacks something. */
  readonly nextAttemptAt?: Millis
}

/** How long something took over the last second, ms; NaN where it did not happen. */
export interface Spread {
  readonly p50: number
  readonly p99: number
  readonly most: number
}

/** How long things wait in the engine. */
export interface EnginePace {
  /** How late the event loop came to what was due: what a frame waits for before its socket is read. */
  readonly loop: Spread
  /** From a frame off its socket to the book, metrics and rules that follow from it. */
  readonly socketToBook: Spread
  /** The age of a book's last change when it leaves for a window. */
  readonly bookToWindow: Spread
  /** From there to the window's word that it has drawn it. */
  readonly windowDraws: Spread
  /** Frames heard since the engine started, and those of them that were read the ordinary way, as JSON: acknowledgements, notices, unknown forms. */
  readonly frames: number
  readonly ordinary: number
}

export interface EngineHealth {
  readonly at: Millis
  readonly startedAt: Millis
  /** Share of one core over the last second. */
  readonly cpu: number
  /** Resident bytes of the engine process. */
  readonly memory: number
  /** Largest event-loop delay of the last second, ms. */
  readonly loopDelayMs: number
  /** Undefined for an engine without a feed of its own, as in a replay. */
  readonly pace?: EnginePace
  readonly framesPerSecond: number
  readonly gaps: number
  readonly resyncs: number
  readonly rejected: number
  /** Books of every window, rule and watchlist together. */
  readonly books: {
    readonly live: number
    readonly watched: number
    /** Were live and are not now, though their venue is there: old, lost, not verified. The rest is offline. */
    readonly stale?: number
  }
  readonly links: readonly LinkHealth[]
  /** Of the venues that are switched on. */
  readonly catalogues: readonly CatalogueHealth[]
  /** Undefined for an engine that keeps no tape. */
  readonly recording?: RecordingState
  /** When rules were judged last, engine wall clock, and how many machines they have. */
  readonly judged?: { readonly at: Millis; readonly machines: number }
}

/** Why one figure is not known. */
export interface Unready {
  readonly metric: string
  readonly field: string
  /** In [0, 1]: how much of what it needs has been seen; NaN where waiting does not help by itself. */
  readonly share: number
  /** In words: "needs 60 s of trades, 12 s are watched". */
  readonly why: string
}

/** One thing that a metric saw, with what it saw. */
export interface MarketEvent {
  /** Unique while the engine runs. */
  readonly id: string
  readonly instrument: InstrumentId
  readonly metric: string
  /** One of the metric's event kinds. */
  readonly kind: string
  /** Engine wall clock. */
  readonly at: Millis
  readonly side: 'bid' | 'ask' | 'none'
  /** Ticks, NaN where it has no price. */
  readonly price: number
  /** In [0, 1]. */
  readonly confidence: number
  /** What was seen, in a sentence. */
  readonly words: string
  readonly evidence: readonly Evidence[]
  /** The move of the mid it suggests; undefined where it suggests none. */
  readonly suggests?: 'up' | 'down'
  /** What followed such events until now; undefined before the first was followed up. */
  readonly followed?: {
    readonly n: number
    /** Share of them, in [0, 1], after which the mid moved as the event suggests within `horizonMs`. */
    readonly share: number
    /** Where that share lies with 95 % confidence. */
    readonly low: number
    readonly high: number
    /** Mean move in that direction, bps. */
    readonly meanBps: number
    readonly horizonMs: number
  }
}
export interface Evidence {
  readonly title: string
  readonly value: number
  readonly unit: FieldSpec['unit']
}

/** A derivative's reference figures as its venue told them last; prices in quote money, NaN what was not told or holds no more. */
export interface ReferenceView {
  readonly instrument: InstrumentId
  /** Engine wall clock at which any of them was told, but for what has a time of its own; NaN before. */
  readonly at: Millis
  /** Why what was told then holds no more, in words; empty while it does. */
  readonly lapsed: string
  readonly mark: number
  readonly index: number
  /** Rate of the running interval, as a share. */
  readonly funding: number
  /** Venue clock, ms. */
  readonly nextFundingAt: number
  /** In base currency; in quote money where the contract is worth quote money. */
  readonly openInterest: number
  /** Engine wall clock at which the open interest was told, where it has to be asked for; NaN where it comes with the rest. */
  readonly openInterestAt: number
  /** Price an option's greeks are taken at, in its strike's currency. */
  readonly underlying: number
  /** Implied volatilities a year, as shares. */
  readonly markIv: number
  readonly bidIv: number
  readonly askIv: number
  /** Per unit of the underlying; vega per 1 % of volatility, theta per day. */
  readonly delta: number
  readonly gamma: number
  readonly vega: number
  readonly theta: number
}

/** A book's status changed. */
export interface DiaryEntry {
  readonly at: Millis
  readonly instrument: InstrumentId
  readonly state: BookStatus['state']
  readonly reason: string
}

/** Everything the engine says to a window. Numbers are packed in arrays of their own. */
export type EngineFrame =
  | {
      readonly kind: 'hello'
      readonly startedAt: Millis
      readonly venues: readonly VenueSpec[]
      readonly metrics: readonly MetricSpec[]
      /** What follows is a replay: nothing of it is live. */
      readonly replayed?: boolean
    }
  /** How the replay of this window goes, ten times a second while it plays; undefined: this window is live again. */
  | { readonly kind: 'replay'; readonly replay: ReplayState | undefined }
  /** Answer to `tape`. */
  | { readonly kind: 'tape'; readonly contents: TapeContents }
  /** Instruments of a venue, new or changed (a refined grid, a halt). Comes before anything that uses them. */
  | { readonly kind: 'instruments'; readonly venue: VenueId; readonly list: readonly Instrument[] }
  /** A book's status; sent at once, outside the ten a second. */
  | { readonly kind: 'status'; readonly instrument: InstrumentId; readonly status: BookStatus }
  /** What changed since the last acknowledged frame; at most ten a second and one unacknowledged. */
  | {
      readonly kind: 'market'
      readonly number: number
      readonly at: Millis
      /** Row i belongs to `instruments[i]`: sampleHead columns, then the metrics' columns. */
      readonly instruments: readonly InstrumentId[]
      readonly samples: Float64Array
      readonly books: readonly BookView[]
      readonly trades: readonly TradesView[]
    }
  /**
   * Answer to `history`, oldest first. A row holds only `columns`, places in a row of `market`: those that were ever known. `gaps` are pairs from, to
   * (ms) in which the book was not live.
   */
  | {
      readonly kind: 'history'
      readonly instrument: InstrumentId
      readonly columns: readonly number[]
      readonly rows: Float64Array
      readonly gaps: Float64Array
      readonly trades: Float64Array
      /** Columns as of trades. */
      readonly liquidations: Float64Array
      readonly events: readonly MarketEvent[]
      /** Books around the touch, each some seconds, where this answer comes from the tape of seconds. */
      readonly depth?: readonly PastDepth[]
    }
  /** What is not known of an instrument's wanted metrics, and why; everything else is. At most once a second, when it changed. */
  | { readonly kind: 'readiness'; readonly instrument: InstrumentId; readonly unready: readonly Unready[] }
  /** A metric's table (its spec names the columns), row after row; at most once a second. */
  | {
      readonly kind: 'table'
      readonly instrument: InstrumentId
      readonly metric: string
      readonly at: Millis
      readonly columns: readonly string[]
      readonly rows: Float64Array
    }
  /** Reference figures of watched derivatives that changed; at most once a second. */
  | { readonly kind: 'references'; readonly list: readonly ReferenceView[] }
  /** Orders a venue closed by force since the last such frame, oldest first, in the columns of trades; the aggressor is the closing order's side. At most once a second. */
  | { readonly kind: 'liquidations'; readonly instrument: InstrumentId; readonly rows: Float64Array }
  /** What happened to the books of venues, oldest first: on greeting all that is kept, later what is new, once a second. */
  | { readonly kind: 'diary'; readonly entries: readonly DiaryEntry[] }
  /** New events of instruments and metrics this window watches, oldest first. */
  | { readonly kind: 'events'; readonly events: readonly MarketEvent[] }
  | { readonly kind: 'alert'; readonly alert: Alert }
  /** On greeting, and when it changed. */
  | { readonly kind: 'alert-centre'; readonly centre: AlertCentre }
  | { readonly kind: 'alert-delivery'; readonly result: DeliveryResult }
  /** Answer to `alert-history`, in the order of the wish; `more` of them fit it. */
  | {
      readonly kind: 'alert-history'
      readonly request: number
      readonly entries: readonly AlertEntry[]
      readonly more: boolean
    }
  /** An entry of the history changed: delivered, over, judged by the market, acknowledged, annotated. */
  | { readonly kind: 'alert-entry'; readonly entry: AlertEntry }
  /** Answer to `alert-evidence`; undefined when it is not kept (any more). */
  | {
      readonly kind: 'alert-evidence'
      readonly request: number
      readonly evidence: AlertEvidence | undefined
    }
  /** Answer to `alert-scores`, a score a rule. */
  | { readonly kind: 'alert-scores'; readonly request: number; readonly scores: readonly RuleScore[] }
  /** Twice a second while `probe-rule` asks. */
  | { readonly kind: 'rule-probe'; readonly probe: RuleProbe }
  /** Answer to `estimate-rule`. */
  | { readonly kind: 'rule-estimate'; readonly request: number; readonly estimate: RuleEstimate }
  /** Answer to `rule-levels`. */
  | { readonly kind: 'rule-levels'; readonly request: number; readonly levels: readonly StandingLevels[] }
  | { readonly kind: 'health'; readonly health: EngineHealth }
  /** Trouble that concerns no single book. */
  | { readonly kind: 'fault'; readonly at: Millis; readonly message: string }
