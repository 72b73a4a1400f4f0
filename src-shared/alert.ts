import type { InstrumentId } from './instrument'
import type { Millis } from './units'

/** What the rule's machine said; the words are those of the alert semantics (alerts/README.md). */
export type Notice =
  'FIRE' | 'FIRE_DEFERRED' | 'SUPPRESSED' | 'ALREADY_ON' | 'RESOLVED' | 'ENDED_UNKNOWN' | 'STILL_ON' | 'TEST'

/** One entry of the alert feed. */
export interface Alert {
  /** Unique over restarts: `rule|instrument|side|episode|notice`. */
  readonly id: string
  readonly notice: Notice
  readonly ruleId: string
  readonly ruleName: string
  readonly instrument: InstrumentId
  readonly side: 'bid' | 'ask'
  readonly metric: string
  readonly field: string
  /** The field's value when the notice was given, with its sign. */
  readonly value: number
  /** The ON level it was held against, with its sign. */
  readonly threshold: number
  /** Engine wall clock. */
  readonly at: Millis
  /** When the condition became true. */
  readonly since: Millis
  /** How long the episode lasted; with RESOLVED and ENDED_UNKNOWN. */
  readonly lastedMs?: Millis
  readonly suppressedBefore: number
  /** Mid at the notice in ticks, NaN when unknown. */
  readonly mid: number
  readonly simulated: boolean
  /** True when the rule asks for a desktop notification and the notice is one that is delivered. */
  readonly desktop: boolean
}
