import type { Side } from './book'
import type { Levels } from './changes'

/** Told of every level that changes. Keys are `sign * price`, so that on both sides a greater key is a better price. */
export interface LevelListener {
  changed(key: number, before: number, size: number): void
  /** The worst levels were dropped, because there were too many. */
  forgot(): void
}

/** Takes levels that are counted in or out. */
export interface LevelSum {
  /** @param factor +1 the level comes in, -1 it goes out */
  put(key: number, lots: number, factor: 1 | -1): void
}

/** What a book needs of one of its sides, however that keeps its levels. */
export interface LevelSide extends Side {
  /** +1 bids, -1 asks. */
  readonly sign: 1 | -1
  /** Applies a diff and writes `before` into it. */
  apply(levels: Levels, listener: LevelListener): void
  /** Replaces the side by a snapshot and writes into it what rested at its prices until now. */
  load(levels: Levels, complete: boolean, listener: LevelListener): void
  /** Takes the side's horizon from somebody who knows it better: what it was loaded from may have had several. */
  know(price: number): void
  /** Keeps the best `levels`; beyond them nothing is known, and with fewer all is. */
  window(levels: number, listener: LevelListener): void
  clear(): void
  rescale(priceFactor: number, sizeFactor: number): void
  /** Puts every level with `from <= key < to` into `sum`. */
  putBetween(from: number, to: number, sum: LevelSum, factor: 1 | -1): void
  /** Lots in the best `count` levels, or in all when there are fewer. */
  lotsOfBest(count: number): number
}
