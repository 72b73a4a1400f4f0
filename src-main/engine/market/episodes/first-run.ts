import type { EpisodeWish } from './stage'
import type { StagedKind } from './plots'

/** What is planted for a newcomer, so many milliseconds after the instrument's first start. */
export interface Scene {
  readonly afterMs: number
  readonly kind: StagedKind
  readonly wish: EpisodeWish
}

/** The seed of the first run: everybody sees the same first minutes. */
export const FIRST_RUN_SEED = 20240808
/** The regime stays active so long, then is free. */
export const FIRST_RUN_HOLD_MS = 120_000
export const FIRST_RUN_SYMBOL = 'BTC-PERP'
/** Free episodes begin on that instrument after the script. */
export const FIRST_RUN_MS = 180_000

/** A wall that is pulled or withdrawn, an absorption, a vacuum: so that every panel has something to say. */
export const firstRun: readonly Scene[] = [
  { afterMs: 20_000, kind: 'wall', wish: { side: 'bid', bps: 2.5, touches: 12, shy: true, seconds: 30 } },
  { afterMs: 70_000, kind: 'absorption', wish: { side: 'ask', touches: 30, seconds: 15 } },
  { afterMs: 120_000, kind: 'vacuum', wish: { side: 'both', seconds: 8 } }
]
