import type { EpisodeKind } from '../truth'
import { cascade } from './cascade'
import { dislocation } from './dislocation'
import { absorption, iceberg } from './iceberg'
import { lull } from './lull'
import { metaorder } from './metaorder'
import { spoof } from './spoof'
import type { EpisodeWish, Stage } from './stage'
import { sweep } from './sweep'
import { vacuum } from './vacuum'
import { wall } from './wall'

/** What happens in one instrument. A jump happens to an asset, at once and everywhere, and needs no stage. */
export type StagedKind = Exclude<EpisodeKind, 'jump'>

export const plots: Readonly<Record<StagedKind, (stage: Stage, wish: EpisodeWish) => void>> = {
  wall,
  spoof,
  iceberg,
  absorption,
  sweep,
  vacuum,
  metaorder,
  dislocation,
  cascade,
  lull
}
