/**
 * How far from the mid (or the best price) events are looked for: in bps, and in so many steps of price at least, as where a step is several bps there would
 * be no level, or one, to look at.
 */
export interface Reach {
  readonly bps: number
  readonly steps: number
}

export const wallsReach: Reach = { bps: 5, steps: 10 }
/** What walls are held against: the sizes of levels, and the largest around. */
export const levelsReach: Reach = { bps: 15, steps: 30 }
export const aroundReach: Reach = { bps: 8, steps: 16 }
/** From the best price of the side. */
export const layersReach: Reach = { bps: 3, steps: 6 }
export const vacuumReach: Reach = { bps: 10, steps: 10 }

/** Its steps reach farther than its bps: for layers where a step is more than half a bp. */
export const isCoarse = ({ bps, steps }: Reach, price: number, step: number): boolean =>
  steps * step > (price * bps) / 1e4

/** In ticks from `price`; `step` is the venue's price step in ticks. */
export const ticksOf = ({ bps, steps }: Reach, price: number, step: number): number =>
  Math.max((price * bps) / 1e4, steps * step)
