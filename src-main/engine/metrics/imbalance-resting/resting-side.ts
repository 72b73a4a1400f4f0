import type { Side } from '../../book/book'
import type { LevelAges } from './level-ages'

/** Best levels, rising, and bps around the mid, rising. */
export const depths = [1, 5, 10] as const
export const bands = [5, 10] as const

const deepest = 10
/** Far enough down that young levels cannot hide all old ones, and never through a whole book. */
const farthest = 40
const widest = bands[bands.length - 1]!

/** What rests on one side, by how long it has stood and how calmly. Sizes in lots; first the depths, then the bands. */
export class RestingSide {
  readonly #ages: LevelAges
  /** Of levels that are old enough: of the depths, the best such ones. */
  readonly old = new Float64Array(depths.length + bands.length)
  /** Of all levels, each divided by one and its flicker. */
  readonly calm = new Float64Array(depths.length + bands.length)
  /** What of the deepest depth is too young, in [0, 1]; NaN of nothing. */
  young = NaN

  constructor(ages: LevelAges) {
    this.#ages = ages
  }

  /** Down the best levels: those younger than `age` (ms) at `at` are too young. */
  walk(side: Side, at: number, age: number): void {
    this.old.fill(NaN, 0, depths.length)
    this.calm.fill(NaN, 0, depths.length)
    let [old, calm, young, all, taken] = [0, 0, 0, 0, 0]
    const end = Math.min(side.count, farthest)
    for (let rank = 0; rank < end && (rank < deepest || taken < deepest); rank++) {
      const size = side.size(rank)
      const known = this.#ages.find(side.price(rank))
      const isYoung = at - this.#ages.bornAt(known) < age
      if (rank < deepest) {
        calm += size / (1 + this.#ages.flicker(known, at))
        all += size
        if (isYoung) young += size
        this.#reach(this.calm, rank + 1, calm)
      }
      if (isYoung || taken === deepest) continue
      old += size
      this.#reach(this.old, ++taken, old)
    }
    this.young = young / all
    // A side known to its end counts what it has.
    if (Math.abs(side.known) === Infinity) this.#end(old, calm)
  }

  /** Down to the end of the widest band around `mid` (ticks): hundreds of levels. */
  walkBands(side: Side, mid: number, at: number, age: number): void {
    this.old.fill(0, depths.length)
    this.calm.fill(0, depths.length)
    for (let rank = 0; rank < side.count; rank++) {
      const price = side.price(rank)
      const far = Math.abs(price - mid)
      if (!(far <= (mid * widest) / 1e4)) return
      const size = side.size(rank)
      const known = this.#ages.find(price)
      const still = size / (1 + this.#ages.flicker(known, at))
      const old = at - this.#ages.bornAt(known) < age ? 0 : size
      for (let place = 0; place < bands.length; place++) {
        if (far > (mid * bands[place]!) / 1e4) continue
        this.calm[depths.length + place]! += still
        this.old[depths.length + place]! += old
      }
    }
  }

  /** With so many levels the sum is that of a depth. */
  #reach(sums: Float64Array, levels: number, sum: number): void {
    for (let place = 0; place < depths.length; place++) if (depths[place] === levels) sums[place] = sum
  }

  #end(old: number, calm: number): void {
    for (let place = 0; place < depths.length; place++) {
      if (Number.isNaN(this.old[place]!)) this.old[place] = old
      if (Number.isNaN(this.calm[place]!)) this.calm[place] = calm
    }
  }
}
