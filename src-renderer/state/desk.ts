import type { Alert } from '../../src-shared/alert'
import type {
  AlertChannels,
  ChannelStanding,
  RemoteChannel,
  SecretName
} from '../../src-shared/alerts/channels'
import type { AlertCommand } from '../../src-shared/alerts/commands'
import type { AlertPolicy } from '../../src-shared/alerts/policy'
import type { RuleProbe } from '../../src-shared/alerts/probe'
import type {
  AlertEntry,
  AlertEvidence,
  DeliveryResult,
  RuleEstimate,
  RuleScore,
  StandingLevels
} from '../../src-shared/alerts/record'
import type { AlertCentre, HistoryWish } from '../../src-shared/alerts/state'
import type { AppNotice, Delivery, Opened, OpenKind, Runtime, Saved } from '../../src-shared/contract/calls'
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
import type { ReplayState, TapeContents } from '../../src-shared/contract/replay'
import type { Instrument, InstrumentId, VenueId } from '../../src-shared/instrument'
import type { Rule } from '../../src-shared/rule'
import type { Settings } from '../../src-shared/settings'
import type { BookStatus } from '../../src-shared/status'
import type { Millis } from '../../src-shared/units'
import type { Group, Watchlist } from '../../src-shared/watchlist'

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

/** The named lists. Every change is saved at once; a refused save shows as a notice. */
export interface Watchlists {
  readonly lists: readonly Watchlist[]
  /** Instruments of several venues seen as one book. */
  readonly groups: readonly Group[]
  group(id: InstrumentId): Group | undefined
  /** A new group in front of the active list's end; answers its id, or that of the group that has just these members. */
  createGroup(name: string, members: readonly InstrumentId[]): InstrumentId
  /** Takes it off every list too. */
  removeGroup(id: InstrumentId): void
  readonly active: Watchlist
  choose(id: string): void
  create(name: string): void
  rename(id: string, name: string): void
  remove(id: string): void
  add(instrument: InstrumentId): void
  drop(instrument: InstrumentId): void
  /** Moves an instrument of the active list to a position. */
  move(instrument: InstrumentId, to: number): void
}

export interface RuleBook {
  readonly rules: readonly Rule[]
  save(rule: Rule): Promise<Saved>
  /** All of them anew. */
  replace(rules: readonly Rule[]): Promise<Saved>
  remove(id: string): Promise<Saved>
  test(id: string): Promise<Saved>
}

/** How alerts are told; it never changes what is judged. */
export interface Policy {
  readonly settings: AlertPolicy
  save(settings: AlertPolicy): Promise<Saved>
}

/** Where alerts go beside the feed and the desktop. */
export interface Channels {
  readonly settings: AlertChannels
  readonly standings: readonly ChannelStanding[]
  save(settings: AlertChannels): Promise<Saved>
  /** An empty secret forgets it. It never comes back. */
  secret(name: SecretName, secret: string): Promise<Saved>
  /** Answers when the receiver did. */
  test(channel: RemoteChannel): Promise<Saved>
  /** Plays how an alert sounds. */
  hear(channel: 'sound' | 'speech', side: Alert['side'], severity: Alert['severity']): void
  /** Takes a sound of the user's for alerts of a severity, once it was checked and heard to be one. */
  takeSound(severity: Alert['severity'], name: string, bytes: Uint8Array): Promise<Saved>
  /** The house's own sound again. */
  dropSound(severity: Alert['severity']): Promise<Saved>
}

export interface AlertFeed {
  /** Latest first, at most 500. */
  readonly alerts: readonly Alert[]
  /** Alerts the user has not seen: those since the alerts panel was last looked at. */
  readonly unseen: number
  seen(): void
  delivery(alert: string): Delivery | undefined
}

/** An answer of the engine, or why there is none, in words. */
export type Answered<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly reason: string }

export interface HistoryPage {
  readonly entries: readonly AlertEntry[]
  /** More of them fit the wish. */
  readonly more: boolean
}

/** What the engine keeps and says of alerts beside the feed. */
export interface AlertDesk {
  /** All of alerting now; undefined while the engine is away, or before it told. */
  readonly centre: AlertCentre | undefined
  /** The entry of the history that changed last since this window opened. */
  readonly latest: AlertEntry | undefined
  /** The episode whose card is open. */
  readonly shown: string | undefined
  open(episode: string): void
  close(): void
  act(command: AlertCommand): void
  history(wish: HistoryWish, most: number): Promise<Answered<HistoryPage>>
  /** Undefined where nothing is kept of it (any more). */
  evidence(episode: string): Promise<Answered<AlertEvidence | undefined>>
  scores(): Promise<Answered<readonly RuleScore[]>>
  /** How often a rule, saved or not, would have fired in the last hours. */
  estimate(rule: Rule, hours: number): Promise<Answered<RuleEstimate>>
  /** Where levels that move with the own history stand on an instrument now. */
  levels(instrument: InstrumentId): Promise<Answered<readonly StandingLevels[]>>
  /** How a rule, saved or not, stands on one instrument is told from now on, as `probed`; undefined ends it. */
  probe(wish: { readonly rule: Rule; readonly instrument: InstrumentId } | undefined): void
  readonly probed: RuleProbe | undefined
  /** What became last of an alert on a channel, since this window opened. */
  result(channel: string): DeliveryResult | undefined
  /** What is kept of an instrument's alerts, oldest first, as far as it was asked for. */
  entries(instrument: InstrumentId): readonly AlertEntry[]
  /** The latest, or those within some time; asked once of each. */
  askEntries(instrument: InstrumentId, within?: { readonly from: number; readonly to: number }): void
}

/** The tape on this computer. */
export interface Tape {
  /** What it held when it was asked last; undefined while the answer is awaited. */
  readonly contents: TapeContents | undefined
  /** Undefined while this window is live. */
  readonly replay: ReplayState | undefined
  ask(): void
  /** Replays `from` to `to`, beginning at `at`. */
  begin(from: number, to: number, at?: number): void
}

export interface Notices {
  readonly list: readonly AppNotice[]
  dismiss(id: string): void
  /** Something only this window knows. */
  tell(severity: AppNotice['severity'], text: string): void
}

/** What panels are given; they hold no socket and no formula. */
export interface Desk {
  readonly market: Market
  readonly watchlists: Watchlists
  readonly rules: RuleBook
  readonly policy: Policy
  readonly channels: Channels
  readonly alerts: AlertFeed
  readonly alertDesk: AlertDesk
  readonly tape: Tape
  readonly notices: Notices
  readonly runtime: Runtime | undefined
  readonly settings: Settings
  saveSettings(settings: Settings): void
  /** Wall clock, reactive, moves four times a second. */
  readonly now: Millis
  /** `dark` or `light`, after the system's choice is resolved; read it in effects that draw on canvas. */
  readonly theme: 'dark' | 'light'
  /** The instrument that unpinned panels show. */
  readonly selected: InstrumentId | undefined
  select(instrument: InstrumentId): void
  /** Asks where a file is to be kept, and keeps it. Refused without a reason: the user thought better of it. */
  saveFile(name: string, text: string): Promise<Saved>
  /** Puts text on the clipboard. */
  copyText(text: string): Promise<Saved>
  /** Asks for a file, and reads it. Refused without a reason: the user thought better of it. */
  openFile(kind: OpenKind): Promise<Opened>
  /** Shows a panel: raises its tab where there is one, otherwise adds it to the focused pane. */
  show(panel: string): void
  /** Opens the instrument search; calls back with the choice. */
  search(onPick: (instrument: InstrumentId) => void): void
}
