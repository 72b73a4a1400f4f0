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
import type { Delivery, Saved } from '../../src-shared/contract/calls'
import type { InstrumentId } from '../../src-shared/instrument'
import type { Rule } from '../../src-shared/rule'

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
