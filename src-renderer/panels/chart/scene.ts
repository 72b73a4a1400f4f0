import type { Instrument } from '../../../src-shared/instrument'
import type { Mark } from '../../charts/marks'
import type { Sampled } from '../../charts/sampled'
import type { TimeScene } from '../../charts/time-plot'
import type { Band } from '../../parts/imbalance-bands'
import type { Microprice } from '../../parts/microprice'

/** The moment from which the anchored VWAP counts, as the chart shows it. */
export interface Anchor {
  /** Unix ms; NaN for none. */
  readonly at: number
  /** Anchored VWAP now, ticks; NaN while too little since the anchor was watched. */
  readonly value: number
  /** Share of the time since that was watched, [0, 1]; NaN while not known. */
  readonly seen: number
}

/** So many columns of the lines are prices above; the bands follow them. */
export const ofPrices = 3

/** Everything one drawing of the chart needs. The plots' options read it through a function, so it is always the latest. */
export interface Scene extends TimeScene {
  readonly instrument: Instrument | undefined
  /** Columns: mid, microprice and what stands in for it where it is not known (decimal prices), then the bands, the forecast, and the anchored VWAP (decimal prices) with its anchor's age, s. */
  readonly lines: Sampled
  readonly anchor: Anchor
  readonly bands: readonly Band[]
  readonly marks: readonly Mark[]
  /** Orders that the venue closed by force, largest first. */
  readonly liquidations: readonly Mark[]
  /** When this window's knowledge begins; Infinity while it has none. */
  readonly knownFrom: number
  /** Latest figures, NaN while the book is not live. */
  readonly mid: number
  /** What the microprice is now, or what stands in for it. */
  readonly micro: Microprice
  readonly figures: readonly number[]
  /** Of up within 1 s, now; its column is its past. */
  readonly chance: number
}
