import type { Book, Side } from '../book/book'
import type { Changes, Levels } from '../book/changes'

interface Told {
  readonly price: Float64Array
  readonly size: Float64Array
  /** Prices that moved since the question was asked: the answer may be from before or after. */
  readonly moved: Set<number>
}

/**
 * A rebuilt book held against the venue's own answer without ids that join the two: levels that did not move from the question until some time after the answer
 * must be the same in both. Counts in the ticks of the grid it began with.
 */
export class BookAudit {
  readonly #moved = { bids: new Set<number>(), asks: new Set<number>() }
  #bids: Told | undefined
  #asks: Told | undefined

  /** A message was committed to the book. */
  moved({ bids, asks }: Changes): void {
    for (let row = 0; row < bids.count; row++) this.#moved.bids.add(bids.price[row]!)
    for (let row = 0; row < asks.count; row++) this.#moved.asks.add(asks.price[row]!)
  }

  /** The venue's answer, whole on both sides. */
  answered({ bids, asks }: Changes): void {
    this.#bids = toldOf(bids, this.#moved.bids)
    this.#asks = toldOf(asks, this.#moved.asks)
  }

  /** Levels that must be the same and are not; NaN before the answer. */
  differing({ bids, asks }: Book): number {
    if (!this.#bids || !this.#asks) return NaN
    return differing(this.#bids, bids, -1) + differing(this.#asks, asks, 1)
  }
}

const toldOf = ({ price, size, count }: Levels, moved: Set<number>): Told => ({
  price: price.slice(0, count),
  size: size.slice(0, count),
  moved
})

/** `sign`: +1 where a higher price is worse. */
function differing({ price, size, moved }: Told, side: Side, sign: 1 | -1): number {
  const told = new Set<number>(price)
  let count = 0
  price.forEach((at, row) => {
    const isKnown = sign * (at - side.known) <= 0
    if (isKnown && !moved.has(at) && side.at(at) !== size[row]) count++
  })
  for (let rank = 0; rank < side.count; rank++) {
    const at = side.price(rank)
    if (!moved.has(at) && !told.has(at)) count++
  }
  return count
}
