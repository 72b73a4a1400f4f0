import type { Levels } from './changes'
import type { BestSums, LevelListener, LevelSide, LevelSum } from './level-side'
import { StagedMoves } from './staged-moves'

/**
 * One side as two sorted arrays, best LAST: most changes happen near the touch, and there little has to move. Prices are kept as keys,
 * `sign * price` (bids +1, asks -1), so that on both sides a greater key is a better price.
 */
export class SortedSide implements LevelSide {
  readonly sign: 1 | -1
  readonly #most: number
  /** Ascending. */
  keys: Float64Array
  sizes: Float64Array
  count = 0
  #knownKey = NaN
  /** Where the last change was; messages are sorted, so the next one is near. */
  #finger = 0
  readonly #moves = new StagedMoves()

  /** @param most levels kept: beyond it the worst eighth is forgotten and `known` moves inward to what is left */
  constructor(sign: 1 | -1, most: number) {
    this.sign = sign
    this.#most = most
    this.keys = new Float64Array(256)
    this.sizes = new Float64Array(256)
  }

  get known(): number {
    return this.sign * this.#knownKey
  }

  /** Takes the side's horizon from somebody who knows it better: what it was loaded from may have had several. */
  know(price: number): void {
    this.#knownKey = this.sign * price
  }

  price(rank: number): number {
    const index = this.count - 1 - rank
    return index >= 0 && index < this.count ? this.sign * this.keys[index]! : NaN
  }

  size(rank: number): number {
    const index = this.count - 1 - rank
    return index >= 0 && index < this.count ? this.sizes[index]! : NaN
  }

  copy(from: number, to: number, prices: Float64Array, sizes: Float64Array): number {
    const { keys, sign } = this
    const held = this.sizes
    const levels = Math.min(to, this.count) - from
    let index = this.count - 1 - from
    for (let place = 0; place < levels; place++, index--) {
      prices[place] = sign * keys[index]!
      sizes[place] = held[index]!
    }
    return Math.max(0, levels)
  }

  at(price: number): number {
    const key = this.sign * price
    const index = this.#seek(key, this.count)
    return index < this.count && this.keys[index] === key ? this.sizes[index]! : 0
  }

  clear(): void {
    this.count = 0
    this.#knownKey = NaN
  }

  /** Keeps the best `levels`; beyond them nothing is known, and with fewer all is. */
  window(levels: number, listener: LevelListener): void {
    if (this.count > levels) this.dropWorst(this.count - levels, listener)
    this.#knownKey = this.count < levels ? -Infinity : this.keys[0]!
  }

  /** What is known stays known. */
  dropWorst(dropped: number, listener: LevelListener): void {
    for (let index = 0; index < dropped; index++) listener.changed(this.keys[index]!, this.sizes[index]!, 0)
    this.keys.copyWithin(0, dropped, this.count)
    this.sizes.copyWithin(0, dropped, this.count)
    this.count -= dropped
    this.#finger = this.count
  }

  rescale(priceFactor: number, sizeFactor: number): void {
    for (let index = 0; index < this.count; index++) {
      this.keys[index]! *= priceFactor
      this.sizes[index]! *= sizeFactor
    }
    this.#knownKey *= priceFactor
  }

  /** Applies a diff and writes `before` into it. */
  apply(levels: Levels, listener: LevelListener): void {
    const { price, size, before, count } = levels
    this.#finger = this.count
    let ascending = false
    let last = Infinity
    for (let row = 0; row < count; row++) {
      const key = this.sign * price[row]!
      // Venues sort their messages; where one turns round or repeats a price, what is staged is done first.
      const goesOn = ascending ? key > last : key < last
      if (!goesOn) {
        if (this.#moves.count > 0) this.#move(ascending, listener)
        ascending = key > last
      }
      last = key
      before[row] = this.#set(key, size[row]!, listener)
    }
    if (this.#moves.count > 0) this.#move(ascending, listener)
  }

  /** Replaces the side by a snapshot and writes into it what rested at its prices until now. */
  load(levels: Levels, complete: boolean, listener: LevelListener): void {
    const { price, before, count } = levels
    for (let row = 0; row < count; row++) before[row] = this.at(price[row]!)
    this.count = 0
    this.#knownKey = -Infinity
    if (!this.#fill(levels)) {
      const rested = before.slice(0, count)
      this.apply(levels, listener)
      before.set(rested)
    }
    // A side cut to `most` levels already has its horizon.
    if (!complete && this.#knownKey === -Infinity) this.#knownKey = this.count > 0 ? this.keys[0]! : NaN
  }

  putBetween(from: number, to: number, sum: LevelSum): void {
    const { keys, sizes, count } = this
    for (let index = this.#seek(to, count) - 1; index >= 0 && keys[index]! >= from; index--)
      sum.put(keys[index]!, sizes[index]!)
  }

  sumBest({ counts, lots, edges }: BestSums): void {
    let index = this.count
    let sum = 0
    for (let row = 0; row < counts.length; row++) {
      const end = this.count - counts[row]!
      while (index > 0 && index > end) sum += this.sizes[--index]!
      lots[row] = sum
      edges[row] = end >= 0 ? this.keys[index]! : -Infinity
    }
  }

  /** Takes the levels with keys from `from` on out of the side and adds them to `into`, best first. What is known stays known. */
  takeDownTo(from: number, into: Levels): void {
    let { count } = this
    for (; count > 0 && this.keys[count - 1]! >= from; count--)
      into.push(this.sign * this.keys[count - 1]!, this.sizes[count - 1]!)
    this.count = count
  }

  /** The quick way for what venues send: strictly best first, or strictly best last. False, with nothing loaded, for any other order. */
  #fill(levels: Levels): boolean {
    const { price, size, count } = levels
    if (count > this.#most) return false
    const bestFirst = count < 2 || this.sign * price[0]! > this.sign * price[1]!
    while (this.keys.length < count) this.#grow()
    let filled = 0
    for (let row = 0; row < count; row++) {
      const from = bestFirst ? count - 1 - row : row
      const key = this.sign * price[from]!
      if (row > 0 && !(key > this.sign * price[bestFirst ? from + 1 : from - 1]!)) return false
      if (size[from] === 0) continue
      this.keys[filled] = key
      this.sizes[filled] = size[from]!
      filled++
    }
    this.count = filled
    return true
  }

  /** Sets one level, or stages its coming or going, and answers what rested there. */
  #set(key: number, size: number, listener: LevelListener): number {
    const index = this.#seek(key, this.#finger)
    this.#finger = index
    const before = index < this.count && this.keys[index] === key ? this.sizes[index]! : 0
    if (size === before) return before
    if (key >= listener.floor) listener.changed(key, before, size)
    if (before > 0 && size > 0) this.sizes[index] = size
    else this.#moves.stage(index, key, size)
    return before
  }

  /** First index whose key is not below `key`, galloping from `from`. */
  #seek(key: number, from: number): number {
    const { keys, count } = this
    let low = 0
    let high = count
    let step = 1
    if (from > count) from = count
    if (from > 0 && keys[from - 1]! >= key) {
      high = from - 1
      for (let probe = high - step; probe >= 0; probe = high - step) {
        if (keys[probe]! < key) {
          low = probe + 1
          break
        }
        high = probe
        step *= 2
      }
    } else {
      low = from
      for (let probe = low; probe < count; probe = low + step - 1) {
        if (keys[probe]! >= key) {
          high = probe
          break
        }
        low = probe + 1
        step *= 2
      }
    }
    while (low < high) {
      const middle = (low + high) >>> 1
      if (keys[middle]! < key) low = middle + 1
      else high = middle
    }
    return low
  }

  #move(ascending: boolean, listener: LevelListener): void {
    const count = this.count + this.#moves.growth
    while (this.keys.length < count) this.#grow()
    this.#moves.apply(this.keys, this.sizes, this.count, ascending)
    this.count = count
    if (count > this.#most) this.#forgetWorst(listener)
  }

  #forgetWorst(listener: LevelListener): void {
    const dropped = Math.max(this.count - this.#most, this.#most >>> 3)
    const bestDropped = this.keys[dropped - 1]!
    this.keys.copyWithin(0, dropped, this.count)
    this.sizes.copyWithin(0, dropped, this.count)
    this.count -= dropped
    this.#finger = this.count
    if (bestDropped >= this.#knownKey) this.#knownKey = this.count > 0 ? this.keys[0]! : NaN
    listener.forgot()
  }

  #grow(): void {
    for (const name of ['keys', 'sizes'] as const) {
      const grown = new Float64Array(this[name].length * 2)
      grown.set(this[name])
      this[name] = grown
    }
  }
}
