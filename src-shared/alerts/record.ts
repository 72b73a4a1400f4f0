import type { Alert } from '../alert'
import type { InstrumentId } from '../instrument'
import type { Millis } from '../units'

/** What became of one alert on one channel; several of one pair tell of attempts, the latest counts. */
export interface DeliveryResult {
  readonly alert: string
  readonly channel: string
  readonly at: Millis
  /** `waiting` will be tried again. `lost`: the app ended between the fire and its delivery; it is not told again. */
  readonly outcome: 'shown' | 'sent' | 'waiting' | 'failed' | 'unsupported' | 'lost'
  readonly detail: string
}

/** After these spans the mid is looked at, ms. */
export const outcomeHorizons = [1_000, 5_000, 30_000, 60_000, 300_000] as const

/** What the market did after an alert. Prices in bps of the mid at the alert, in the direction of its side (without one: up); NaN where unknown. */
export interface Outcome {
  /** One a horizon. */
  readonly bps: readonly number[]
  /** Less half the spread at the alert. */
  readonly netBps: readonly number[]
  /** The farthest the mid went with the alert's side, and against it, within the longest horizon; never negative. */
  readonly favourableBps: number
  readonly adverseBps: number
  readonly halfSpreadBps: number
}

/** Columns of an alert's series, ten rows a second. */
export const seriesColumns = [
  'offsetMs',
  'midBps',
  'value',
  'spreadBps',
  'imbalance',
  'micropriceBps',
  'bookPerSecond',
  'tradesPerSecond'
] as const

/** One alert as lists show it: everything but its evidence. */
export interface AlertEntry {
  /** The FIRE (or SUPPRESSED, ALREADY_ON…) that began it. */
  readonly alert: Alert
  readonly peak: number
  /** NaN while it runs. */
  readonly lastedMs: number
  readonly endedUnknown: boolean
  /** Latest last. */
  readonly deliveries: readonly DeliveryResult[]
  readonly ack?: { readonly at: Millis; readonly by: string }
  readonly note: string
  readonly tag: '' | 'useful' | 'noise'
  readonly outcome?: Outcome
}

/** What stood behind an alert. */
export interface AlertEvidence {
  readonly id: string
  /** Pairs price (ticks), size (lots), best first, 25 a side at most. */
  readonly bids: Float64Array
  readonly asks: Float64Array
  /** Every figure that was known, by `metric.field`. */
  readonly figures: Readonly<Record<string, number>>
  /** Rows of `seriesColumns`, oldest first: 60 s before, and 60 s after once they have passed. */
  readonly before: Float32Array
  readonly after: Float32Array
}

/** How good a rule was, of the alerts that are kept and have an outcome. */
export interface RuleScore {
  readonly ruleId: string
  /** Alerts delivered, and of how many watched hours. */
  readonly fires: number
  readonly hours: number
  readonly firesPerHour: number
  /** With an outcome at the horizon of 60 s; a hit is a move with the alert's side. */
  readonly n: number
  readonly hits: number
  /** NaN of nothing. */
  readonly hitRate: number
  /** Wilson score interval of the hit rate, 95 %. */
  readonly hitLow: number
  readonly hitHigh: number
  readonly meanNetBps: number
  readonly useful: number
  readonly noise: number
}

/** A stretch of wall clock ms. */
export interface Span {
  readonly from: Millis
  readonly to: Millis
}

/** A fire of an estimate, as a marker shows it. */
export interface EstimatedFire {
  readonly at: Millis
  readonly instrument: InstrumentId
  readonly side: Alert['side']
  /** Of the figure that leads the rule, with its own sign; absent where none leads it. */
  readonly value?: number
  /** Its ON level at that time. */
  readonly threshold?: number
}

/** How often a rule would have fired, by the same code over what was recorded; at every moment its levels are learned from what came before alone. */
export interface RuleEstimate {
  readonly ruleId: string
  /** Hours of samples it was judged on (it had learned, the book was live), all instruments together. */
  readonly hours: number
  readonly fires: number
  /** An instrument-hour. */
  readonly firesPerHour: number
  /** What would have been told, oldest first, the latest 500 at most. */
  readonly times: readonly EstimatedFire[]
  /** Why it is less than asked for, in words; empty otherwise. */
  readonly reason: string
  /** From the first sample to the last that it was judged on. */
  readonly span?: Span
  /** Within the span nothing of any of its instruments is on the tape: the longest 100, in their order, and how long they all are. */
  readonly holes?: readonly Span[]
  readonly holesMs?: number
  /** Fires an hour that are to be expected of all its instruments together; NaN where it was judged on none. */
  readonly expectedPerHour?: number
  /** Fires that are not among `times`. */
  readonly left?: number
  /** Conditions for which it was not played at all, by where they stand in the rule (`when.of.0`), and why. */
  readonly unfit?: readonly { readonly path: string; readonly why: string }[]
  /** What it fires for may be over between two seconds: so many fires at least. */
  readonly isLeast?: boolean
  /** Played over figures of each second, over the frames themselves, or over what the engine has in memory. */
  readonly basis?: 'seconds' | 'frames' | 'memory'
}

/**
 * Where the levels of a rule that counts against a figure's own history stand on one instrument and side: values of the figure with their own sign, NaN while
 * that history is too short.
 */
export interface StandingLevels {
  readonly rule: string
  readonly side: Alert['side']
  readonly on: number
  readonly off: number
  /** How much of the history it needs was seen, in [0, 1]. */
  readonly learned: number
  /** What the rule may say (percents, robust deviations, multiples of the median), rising, and where each would stand. */
  readonly scale: readonly (readonly [setting: number, value: number])[]
}
