import type { BandSums, Book } from './book'
import type { Changes, Touch } from './changes'
import { emptyTouch } from './changes'
import { SideBands } from './side-bands'
import { SortedSide } from './sorted-side'

/** Levels kept on a side, some ten times what venues show. */
const mostLevels = 65_536

/** The general book: sorted typed arrays, 16 bytes a level, quick for any spread of prices. */
export class SortedBook implements Book {
  readonly bids: SortedSide
  readonly asks: SortedSide
  readonly #bidBands: SideBands
  readonly #askBands: SideBands
  readonly #kept = new Set<number>()
  readonly #touch: Touch = emptyTouch()
  #sequence = NaN

  /** @param most levels kept on a side; beyond it the worst eighth is forgotten and counts as unknown */
  constructor(most = mostLevels) {
    this.bids = new SortedSide(1, most)
    this.asks = new SortedSide(-1, most)
    this.#bidBands = new SideBands(this.bids)
    this.#askBands = new SideBands(this.asks)
  }

  get touch(): Readonly<Touch> {
    return this.#touch
  }

  get sequence(): number {
    return this.#sequence
  }

  get crossed(): boolean {
    return this.#touch.bid >= this.#touch.ask
  }

  commit(changes: Changes): void {
    copyTouch(this.#touch, changes.touchBefore)
    if (changes.isSnapshot) {
      this.#voidBands()
      this.bids.load(changes.bids, changes.complete, this.#bidBands)
      this.asks.load(changes.asks, changes.complete, this.#askBands)
    } else {
      this.bids.apply(changes.bids, this.#bidBands)
      this.asks.apply(changes.asks, this.#askBands)
    }
    this.#sequence = changes.last
    this.#look()
    this.#followMid(changes)
    copyTouch(this.#touch, changes.touchAfter)
  }

  window(levels: number): void {
    this.bids.window(levels, this.#bidBands)
    this.asks.window(levels, this.#askBands)
  }

  clear(): void {
    this.bids.clear()
    this.asks.clear()
    this.#sequence = NaN
    this.#voidBands()
    this.#look()
  }

  rescale(priceFactor: number, sizeFactor: number): void {
    this.bids.rescale(priceFactor, sizeFactor)
    this.asks.rescale(priceFactor, sizeFactor)
    this.#voidBands()
    this.#look()
  }

  keepBand(bps: number): void {
    if (this.#kept.has(bps)) return
    this.#kept.add(bps)
    this.#bidBands.keep(bps)
    this.#askBands.keep(bps)
  }

  band(bps: number, into: BandSums): BandSums {
    const mid = this.#mid
    // Strictly: a locked book has no level beyond the far edge.
    const crossed = this.#touch.bid > this.#touch.ask
    const bid = this.#bidBands.read(bps, mid, crossed)
    into.bidLots = bid.lots
    into.bidMoment = bid.moment
    into.bidInverse = bid.inverse
    const ask = this.#askBands.read(bps, mid, crossed)
    into.askLots = ask.lots
    into.askMoment = ask.moment
    into.askInverse = ask.inverse
    return into
  }

  get #mid(): number {
    return (this.#touch.bid + this.#touch.ask) / 2
  }

  #look(): void {
    const { bids, asks } = this
    this.#touch.bid = bids.price(0)
    this.#touch.bidSize = bids.size(0)
    this.#touch.ask = asks.price(0)
    this.#touch.askSize = asks.size(0)
  }

  #followMid({ touchBefore }: Changes): void {
    const { bid, ask } = this.#touch
    if (bid === touchBefore.bid && ask === touchBefore.ask) return
    if (bid <= ask) {
      this.#bidBands.moved(this.#mid)
      this.#askBands.moved(this.#mid)
    } else this.#voidBands()
  }

  #voidBands(): void {
    this.#bidBands.void()
    this.#askBands.void()
  }
}

function copyTouch(from: Readonly<Touch>, to: Touch): void {
  to.bid = from.bid
  to.bidSize = from.bidSize
  to.ask = from.ask
  to.askSize = from.askSize
}
