import type { BandSums, Book, LevelSums } from './book'
import type { Changes, Touch } from './changes'
import { copyTouch, emptyTouch } from './changes'
import type { LevelSide } from './level-side'
import type { BandAnswer } from './side-bands'
import { SideSums } from './side-sums'

/** Levels kept on a side, some ten times what venues show. */
export const mostLevels = 65_536

/** A book over two sides, whichever way those keep their levels. */
export class SidedBook implements Book {
  #bids: LevelSide
  #asks: LevelSide
  readonly #bidSums: SideSums
  readonly #askSums: SideSums
  readonly #keptBands = new Set<number>()
  readonly #keptLevels = new Set<number>()
  readonly #touch: Touch = emptyTouch()
  readonly #answer: BandAnswer = { lots: NaN, moment: NaN, inverse: NaN }
  #sequence = NaN

  constructor(bids: LevelSide, asks: LevelSide) {
    this.#bids = bids
    this.#asks = asks
    this.#bidSums = new SideSums(bids)
    this.#askSums = new SideSums(asks)
  }

  get bids(): LevelSide {
    return this.#bids
  }

  get asks(): LevelSide {
    return this.#asks
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
      this.#voidSums()
      this.#bids.load(changes.bids, changes.complete, this.#bidSums)
      this.#asks.load(changes.asks, changes.complete, this.#askSums)
    } else {
      this.#bids.apply(changes.bids, this.#bidSums)
      this.#asks.apply(changes.asks, this.#askSums)
    }
    this.#sequence = changes.last
    this.#look()
    this.#followMid(changes)
    copyTouch(this.#touch, changes.touchAfter)
  }

  clear(): void {
    this.#bids.clear()
    this.#asks.clear()
    this.#sequence = NaN
    this.#voidSums()
    this.#look()
  }

  rescale(priceFactor: number, sizeFactor: number): void {
    this.#bids.rescale(priceFactor, sizeFactor)
    this.#asks.rescale(priceFactor, sizeFactor)
    this.#voidSums()
    this.#look()
  }

  window(levels: number): void {
    this.#bids.window(levels, this.#bidSums)
    this.#asks.window(levels, this.#askSums)
  }

  keepBand(bps: number): void {
    if (this.#keptBands.has(bps)) return
    this.#keptBands.add(bps)
    this.#bidSums.bands.keep(bps)
    this.#askSums.bands.keep(bps)
  }

  keepInverses(): void {
    this.#bidSums.bands.keepInverses()
    this.#askSums.bands.keepInverses()
  }

  band(bps: number, into: BandSums): BandSums {
    const mid = this.#mid
    // Strictly: a locked book has no level beyond the far edge.
    const crossed = this.#touch.bid > this.#touch.ask
    const bid = this.#bidSums.bands.read(bps, mid, crossed, this.#answer)
    into.bidLots = bid.lots
    into.bidMoment = bid.moment
    into.bidInverse = bid.inverse
    const ask = this.#askSums.bands.read(bps, mid, crossed, this.#answer)
    into.askLots = ask.lots
    into.askMoment = ask.moment
    into.askInverse = ask.inverse
    return into
  }

  keepLevels(count: number): void {
    if (this.#keptLevels.has(count)) return
    this.#keptLevels.add(count)
    this.#bidSums.levels.keep(count)
    this.#askSums.levels.keep(count)
  }

  levels(count: number, into: LevelSums): LevelSums {
    into.bidLots = this.#bidSums.levels.read(count)
    into.askLots = this.#askSums.levels.read(count)
    return into
  }

  /** The same levels, kept by other sides from now on. Between two commits, and seen by nobody. */
  protected moveTo(bids: LevelSide, asks: LevelSide): void {
    this.#bids = bids
    this.#asks = asks
    this.#bidSums.follow(bids)
    this.#askSums.follow(asks)
  }

  get #mid(): number {
    return (this.#touch.bid + this.#touch.ask) / 2
  }

  #look(): void {
    this.#touch.bid = this.#bids.price(0)
    this.#touch.bidSize = this.#bids.size(0)
    this.#touch.ask = this.#asks.price(0)
    this.#touch.askSize = this.#asks.size(0)
  }

  #followMid({ touchBefore }: Changes): void {
    const { bid, ask } = this.#touch
    if (bid === touchBefore.bid && ask === touchBefore.ask) return
    if (bid <= ask) {
      this.#bidSums.bands.moved(this.#mid)
      this.#askSums.bands.moved(this.#mid)
    } else {
      this.#bidSums.bands.void()
      this.#askSums.bands.void()
    }
  }

  #voidSums(): void {
    this.#bidSums.void()
    this.#askSums.void()
  }
}
