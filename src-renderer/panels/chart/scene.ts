import type { Instrument } from '../../../src-shared/instrument'
import type { Mark } from '../../charts/marks'
import type { Sampled } from '../../charts/sampled'
import type { HatchSpan } from '../../charts/spans'
import type { Colours } from '../../charts/theme'
import type { Band } from './bands'

/** Everything one drawing of the chart needs. The plots' options read it through a function, so it is always the latest. */
export interface Scene {
  readonly colours: Colours
  readonly instrument: Instrument | undefined
  readonly edges: readonly [from: number, to: number]
  /** Columns: mid and microprice (decimal prices), then the bands. */
  readonly lines: Sampled
  readonly bands: readonly Band[]
  readonly marks: readonly Mark[]
  /** Orders that the venue closed by force, largest first. */
  readonly liquidations: readonly Mark[]
  readonly gaps: readonly (HatchSpan & { readonly cause: string })[]
  /** When this window's knowledge begins; Infinity while it has none. */
  readonly knownFrom: number
  /** Latest figures, NaN while the book is not live. */
  readonly mid: number
  readonly figures: readonly number[]
}
