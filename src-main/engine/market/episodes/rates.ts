import type { EpisodeKind } from '../truth'

/** Episodes per hour and instrument; jumps per hour and asset. Kinds left out do not happen. */
export type EpisodeRates = Readonly<Partial<Record<EpisodeKind, number>>>

export const usualRates: EpisodeRates = {
  wall: 10,
  spoof: 5,
  iceberg: 6,
  absorption: 5,
  sweep: 5,
  vacuum: 4,
  metaorder: 5,
  dislocation: 2,
  cascade: 0.7,
  lull: 1,
  jump: 1.5
}
