import type { AlertSide } from '../alert'
import type { InstrumentId } from '../instrument'
import type { Millis } from '../units'

/** How one condition of a rule stands now, on one side; of `among`, on each of its instruments. */
export interface ProbedCondition {
  /** Where it is in the rule: `when`, `when.of.0`, `stepUp.when`. */
  readonly path: string
  readonly side: AlertSide
  readonly instrument: InstrumentId
  /** `between`: beyond OFF but not at ON, so neither true nor over. */
  readonly state: 'true' | 'between' | 'false' | 'unknown'
  /** The smoothed figure, and the levels it is held against, with their own signs; NaN where there are none. */
  readonly value: number
  readonly on: number
  readonly off: number
  /** In [0, 1]: share of its own history that was lower; NaN where none is kept or it is still learned. */
  readonly percentile: number
  /** Why it is unknown, in words; empty otherwise. */
  readonly why: string
}

/** A rule, saved or not, on one of its instruments now. It tells nobody anything and is told to the window that asked, twice a second. */
export interface RuleProbe {
  readonly at: Millis
  readonly instrument: InstrumentId
  readonly conditions: readonly ProbedCondition[]
  /** Why it cannot be judged at all, in words; empty otherwise. */
  readonly fault: string
}
