import type { Book, Side } from '../../book/book'
import { askFlow, bidFlow } from '../../math/order-flow'

/** One side's best levels as they were after the last message. */
class Ranks {
  readonly price: Float64Array
  readonly size: Float64Array

  constructor(levels: number) {
    this.price = new Float64Array(levels).fill(NaN)
    this.size = new Float64Array(levels).fill(NaN)
  }
}

/** Order flow of the best levels by rank, message by message: `flow[l]` of the last one in lots, and the depth after it. */
export class RankFlow {
  readonly levels: number
  readonly flow: Float64Array
  /** Mean of the sizes of both sides at the touch after the message, lots. */
  touchDepth = NaN
  /** Mean over the levels of the mean size of both sides, lots; levels that are not there count 0. */
  meanDepth = NaN
  readonly #book: Book
  readonly #bids: Ranks
  readonly #asks: Ranks
  /** The levels of a side as they are now. */
  readonly #prices: Float64Array
  readonly #sizes: Float64Array

  constructor(book: Book, levels: number) {
    this.levels = levels
    this.flow = new Float64Array(levels)
    this.#book = book
    this.#bids = new Ranks(levels)
    this.#asks = new Ranks(levels)
    this.#prices = new Float64Array(levels)
    this.#sizes = new Float64Array(levels)
    this.see()
  }

  /** The book as it stands is the baseline: nothing flowed. */
  see(): void {
    this.#read(this.#book.bids, this.#bids, undefined)
    this.#read(this.#book.asks, this.#asks, undefined)
    this.flow.fill(0)
  }

  /** The book has changed: what flowed since it was last seen. */
  follow(): void {
    this.flow.fill(0)
    const bids = this.#read(this.#book.bids, this.#bids, bidFlow)
    const asks = this.#read(this.#book.asks, this.#asks, askFlow)
    this.meanDepth = (bids + asks) / 2 / this.levels
    this.touchDepth = ((this.#bids.size[0] || 0) + (this.#asks.size[0] || 0)) / 2
  }

  rescale(priceFactor: number, sizeFactor: number): void {
    for (const { price, size } of [this.#bids, this.#asks])
      for (let rank = 0; rank < this.levels; rank++) {
        price[rank]! *= priceFactor
        size[rank]! *= sizeFactor
      }
  }

  /** Answers the lots that rest on the levels. */
  #read(side: Side, { price, size }: Ranks, flowOf: typeof bidFlow | undefined): number {
    let lots = 0
    const there = side.copy(0, this.levels, this.#prices, this.#sizes)
    for (let rank = 0; rank < this.levels; rank++) {
      const priceNow = rank < there ? this.#prices[rank]! : NaN
      const sizeNow = rank < there ? this.#sizes[rank]! : NaN
      if (flowOf) this.flow[rank]! += flowOf(price[rank]!, size[rank]!, priceNow, sizeNow)
      if (sizeNow > 0) lots += sizeNow
      price[rank] = priceNow
      size[rank] = sizeNow
    }
    return lots
  }
}
