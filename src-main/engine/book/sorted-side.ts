import type { Side } from './book'
import type { Levels } from './changes'

/** Told of every level that changes, before the array does. */
export interface LevelListener {
  changed(key: number, before: number, size: number): void
  /** The worst levels were dropped, because there were too many. */
  forgot(): void
}

/** Below this many levels a plain loop moves them faster than `copyWithin`. */
const shortMove = 24

/**
 * One side as two sorted arrays, best LAST: most changes happen near the touch, and there little has to move. Prices are kept as keys,
 * `sign * price` (bids +1, asks -1), so that on both sides a greater key is a better price.
 */
export class SortedSide implements Side {
  readonly sign: 1 | -1
  readonly #most: number
  /** Ascending. */
  keys: Float64Array
  sizes: Float64Array
  count = 0
  #knownKey = NaN
  /** Where the last change was; messages are sorted, so the next one is near. */
  #finger = 0

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

  price(rank: number): number {
    const index = this.count - 1 - rank
    return index >= 0 && index < this.count ? this.sign * this.keys[index]! : NaN
  }

  size(rank: number): number {
    const index = this.count - 1 - rank
    return index >= 0 && index < this.count ? this.sizes[index]! : NaN
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
    for (let row = 0; row < count; row++) {
      before[row] = this.#set(this.sign * price[row]!, size[row]!, listener)
    }
  }

  /** Replaces the side by a snapshot and writes into it what rested at its prices until now. */
  load(levels: Levels, complete: boolean, listener: LevelListener): void {
    const { price, size, before, count } = levels
    for (let row = 0; row < count; row++) before[row] = this.at(price[row]!)
    this.count = 0
    this.#knownKey = -Infinity
    if (!this.#fill(levels)) {
      this.#finger = 0
      for (let row = 0; row < count; row++) this.#set(this.sign * price[row]!, size[row]!, listener)
    }
    // A side cut to `most` levels already has its horizon.
    if (!complete && this.#knownKey === -Infinity) this.#knownKey = this.count > 0 ? this.keys[0]! : NaN
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

  /** Sets one level and answers what rested there. */
  #set(key: number, size: number, listener: LevelListener): number {
    const index = this.#seek(key, this.#finger)
    this.#finger = index
    if (index < this.count && this.keys[index] === key) {
      const before = this.sizes[index]!
      if (size === before) return before
      listener.changed(key, before, size)
      if (size === 0) this.#remove(index)
      else this.sizes[index] = size
      return before
    }
    if (size === 0) return 0
    listener.changed(key, 0, size)
    this.#insert(index, key, size, listener)
    return 0
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

  #insert(index: number, key: number, size: number, listener: LevelListener): void {
    if (this.count === this.keys.length) this.#grow()
    const { keys, sizes, count } = this
    if (count - index <= shortMove) {
      for (let to = count; to > index; to--) {
        keys[to] = keys[to - 1]!
        sizes[to] = sizes[to - 1]!
      }
    } else {
      keys.copyWithin(index + 1, index, count)
      sizes.copyWithin(index + 1, index, count)
    }
    keys[index] = key
    sizes[index] = size
    this.count++
    if (this.count > this.#most) this.#forgetWorst(listener)
  }

  #remove(index: number): void {
    const { keys, sizes } = this
    const last = --this.count
    if (last - index <= shortMove) {
      for (let to = index; to < last; to++) {
        keys[to] = keys[to + 1]!
        sizes[to] = sizes[to + 1]!
      }
    } else {
      keys.copyWithin(index, index + 1, last + 1)
      sizes.copyWithin(index, index + 1, last + 1)
    }
  }

  #forgetWorst(listener: LevelListener): void {
    const dropped = Math.max(1, this.count >>> 3)
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
