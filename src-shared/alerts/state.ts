import type { InstrumentId } from '../instrument'
import type { Millis } from '../units'
import type { Alert, Withheld } from '../alert'
import type { SnoozeTarget } from './policy'

export interface Snooze {
  readonly target: SnoozeTarget
  readonly since: Millis
  /** Infinity: until what fires now is over. */
  readonly until: number
  /** Held back by it so far. */
  readonly muted: number
}

/** A stricter level for a rule that fired too often, from what is recorded. */
export type Suggestion =
  | { readonly state: 'looking' }
  | { readonly state: 'none'; readonly why: string }
  | {
      readonly state: 'found'
      /** The ON level of the rule's one figure. */
      readonly on: number
      /** "P99.8". */
      readonly level: string
      /** Of all its instruments together. */
      readonly perHour: number
      readonly overHours: number
    }

/** How one rule stands. */
export interface RuleState {
  readonly ruleId: string
  /** Instruments and sides by what their machines are; `learning` has too little history, `unknown` has no figure now. */
  readonly machines: Readonly<
    Record<
      'learning' | 'unknown' | 'armed' | 'pending' | 'firing' | 'recovering' | 'waiting' | 'spent',
      number
    >
  >
  /** In [0, 1]: how much of the history it needs was seen, of the instrument that has least; 1 where none is needed. */
  readonly learned: number
  /** To the feed alone until then, as it fired too often; undefined while it is not. */
  readonly autoQuietUntil?: Millis
  /** With `autoQuietUntil`. */
  readonly suggests?: Suggestion
  readonly snoozedUntil?: number
  readonly expired: boolean
  /** Withheld since the engine started. */
  readonly muted: number
}

/** One episode that fires now. */
export interface ActiveAlert {
  readonly alert: Alert
  readonly peak: number
  readonly acknowledged: boolean
  /** A short outage hides it: neither on nor over. */
  readonly blind: boolean
  /** Critical, told, and acknowledged by nobody yet: how often it was carried to other channels, and when it is next; NaN when never again. */
  readonly escalation?: { readonly carried: number; readonly nextAt: number }
}

/** A machine whose condition holds though nothing fires. */
export interface Standing {
  readonly ruleId: string
  readonly instrument: InstrumentId
  readonly side: Alert['side']
  /** `pending`: not for long enough yet. `waiting`: it was true when watching began, and must be false once before it can fire. */
  readonly phase: 'pending' | 'waiting'
}

/** All of alerting at one time, told when it changed, at most once a second. */
export interface AlertCentre {
  readonly at: Millis
  readonly rules: readonly RuleState[]
  readonly active: readonly ActiveAlert[]
  /** At most 200. */
  readonly standing: readonly Standing[]
  readonly snoozes: readonly Snooze[]
  /** Of the last hour. */
  readonly withheld: Readonly<Partial<Record<Withheld, number>>>
  /** Quiet hours that hold now, by id. */
  readonly quiet: readonly string[]
  /** Desktop notices that were over the budget and wait for the next digest. */
  readonly overBudget: number
  readonly history: {
    readonly entries: number
    readonly bytes: number
    /** Why nothing can be written, in words; empty otherwise. */
    readonly fault: string
  }
}

/** What the history can be sorted by; what is not known comes last, either way. */
export const historyOrders = ['time', 'lasted', 'net', 'rule', 'instrument'] as const
export type HistoryOrder = (typeof historyOrders)[number]

/** Which alerts of the history, and in which order. */
export interface HistoryWish {
  readonly rule?: string
  readonly instrument?: InstrumentId
  readonly severity?: Alert['severity']
  readonly tag?: 'useful' | 'noise'
  readonly from?: number
  readonly to?: number
  /** In rule names, instruments and notes. */
  readonly text?: string
  readonly episode?: string
  /** By time unless said otherwise; `net`: bps after 60 s, less half the spread. */
  readonly by?: HistoryOrder
  /** Smallest (oldest) first. */
  readonly rising?: boolean
  /** Only those after the entry of this id: the next page. */
  readonly before?: string
}
