import type { Side } from './book'
import type { Levels } from './changes'

/** Told of levels that change. Keys are `sign * price`, so that on both sides a greater key is a better price. */
export interface LevelListener {
  /** Changes of keys below this need not be told; it moves with what is summed. */
  readonly floor: number
  /** Of a level that may have stayed as it was. */
  changed(key: number, before: number, size: number): void
  /** The worst levels were dropped, because there were too many. */
  forgot(): void
}

/** Levels come and go silently while they only move from one way of keeping them to another. */
export const nobody: LevelListener = { floor: Infinity, changed: () => undefined, forgot: () => undefined }

/** Takes levels that are counted in. */
export interface LevelSum {
  put(key: number, lots: number): void
}

/** The sums of the best levels of a side, one of each length asked for. */
export interface BestSums {
  /** How many levels each counts, least first. */
  readonly counts: readonly number[]
  readonly lots: Float64Array
  /** Key of the worst level counted; -Infinity where there are fewer levels than that. */
  readonly edges: Float64Array
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
  putBetween(from: number, to: number, sum: LevelSum): void
  /** Sums the best levels in one walk. */
  sumBest(into: BestSums): void
}
