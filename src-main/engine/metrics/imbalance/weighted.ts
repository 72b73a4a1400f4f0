import type { Side } from '../../book/book'

/**
 * Lots of the best `count` levels, each times its weight by rank (0 is the touch) and by distance from the touch in ticks. NaN where they reach beyond what
 * is known; a side known to its end counts what it has.
 */
export function weightedLots(
  side: Side,
  count: number,
  weightOf: (rank: number, ticks: number) => number
): number {
  const touch = side.price(0)
  const complete = Math.abs(side.known) === Infinity
  const counted = Math.min(count, side.count)
  const reach = Math.abs(side.price(counted - 1) - touch)
  if (!complete && !(counted === count && reach <= Math.abs(side.known - touch))) return NaN
  let sum = 0
  for (let rank = 0; rank < counted; rank++)
    sum += side.size(rank) * weightOf(rank, Math.abs(side.price(rank) - touch))
  return sum
}
