import type { Alert } from '../alert'
import type { AlertCommand } from '../alerts/commands'
import type { AlertPolicy } from '../alerts/policy'
import type { DeliveryResult } from '../alerts/record'
import type { AlertCentre } from '../alerts/state'
import type { InstrumentId, VenueId } from '../instrument'
import type { Rules } from '../rule'
import type { Settings } from '../settings'
import type { Millis } from '../units'
import type { Watchlists } from '../watchlist'
import type { EngineHealth } from './frames'

/** A venue's own "come back later" (429, 418), kept over restarts. */
export interface Ban {
  readonly venue: VenueId
  readonly until: Millis
  readonly reason: string
}

/** What metrics of one kind learned of instruments, kept over restarts. */
export interface Memory {
  /** The metric's id. */
  readonly kind: string
  /** The metric's own version of `values`: others are not understood. */
  readonly version: number
  readonly entries: readonly MemoryEntry[]
}
export interface MemoryEntry {
  readonly instrument: InstrumentId
  readonly at: Millis
  /** Plain finite numbers, in the metric's own order. */
  readonly values: readonly number[]
}

/** What the main process says to the engine. Every `configure` is whole and replaces the last. */
export type EngineControl =
  /** A message port for one window comes with it. */
  | { readonly kind: 'port'; readonly window: number }
  | {
      readonly kind: 'configure'
      readonly settings: Settings
      readonly watchlists: Watchlists
      readonly rules: Rules
      /** The default one when absent. */
      readonly policy?: AlertPolicy
      /** Where the alert history and what rules learned are kept; nothing is kept without it. */
      readonly alertFolder?: string
      readonly bans: readonly Ban[]
    }
  /** What was learned before this start; comes before the first `configure`. */
  | { readonly kind: 'remember'; readonly memories: readonly Memory[] }
  | { readonly kind: 'test-rule'; readonly rule: string }
  /** As of a window, from a notification or the tray. */
  | { readonly kind: 'alert-command'; readonly command: AlertCommand }
  /** What became of an alert on a channel. */
  | { readonly kind: 'delivered'; readonly result: DeliveryResult }
  | { readonly kind: 'power'; readonly state: 'suspend' | 'resume' }
  | { readonly kind: 'stop' }

/** What the engine says to the main process. */
export type EngineReport =
  | { readonly kind: 'ready' }
  /** Once a second; main restarts an engine that stops saying it. */
  | { readonly kind: 'health'; readonly health: EngineHealth }
  /** In the history already; to be told on its `channels`. A known `episode` is an update of what is shown. */
  | { readonly kind: 'alert'; readonly alert: Alert }
  /** A critical alert that nobody acknowledged: told again on these channels. */
  | { readonly kind: 'escalation'; readonly alert: Alert; readonly channels: readonly string[] }
  /** Told before a crash, and nobody knows whether it left: it goes out on these channels again, under its one key. */
  | { readonly kind: 'unsent'; readonly alert: Alert; readonly channels: readonly string[] }
  /** Desktop notices over the budget, as one sum. */
  | { readonly kind: 'digest'; readonly alerts: readonly Alert[]; readonly count: number }
  /** Somebody acknowledged: what is shown of it may go. */
  | { readonly kind: 'acknowledged'; readonly episode: string }
  | { readonly kind: 'alert-centre'; readonly centre: AlertCentre }
  | { readonly kind: 'ban'; readonly ban: Ban }
  /** Once a minute and at the end, one report a kind; entries replace those of the same instruments. */
  | { readonly kind: 'memory'; readonly memory: Memory }
  | { readonly kind: 'fault'; readonly message: string }
