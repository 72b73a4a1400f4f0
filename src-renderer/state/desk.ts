import type { AppNotice, Opened, OpenKind, Runtime, Saved } from '../../src-shared/contract/calls'
import type { ReplayState, TapeContents } from '../../src-shared/contract/replay'
import type { InstrumentId } from '../../src-shared/instrument'
import type { Settings } from '../../src-shared/settings'
import type { Millis } from '../../src-shared/units'
import type { Group, Watchlist } from '../../src-shared/watchlist'
import type { RuleBook, Policy, Channels, AlertFeed, AlertDesk } from './alerting'
import type { Market } from './market'

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
