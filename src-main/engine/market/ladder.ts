import { ChangedPrices } from './changed-prices'
import type { Levels } from './levels'
import { Occupancy } from './occupancy'

/** The most lots one level may hold: what an Int32Array can. */
const MOST = 2 ** 31 - 1

/**
 * The resting levels of one book over a window of prices: lots by tick in a ring, bids below the touch and asks above.
 * Reading, setting and the next neighbour cost the same however deep the book is. In here prices are whole ticks and
 * sizes whole lots as plain numbers, for the market does arithmetic on them; they leave it only as text.
 */
export class Ladder {
  readonly span: number
  /** Best prices. */
  bid = 0
  ask = 0
  /** Counts every change of any level, from `id` on. */
  id: number
  readonly changedBids: ChangedPrices
  readonly changedAsks: ChangedPrices
  readonly #lots: Int32Array
  readonly #occupied: Occupancy
  readonly #mask: number
  #base: number

  /** A window of 2^bits ticks around `centre`. */
  constructor(centre: number, bits: number, id = 0) {
    this.span = 1 << bits
    this.id = id
    this.#mask = this.span - 1
    this.#base = alignedBase(centre, this.span)
    this.#lots = new Int32Array(this.span)
    this.#occupied = new Occupancy(this.span)
    this.changedBids = new ChangedPrices(this.span)
    this.changedAsks = new ChangedPrices(this.span)
  }

  /** The window: `base` <= price < `end`. */
  get base(): number {
    return this.#base
  }
  get end(): number {
    return this.#base + this.span
  }
  get mid(): number {
    return (this.bid + this.ask) / 2
  }

  /** Whether a level may stand at this price; the outermost ticks stay empty so that a search has an end. */
  holds(price: number): boolean {
    return price > this.#base && price < this.end - 1
  }

  at(price: number): number {
    return price >= this.#base && price < this.end ? this.#lots[price & this.#mask]! : 0
  }

  /** Sets a level; outside the window nothing happens. The caller keeps the book uncrossed. */
  set(price: number, lots: number, isBid: boolean): void {
    const cell = price & this.#mask
    const size = Math.min(lots, MOST)
    if (!this.holds(price) || this.#lots[cell] === size) return
    this.#lots[cell] = size
    this.id++
    if (size > 0) this.#occupied.add(price)
    else this.#occupied.remove(price)
    if (isBid) {
      this.changedBids.add(price)
      if (size > 0) this.bid = Math.max(this.bid, price)
      else if (price === this.bid) this.bid = this.down(price - 1)
    } else {
      this.changedAsks.add(price)
      if (size > 0) this.ask = Math.min(this.ask, price)
      else if (price === this.ask) this.ask = this.up(price + 1)
    }
  }

  /** The first occupied price at or above; `end` when there is none. */
  up(price: number): number {
    return this.#occupied.up(Math.max(price, this.#base), this.end)
  }

  /** The first occupied price at or below; `base - 1` when there is none. */
  down(price: number): number {
    return this.#occupied.down(Math.min(price, this.end - 1), this.#base)
  }

  /** Moves the window around `centre`. Levels that fall out must be gone, and told, before. */
  slide(centre: number): void {
    this.#base = alignedBase(centre, this.span)
  }

  /** The best `count` levels of one side into `into`. */
  top(isBid: boolean, count: number, into: Levels): void {
    into.clear()
    let price = isBid ? this.bid : this.ask
    while (into.count < count && this.holds(price)) {
      into.push(price, this.at(price))
      price = isBid ? this.down(price - 1) : this.up(price + 1)
    }
  }
}

/** The first price of a window around `centre`, on a word of the bit ring. */
export function alignedBase(centre: number, span: number): number {
  return ((centre - (span >> 1)) >> 5) << 5
}
