import type { Levels } from './changes'
import { Levels as Columns } from './changes'
import { FarSide } from './far-side'
import { type BestSums, type LevelListener, type LevelSide, type LevelSum, nobody } from './level-side'
import { Occupancy } from './occupancy'

/**
 * Ticks that have a slot of their own, enough for 3 % of a price of 60,000.00. 2 MiB of sizes a side, of which the system lays out only the pages that
 * levels touch, and only what lies near the touch is ever in a cache.
 */
const mostSlots = 262_144

/**
 * One side as a ladder: every tick near the touch has a slot, so that a change is one write; levels far off are kept apart. The slots move
 * when the touch leaves their middle. Right for prices that lie dense, and for the few books whose every message counts.
 */
export class LadderSide implements LevelSide {
  readonly sign: 1 | -1
  readonly #most: number
  readonly #slots: number
  readonly #sizes: Float64Array
  readonly #occupied: Occupancy
  /** Key of slot 0; NaN before the first level. */
  #low = NaN
  /** Levels in slots. */
  #near = 0
  /** The best occupied slot, -1 when none is. */
  #best = -1
  /** Levels worse than slot 0, and what is known of the side. */
  readonly #far: FarSide
  readonly #staged = new Columns()
  readonly #moved = new Columns()
  #rows = new Int32Array(256)
  /** Where the last level was read by rank, so that reading them in order takes one step each. */
  #rank = 0
  #slot = -1

  /** @param most levels kept, as by `SortedSide` @param slots a power of 2 from 1,024 */
  constructor(sign: 1 | -1, most: number, slots = mostSlots) {
    this.sign = sign
    this.#most = most
    this.#slots = slots
    this.#sizes = new Float64Array(slots)
    this.#occupied = new Occupancy(slots)
    this.#far = new FarSide(sign, most)
  }

  get count(): number {
    return this.#near + this.#far.count
  }

  get known(): number {
    return this.#far.known
  }

  price(rank: number): number {
    if (rank >= this.#near) return this.#far.price(rank - this.#near)
    // The zero keeps an ask at 0 from being -0.
    return rank >= 0 ? 0 + this.sign * (this.#low + this.#slotOf(rank)) : NaN
  }

  size(rank: number): number {
    if (rank >= this.#near) return this.#far.size(rank - this.#near)
    return rank >= 0 ? this.#sizes[this.#slotOf(rank)]! : NaN
  }

  copy(from: number, to: number, prices: Float64Array, sizes: Float64Array): number {
    const levels = Math.min(to, this.count) - from
    for (let place = 0; place < levels; place++) {
      prices[place] = this.price(from + place)
      sizes[place] = this.size(from + place)
    }
    return Math.max(0, levels)
  }

  at(price: number): number {
    const slot = this.sign * price - this.#low
    if (slot >= 0) return slot < this.#slots ? this.#sizes[slot]! : 0
    return this.#far.at(price)
  }

  know(price: number): void {
    this.#far.know(price)
  }

  window(levels: number, listener: LevelListener): void {
    let dropped = this.count - levels
    if (dropped > 0) {
      const far = Math.min(dropped, this.#far.count)
      this.#far.dropWorst(far, listener)
      for (dropped -= far; dropped > 0; dropped--) this.#dropWorstSlot(listener)
    }
    this.know(this.count < levels ? -this.sign * Infinity : this.price(levels - 1))
  }

  clear(): void {
    this.#empty()
    this.#far.clear()
  }

  rescale(priceFactor: number, sizeFactor: number): void {
    this.#allFar()
    this.#far.rescale(priceFactor, sizeFactor)
    this.#recentre()
  }

  apply(levels: Levels, listener: LevelListener): void {
    const { price, size, before, count } = levels
    const { sign } = this
    const sizes = this.#sizes
    const occupied = this.#occupied
    this.#staged.count = 0
    let low = this.#low
    let best = this.#best
    let come = 0
    let { floor } = listener
    // Whether a level comes, changes or goes cannot be foretold: what follows asks no `if` about it.
    for (let row = 0; row < count; row++) {
      const key = sign * price[row]!
      const is = size[row]!
      let offset = key - low
      if (!(offset >= 0 && offset < sizes.length)) {
        this.#near += come
        come = 0
        this.#best = best
        offset = this.#outside(row, key, is, levels)
        low = this.#low
        best = this.#best
        if (offset < 0) continue
      }
      const slot = offset | 0
      const was = sizes[slot]!
      before[row] = was
      sizes[slot] = is
      const isThere = Number(is !== 0)
      occupied.put(slot, isThere)
      come += isThere - Number(was !== 0)
      if (slot > best && is !== 0) best = slot
      if (key >= floor) {
        listener.changed(key, was, is)
        floor = listener.floor
      }
    }
    this.#near += come
    this.#best = best
    if (this.#staged.count > 0) this.#applyFar(levels, listener)
    this.#settle(listener)
  }

  /** A level outside the slots: beyond the better end they move, behind the worse one it waits for the far side. @returns its slot, -1 where it has none */
  #outside(row: number, key: number, size: number, { price, before }: Levels): number {
    if (key < this.#low) {
      this.#stage(row, price[row]!, size)
      return -1
    }
    before[row] = 0
    if (size === 0) return -1
    this.#moveTo(key)
    return key - this.#low
  }

  load(levels: Levels, complete: boolean, listener: LevelListener): void {
    this.#allFar()
    this.#far.load(levels, complete, listener)
    this.#recentre()
  }

  putBetween(from: number, to: number, sum: LevelSum): void {
    const low = this.#low
    const top = Math.min(to - low, this.#slots) - 1
    const bottom = from - low
    for (let slot = this.#occupied.atOrBelow(top); slot >= 0 && slot >= bottom;) {
      sum.put(low + slot, this.#sizes[slot]!)
      slot = this.#occupied.atOrBelow(slot - 1)
    }
    if (!(bottom >= 0)) this.#far.putBetween(from, to, sum)
  }

  sumBest({ counts, lots, edges }: BestSums): void {
    const most = counts[counts.length - 1] ?? 0
    const isNear = most <= this.#near
    let rank = 0
    let sum = 0
    let slot = this.#best + 1
    for (let row = 0; row < counts.length; row++) {
      const end = Math.min(counts[row]!, this.count)
      for (; rank < end; rank++) {
        if (isNear) sum += this.#sizes[(slot = this.#occupied.atOrBelow(slot - 1))]!
        else sum += this.size(rank)
      }
      lots[row] = sum
      edges[row] =
        end < counts[row]! ? -Infinity : isNear ? this.#low + slot : this.sign * this.price(end - 1)
    }
  }

  #slotOf(rank: number): number {
    if (rank < this.#rank || this.#slot < 0) {
      this.#rank = 0
      this.#slot = this.#best
    }
    for (; this.#rank < rank; this.#rank++) this.#slot = this.#occupied.atOrBelow(this.#slot - 1)
    return this.#slot
  }

  #stage(row: number, price: number, size: number): void {
    const n = this.#staged.count
    if (n === this.#rows.length) {
      const grown = new Int32Array(n * 2)
      grown.set(this.#rows)
      this.#rows = grown
    }
    this.#rows[n] = row
    this.#staged.push(price, size)
  }

  #applyFar({ before }: Levels, listener: LevelListener): void {
    const staged = this.#staged
    this.#far.apply(staged, listener)
    for (let n = 0; n < staged.count; n++) before[this.#rows[n]!] = staged.before[n]!
  }

  /** After a message: finds the best level, and keeps it near the middle of the slots. */
  #settle(listener: LevelListener): void {
    this.#slot = -1
    if (this.#best >= 0 && this.#sizes[this.#best] === 0) this.#best = this.#occupied.atOrBelow(this.#best)
    if (this.count > this.#most) {
      this.#allFar(listener)
      this.#recentre()
    } else if (this.#far.count > 0 && this.#best < this.#slots >>> 2) this.#recentre()
  }

  #dropWorstSlot(listener: LevelListener): void {
    const slot = this.#occupied.lowest()
    listener.changed(this.#low + slot, this.#sizes[slot]!, 0)
    this.#sizes[slot] = 0
    this.#occupied.put(slot, 0)
    this.#near--
  }

  /** The slots around the best level, wherever it is kept. */
  #recentre(): void {
    if (this.#best >= 0) this.#moveTo(this.#low + this.#best)
    else if (this.#far.count > 0) this.#moveTo(this.sign * this.#far.price(0))
  }

  /** Lays the slots so that a quarter of them is better than `key`, and moves levels in and out of the far side. */
  #moveTo(key: number): void {
    const moved = this.#moved
    moved.count = 0
    this.#takeSlots(moved)
    this.#low = key - (this.#slots - 1 - (this.#slots >>> 2))
    this.#far.takeDownTo(this.#low, moved)
    let worse = 0
    for (let row = 0; row < moved.count; row++) {
      const price = moved.price[row]!
      const slot = this.sign * price - this.#low
      if (slot >= 0) {
        this.#sizes[slot] = moved.size[row]!
        this.#occupied.put(slot, 1)
        this.#near++
        if (slot > this.#best) this.#best = slot
        continue
      }
      moved.price[worse] = price
      moved.size[worse++] = moved.size[row]!
    }
    moved.count = worse
    if (worse > 0) this.#far.apply(moved, nobody)
    this.#slot = -1
  }

  /** Everything to the far side, which tells `listener` what it has to forget. */
  #allFar(listener = nobody): void {
    const moved = this.#moved
    moved.count = 0
    this.#takeSlots(moved)
    this.#far.apply(moved, listener)
    this.#low = NaN
  }

  /** Empties the slots into `into`, best first. */
  #takeSlots(into: Levels): void {
    for (
      let slot = this.#occupied.atOrBelow(this.#best);
      slot >= 0;
      slot = this.#occupied.atOrBelow(slot - 1)
    ) {
      into.push(0 + this.sign * (this.#low + slot), this.#sizes[slot]!)
      this.#sizes[slot] = 0
    }
    this.#occupied.clear()
    this.#near = 0
    this.#best = -1
    this.#slot = -1
  }

  #empty(): void {
    this.#moved.count = 0
    this.#takeSlots(this.#moved)
    this.#low = NaN
  }
}
