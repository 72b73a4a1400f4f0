import type { Unready } from '../../../src-shared/contract/frames'
import type { Sampled } from '../../charts/sampled'
import type { TimeScene } from '../../charts/time-plot'
import type { Band } from '../../parts/imbalance-bands'

/** Everything one drawing needs. */
export interface Scene extends TimeScene {
  readonly bands: readonly Band[]
  /** Columns: the bands, then P5 and P95 of the first of them, and the regime. */
  readonly lines: Sampled
  /** Latest values of the bands, NaN while not known. */
  readonly figures: readonly number[]
  /** Of the first band; NaN where no own history is kept or it is still short. */
  readonly low: number
  readonly high: number
  readonly rank: number
  /** +1 bid, −1 ask, 0 neither; NaN while not known. */
  readonly regime: number
  /** Seconds. */
  readonly regimeFor: number
  readonly regimeWhy: Unready | undefined
  readonly knownFrom: number
}

/** Places in `lines.values`. */
export const placesOf = (count: number) => ({ low: count, high: count + 1, regime: count + 2 })
