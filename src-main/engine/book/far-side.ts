import type { Levels } from './changes'
import { Levels as Columns } from './changes'
import type { LevelListener, LevelSum } from './level-side'
import { nobody } from './level-side'
import { SortedSide } from './sorted-side'

const leastSlots = 1_024
/** Changes that wait for their order; more are put in order at once. */
const mostWaiting = 4_096

/**
 * The levels far from the touch: a quarter of what a venue says is about them, and next to nobody asks. Their sizes are found by hash; the order of those that
 * came, changed or went is made up for when somebody wants it. Where order is asked for all the time (a window of levels is cut with every message), all is
 * kept in order and nothing hashed.
 */
export class FarSide {
  readonly #sign: 1 | -1
  readonly #most: number
  readonly #sorted: SortedSide
  #count = 0
  /** Hashed keys, NaN where a slot is free; at least half of them are. */
  #keys = new Float64Array(0)
  #sizes = new Float64Array(0)
  #used = 0
  #isHashed = false
  /** Levels told of since the hash was last of no use. */
  #told = 0
  /** Slots whose level is not what the sorted side has, each once. */
  readonly #waiting = new Int32Array(mostWaiting)
  #isWaiting = new Uint8Array(0)
  #waits = 0
  readonly #ordered = new Columns()

  /** As `SortedSide`. */
  constructor(sign: 1 | -1, most: number) {
    this.#sign = sign
    this.#most = most
    this.#sorted = new SortedSide(sign, most)
  }

  get count(): number {
    return this.#count
  }

  get known(): number {
    return this.#sorted.known
  }

  know(price: number): void {
    this.#sorted.know(price)
  }

  price(rank: number): number {
    return this.#inOrder().price(rank)
  }

  size(rank: number): number {
    return this.#inOrder().size(rank)
  }

  at(price: number): number {
    if (!this.#isHashed) return this.#sorted.at(price)
    const slot = this.#slotOf(this.#sign * price)
    return Number.isNaN(this.#keys[slot]) ? 0 : this.#sizes[slot]!
  }

  putBetween(from: number, to: number, sum: LevelSum): void {
    this.#inOrder().putBetween(from, to, sum)
  }

  clear(): void {
    this.#waits = 0
    this.#sorted.clear()
    this.#changed()
  }

  rescale(priceFactor: number, sizeFactor: number): void {
    this.#inOrder().rescale(priceFactor, sizeFactor)
    this.#changed()
  }

  dropWorst(dropped: number, listener: LevelListener): void {
    if (dropped <= 0) return
    this.#inOrder().dropWorst(dropped, listener)
    this.#changed()
  }

  load(levels: Levels, complete: boolean, listener: LevelListener): void {
    this.#inOrder().load(levels, complete, listener)
    this.#changed()
  }

  takeDownTo(from: number, into: Levels): void {
    this.#inOrder().takeDownTo(from, into)
    this.#changed()
  }

  apply(levels: Levels, listener: LevelListener): void {
    // Too many levels are forgotten in the order in which they come.
    if (this.#count + levels.count > this.#most || !this.#hashes(levels.count)) {
      this.#inOrder().apply(levels, listener)
      if (this.#isHashed) this.#changed()
      else this.#count = this.#sorted.count
      return
    }
    const { price, size, before, count } = levels
    for (let row = 0; row < count; row++)
      before[row] = this.#set(this.#sign * price[row]!, size[row]!, listener)
  }

  /** Whether the next `count` levels are hashed; building it pays once there were half as many changes as there are levels. */
  #hashes(count: number): boolean {
    this.#told += count
    if (this.#waits + count > mostWaiting) this.#inOrder()
    if (count > mostWaiting) return false
    if (this.#isHashed && 2 * (this.#used + count) <= this.#keys.length) return true
    if (!this.#isHashed && 2 * this.#told < this.#count) return false
    this.#build(count)
    return true
  }

  #set(key: number, size: number, listener: LevelListener): number {
    const slot = this.#slotOf(key)
    const isNew = Number.isNaN(this.#keys[slot])
    const before = isNew ? 0 : this.#sizes[slot]!
    if (size === before) return before
    if (isNew) {
      this.#keys[slot] = key
      this.#used++
    }
    this.#sizes[slot] = size
    this.#count += Number(size !== 0) - Number(before !== 0)
    if (this.#isWaiting[slot] === 0) {
      this.#isWaiting[slot] = 1
      this.#waiting[this.#waits++] = slot
    }
    if (key >= listener.floor) listener.changed(key, before, size)
    return before
  }

  /** The slot of a key, or the free one where it would be. */
  #slotOf(key: number): number {
    const keys = this.#keys
    const mask = keys.length - 1
    let slot = (Math.imul(key | 0, 0x9e3779b1) >>> 12) & mask
    while (keys[slot] !== key && !Number.isNaN(keys[slot])) slot = (slot + 1) & mask
    return slot
  }

  /** The sorted side, with all that waited put in order. */
  #inOrder(): SortedSide {
    if (this.#waits === 0) return this.#sorted
    while (this.#ordered.price.length < this.#waits) this.#ordered.grow()
    const { price, size } = this.#ordered
    for (let n = 0; n < this.#waits; n++) {
      const slot = this.#waiting[n]!
      this.#isWaiting[slot] = 0
      price[n] = this.#keys[slot]!
    }
    price.subarray(0, this.#waits).sort()
    for (let n = 0; n < this.#waits; n++) {
      size[n] = this.#sizes[this.#slotOf(price[n]!)]!
      price[n]! *= this.#sign
    }
    this.#ordered.count = this.#waits
    this.#waits = 0
    this.#sorted.apply(this.#ordered, nobody)
    return this.#sorted
  }

  /** The sorted side was changed in another way: what is hashed holds no longer. */
  #changed(): void {
    this.#count = this.#sorted.count
    this.#isHashed = false
    this.#told = 0
  }

  #build(more: number): void {
    const { keys, sizes, count } = this.#inOrder()
    let slots = leastSlots
    while (slots < 4 * (count + more)) slots *= 2
    if (slots > this.#keys.length) {
      this.#keys = new Float64Array(slots)
      this.#sizes = new Float64Array(slots)
      this.#isWaiting = new Uint8Array(slots)
    }
    this.#keys.fill(NaN)
    this.#isWaiting.fill(0)
    for (let index = 0; index < count; index++) {
      const slot = this.#slotOf(keys[index]!)
      this.#keys[slot] = keys[index]!
      this.#sizes[slot] = sizes[index]!
    }
    this.#used = count
    this.#isHashed = true
  }
}
