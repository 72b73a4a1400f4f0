import type { Unready } from '../../../src-shared/contract/frames'
import type { Sampled } from '../../charts/sampled'
import type { TimeScene } from '../../charts/time-plot'
import type { Band } from '../../parts/imbalance-bands'

/** Everything one drawing needs. */
export interface Scene extends TimeScene {
  readonly bands: readonly Band[]
  /** Columns: the bands, P5 of each, P95 of each, and the regime. */
  readonly lines: Sampled
  /** Latest values of the bands, NaN while not known. */
  readonly figures: readonly number[]
  /** Each band's P5 and P95 now; NaN where no own history is kept or it is still short. */
  readonly lows: readonly number[]
  readonly highs: readonly number[]
  /** Own percentile of the first band; NaN as above. */
  readonly rank: number
  /** +1 bid, −1 ask, 0 neither; NaN while not known. */
  readonly regime: number
  /** Seconds. */
  readonly regimeFor: number
  readonly regimeWhy: Unready | undefined
  readonly knownFrom: number
}

/** Places in `lines.values`; `low` and `high` of the first band, those of the next follow. */
export const placesOf = (count: number) => ({ low: count, high: 2 * count, regime: 3 * count })
