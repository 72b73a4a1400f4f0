/** One line of the book at the trigger. */
export interface LevelLine {
  readonly side: 'bid' | 'ask'
  /** Ticks and lots. */
  readonly price: number
  readonly size: number
  /** Levels between it and the one nearer to the mid that are not shown. */
  readonly skipped: number
  /** The largest of its side. */
  readonly largest: boolean
}

/**
 * The best levels of a side, best first, and the largest one beyond them: what stands deep and large is why many alerts fire.
 * @param pairs price, size, best first
 */
export function levelLines(side: 'bid' | 'ask', pairs: Float64Array, most: number): readonly LevelLine[] {
  const count = pairs.length / 2
  let largest = 0
  for (let rank = 1; rank < count; rank++) if (pairs[2 * rank + 1]! > pairs[2 * largest + 1]!) largest = rank
  const line = (rank: number, skipped: number): LevelLine => ({
    ...{ side, price: pairs[2 * rank]!, size: pairs[2 * rank + 1]!, skipped },
    largest: rank === largest && count > 1
  })
  const lines = Array.from({ length: Math.min(most, count) }, (_, rank) => line(rank, 0))
  return largest < most ? lines : [...lines, line(largest, largest - most)]
}
