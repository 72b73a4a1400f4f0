import type { Notice } from '../../../src-shared/alert'

/** What `step` needs of a rule. Levels are of the value it is fed; times in ms. */
export interface Limits {
  readonly on: number
  readonly off: number
  readonly minMs: number
  readonly rearmMs: number
  readonly cooldownMs: number
  /** 0: an episode is told of once. */
  readonly repeatMs: number
  /** Samples further apart than this are a gap. */
  readonly maxGapMs: number
  /** After an outage longer than this nothing from before counts. */
  readonly revealMs: number
  /** Fire for a condition that was already on at the first sample. */
  readonly fireIfAlreadyTrue: boolean
  /** A notice held back by the cooldown is given when the cooldown ends, if the episode still runs. */
  readonly deferFire: boolean
}

/** The house's limits that no rule changes. */
export const houseLimits = {
  repeatMs: 0,
  maxGapMs: 1_000,
  revealMs: 60_000,
  fireIfAlreadyTrue: false,
  deferFire: true
} as const satisfies Partial<Limits>

type Sighted = 'START' | 'ARMED' | 'PENDING' | 'FIRING' | 'RECOVERING' | 'WAIT_RESET'
export type Phase = Sighted | 'BLIND'

/** One machine: one rule on one instrument and side. Times are of the engine's monotonic clock, NaN where there is none. */
export interface Machine {
  readonly phase: Phase
  /** What it was before it went blind; only meaningful while BLIND. */
  readonly prior: Sighted
  /** When the phase was entered. */
  readonly since: number
  /** When the outage began, while BLIND. */
  readonly blindSince: number
  readonly lastSampleAt: number
  /** When the condition of the running episode became true, and when the episode began to fire. */
  readonly onSince: number
  readonly firingSince: number
  readonly peak: number
  readonly lastDeliveredAt: number
  /** Episodes held back since the last delivered notice. */
  readonly suppressed: number
  /** The running episode was held back and still owes its notice. */
  readonly owes: boolean
}

export const freshMachine: Machine = {
  phase: 'START',
  prior: 'START',
  since: NaN,
  blindSince: NaN,
  lastSampleAt: NaN,
  onSince: NaN,
  firingSince: NaN,
  peak: NaN,
  lastDeliveredAt: NaN,
  suppressed: 0,
  owes: false
}

/** What a machine says when it steps. */
export interface Said {
  readonly notice: Exclude<Notice, 'TEST'>
  readonly at: number
  /** When the condition became true. */
  readonly since: number
  /** How long the episode lasted, ms; NaN except with RESOLVED and ENDED_UNKNOWN. */
  readonly lastedMs: number
  /** Largest value of the episode, NaN before one fires. */
  readonly peak: number
  /** Held back before this notice, and told of by it. */
  readonly suppressedBefore: number
}
