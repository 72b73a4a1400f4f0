import type { InstrumentId } from './instrument'
import type { Severity } from './rule'
import type { Millis } from './units'

/** What the rule's machine said; the words are those of the alert semantics (alerts/README.md). */
export type Notice =
  | 'FIRE'
  | 'FIRE_DEFERRED'
  | 'SUPPRESSED'
  | 'ALREADY_ON'
  | 'RESOLVED'
  | 'ENDED_UNKNOWN'
  | 'STILL_ON'
  | 'STEP_UP'
  | 'TEST'

export type AlertSide = 'bid' | 'ask' | 'none'

/** Why an alert was not told on a channel. It was judged and is in the history all the same. */
export type Withheld =
  'snoozed' | 'quiet-hours' | 'inhibited' | 'storm' | 'budget' | 'auto-quiet' | 'not-armed' | 'replay'

/** One entry of the alert feed. */
export interface Alert {
  /** Unique over restarts: `episode|notice`. */
  readonly id: string
  /** The same for all notices of one episode, `rule|instrument|side|episode's beginning`: what a notification is shown, updated and acknowledged under. */
  readonly episode: string
  readonly notice: Notice
  readonly ruleId: string
  readonly ruleHash: string
  readonly ruleName: string
  readonly severity: Severity
  readonly instrument: InstrumentId
  readonly side: AlertSide
  /** The leading figure of the condition; empty where it has none. */
  readonly metric: string
  readonly field: string
  /** The figure by its name, with its value and its level: for whoever has no catalogue to name it from, so only in what the engine reports. */
  readonly figure?: string
  /** The figure's value when the notice was given, with its sign; NaN where there is none. */
  readonly value: number
  /** The ON level it was held against, with its sign; NaN where there is none. */
  readonly threshold: number
  /** Where that level comes from: "P99.5 of 24 h", "level". */
  readonly thresholdWords: string
  /** Share in [0, 1] of the figure's own history that was lower; NaN where no history is kept. */
  readonly percentile: number
  /** The condition is about the data, not the market. */
  readonly data: boolean
  /** Engine wall clock. */
  readonly at: Millis
  /** The venue's own time of the book it was judged on; NaN where it gives none. */
  readonly exchangeAt: Millis
  /** When the condition became true. */
  readonly since: Millis
  /** How long the episode lasted; with RESOLVED and ENDED_UNKNOWN. */
  readonly lastedMs?: Millis
  /** Farthest value of the episode, with its sign; NaN before one fires. */
  readonly peak: number
  readonly suppressedBefore: number
  /** Mid at the notice in ticks, NaN when unknown. */
  readonly mid: number
  readonly simulated: boolean
  /** A market-wide alert: all the instruments on which the rule fired. */
  readonly instruments?: readonly InstrumentId[]
  /** Where it is to be told now, after the policy; `feed` is always meant. */
  readonly channels: readonly string[]
  /** Why it is not told on channels that its rule asks for. */
  readonly withheld: readonly { readonly channel: string; readonly why: Withheld }[]
  /** `channels` has `desktop`. */
  readonly desktop: boolean
}

/** Notices that leave the feed, if the rule and the policy let them. */
export const toldNotices: readonly Notice[] = ['FIRE', 'FIRE_DEFERRED', 'STILL_ON', 'STEP_UP', 'TEST']

/** `episode|NOTICE` → episode. */
export const episodeOf = (alert: string): string => alert.slice(0, alert.lastIndexOf('|'))
