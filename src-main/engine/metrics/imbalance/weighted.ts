import type { Side } from '../../book/book'

/** Distances in ticks whose weight is remembered; farther ones are rare. */
const mostRemembered = 1_024

/**
 * Lots of the best levels of a side, each times its weight by distance from the touch, exp(-decay x ticks), and by rank, 1 / (rank + 1). NaN where they reach
 * beyond what is known; a side known to its end counts what it has.
 */
export class Weighted {
  near = NaN
  ranked = NaN
  readonly #count: number
  /** The levels at hand. */
  readonly #prices: Float64Array
  readonly #sizes: Float64Array
  #decay = NaN
  /** By ticks; NaN where not yet asked. */
  readonly #weights = new Float64Array(mostRemembered)

  /** @param count levels */
  constructor(count: number) {
    this.#count = count
    this.#prices = new Float64Array(count)
    this.#sizes = new Float64Array(count)
  }

  /** Of a tick, from now on. */
  decay(decay: number): void {
    if (decay === this.#decay) return
    this.#decay = decay
    this.#weights.fill(NaN)
  }

  read(side: Side): void {
    const touch = side.price(0)
    const counted = Math.min(this.#count, side.count)
    const reach = Math.abs(side.price(counted - 1) - touch)
    const isWhole = Math.abs(side.known) === Infinity
    this.near = this.ranked = NaN
    if (!isWhole && !(counted === this.#count && reach <= Math.abs(side.known - touch))) return
    const prices = this.#prices
    const sizes = this.#sizes
    side.copy(0, counted, prices, sizes)
    let [near, ranked] = [0, 0]
    for (let rank = 0; rank < counted; rank++) {
      const size = sizes[rank]!
      near += size * this.#weightOf(Math.abs(prices[rank]! - touch))
      ranked += size / (rank + 1)
    }
    this.near = near
    this.ranked = ranked
  }

  #weightOf(ticks: number): number {
    if (ticks >= mostRemembered) return Math.exp(-this.#decay * ticks)
    const known = this.#weights[ticks]!
    if (known > 0) return known
    return (this.#weights[ticks] = Math.exp(-this.#decay * ticks))
  }
}
