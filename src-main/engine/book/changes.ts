import type { Millis } from '../../../src-shared/units'
import { tradeFlag } from '../../../src-shared/trade-flag'
import { millis } from '../../../src-shared/units'

/** Price levels in columns: whole ticks and whole lots, reused for every message, grown and never shrunk. */
export class Levels {
  price: Float64Array
  size: Float64Array
  /** Size before the commit, filled by the book; a level that was not there had 0. */
  before: Float64Array
  count = 0

  constructor(capacity = 256) {
    this.price = new Float64Array(capacity)
    this.size = new Float64Array(capacity)
    this.before = new Float64Array(capacity)
  }

  push(price: number, size: number): void {
    if (this.count === this.price.length) this.grow()
    this.price[this.count] = price
    this.size[this.count] = size
    this.count++
  }

  /** The same levels, with what the book wrote into them. */
  take({ price, size, before, count }: Levels): void {
    while (this.price.length < count) this.grow()
    // Few levels are copied sooner one by one than through views.
    for (let row = 0; row < count; row++) {
      this.price[row] = price[row]!
      this.size[row] = size[row]!
      this.before[row] = before[row]!
    }
    this.count = count
  }

  /** Room for twice as many; what is there stays. */
  grow(): void {
    const capacity = this.price.length * 2
    for (const name of ['price', 'size', 'before'] as const) {
      const grown = new Float64Array(capacity)
      grown.set(this[name])
      this[name] = grown
    }
  }
}

/** Best bid and ask with their sizes; NaN where a side is empty. */
export interface Touch {
  bid: number
  bidSize: number
  ask: number
  askSize: number
}

export const emptyTouch = (): Touch => ({ bid: NaN, bidSize: NaN, ask: NaN, askSize: NaN })

export function copyTouch(from: Readonly<Touch>, to: Touch): void {
  to.bid = from.bid
  to.bidSize = from.bidSize
  to.ask = from.ask
  to.askSize = from.askSize
}

/**
 * One book message in columns. A reader fills it completely before anybody looks; the book then commits it as one and writes back what it did
 * (`before` of each level, the touch before and after), so that order-flow metrics need no diffing.
 */
export class Changes {
  /** It replaces the book, and says nothing of what happened meanwhile. Whole books of a venue that sends nothing else are told as what changed instead. */
  isSnapshot = false
  /** Snapshot only: the venue sent all it has on that side, so nothing beyond the last level is unknown. */
  complete = false
  /** The venue's ids of the first and last change inside; NaN where it gives none. Whole numbers up to 2^53. */
  first = NaN
  last = NaN
  /** The id this message says it follows, NaN where it gives none. */
  previous = NaN
  /** The venue's checksum of the book after this message, in its own arithmetic; NaN where it sends none. */
  checksum = NaN
  /** Decimals of the numbers that the checksum is taken over, where they may be fewer than the grid's; NaN: the grid's. */
  priceDecimals = NaN
  sizeDecimals = NaN
  /**
   * The venue's book is a window on its best levels, this many a side: what falls out of it is dropped without a word, and beyond a full
   * window nothing is known. Infinity: the stream tells of every level.
   */
  window = Infinity
  /** The venue's own time, NaN where it gives none. */
  at: Millis = millis(NaN)
  readonly bids = new Levels()
  readonly asks = new Levels()
  readonly touchBefore = emptyTouch()
  readonly touchAfter = emptyTouch()

  /** The same message, with what the book wrote into it. */
  take(other: Changes): void {
    this.isSnapshot = other.isSnapshot
    this.complete = other.complete
    this.first = other.first
    this.last = other.last
    this.previous = other.previous
    this.checksum = other.checksum
    this.priceDecimals = other.priceDecimals
    this.sizeDecimals = other.sizeDecimals
    this.window = other.window
    this.at = other.at
    this.bids.take(other.bids)
    this.asks.take(other.asks)
    copyTouch(other.touchBefore, this.touchBefore)
    copyTouch(other.touchAfter, this.touchAfter)
  }

  /** Ready for the next message. */
  reset(): this {
    this.isSnapshot = false
    this.complete = false
    this.first = NaN
    this.last = NaN
    this.previous = NaN
    this.checksum = NaN
    this.priceDecimals = NaN
    this.sizeDecimals = NaN
    this.window = Infinity
    this.at = millis(NaN)
    this.bids.count = 0
    this.asks.count = 0
    return this
  }
}

export { tradeFlag }
/** Trades that say nothing of the pressure on the book. */
export const apartFromFlow = tradeFlag.block | tradeFlag.combo

const columns = ['price', 'size', 'aggressor', 'at', 'id', 'flags', 'sums'] as const

/** Trades of one message in columns, oldest first. */
export class Trades {
  count = 0
  /** Whole ticks. */
  price = new Float64Array(16)
  /** Whole lots. */
  size = new Float64Array(16)
  /** +1 the buyer was the aggressor, -1 the seller. */
  aggressor = new Float64Array(16)
  /** Venue time, ms. */
  at = new Float64Array(16)
  /** The venue's trade id, NaN where it gives none or it passes 2^53. */
  id = new Float64Array(16)
  /** `tradeFlag`s, added up. */
  flags = new Float64Array(16)
  /** How many trades of the venue the row sums up: their ids end with its own. */
  sums = new Float64Array(16)
  /** Ids of what the message tells that is no trade of the market. */
  readonly passed: number[] = []

  push(price: number, size: number, aggressor: 1 | -1, at: number, id: number, flags = 0, sums = 1): void {
    if (this.count === this.price.length) this.#grow()
    const row = this.count++
    this.price[row] = price
    this.size[row] = size
    this.aggressor[row] = aggressor
    this.at[row] = at
    this.id[row] = id
    this.flags[row] = flags
    this.sums[row] = sums
  }

  /** What bears this id settles something and is no trade of the market: nothing is missing where it stood. */
  pass(id: number): void {
    // Rows next to one another under one id are parts of one.
    if (id !== this.passed.at(-1)) this.passed.push(id)
  }

  /** The same trades. */
  take(other: Trades): void {
    while (this.price.length < other.count) this.#grow()
    for (let row = 0; row < other.count; row++) {
      this.price[row] = other.price[row]!
      this.size[row] = other.size[row]!
      this.aggressor[row] = other.aggressor[row]!
      this.at[row] = other.at[row]!
      this.id[row] = other.id[row]!
      this.flags[row] = other.flags[row]!
      this.sums[row] = other.sums[row]!
    }
    this.count = other.count
    this.passed.length = 0
    for (const id of other.passed) this.passed.push(id)
  }

  /** A row of `from` (included) to `to` (excluded) equals `row` in everything. */
  repeats(row: number, from: number, to: number): boolean {
    for (let other = from; other < to; other++)
      if (columns.every((name) => this[name][other] === this[name][row])) return true
    return false
  }

  /** Leaves out those of which `isKept`, asked row by row, says no. */
  keep(isKept: (row: number) => boolean): void {
    let kept = 0
    for (let row = 0; row < this.count; row++) {
      if (!isKept(row)) continue
      if (kept < row) for (const name of columns) this[name][kept] = this[name][row]!
      kept++
    }
    this.count = kept
  }

  reset(): this {
    this.count = 0
    this.passed.length = 0
    return this
  }

  #grow(): void {
    const capacity = this.price.length * 2
    for (const name of columns) {
      const grown = new Float64Array(capacity)
      grown.set(this[name])
      this[name] = grown
    }
  }
}
