import type { BestSums, LevelSide } from './level-side'

/** Lots of the best levels of one side: kept while sizes change, taken anew in one walk, when asked, after one of the levels came or went. */
export class SideLevels implements BestSums {
  counts: number[] = []
  lots = new Float64Array(0)
  edges = new Float64Array(0)
  /** Changes of worse levels than this change no sum; Infinity while the sums are to be taken anew. */
  floor = Infinity
  #side: LevelSide

  constructor(side: LevelSide) {
    this.#side = side
  }

  keep(count: number): void {
    this.counts = [...this.counts, count].sort((one, other) => one - other)
    this.lots = new Float64Array(this.counts.length)
    this.edges = new Float64Array(this.counts.length)
    this.void()
  }

  follow(side: LevelSide): void {
    this.#side = side
    this.void()
  }

  /** The sums no longer hold. */
  void(): void {
    this.floor = Infinity
  }

  /** Of a level not below `floor`. */
  changed(key: number, before: number, size: number): void {
    if ((before === 0) !== (size === 0)) {
      this.void()
      return
    }
    const { lots, edges } = this
    for (let row = edges.length - 1; row >= 0 && key >= edges[row]!; row--) lots[row]! += size - before
  }

  /** NaN where the levels reach beyond what is known. */
  read(count: number): number {
    if (this.floor === Infinity) {
      this.#side.sumBest(this)
      this.floor = this.edges[this.edges.length - 1]!
    }
    const row = this.#rowOf(count)
    const { known, sign } = this.#side
    return this.edges[row]! >= sign * known || Math.abs(known) === Infinity ? this.lots[row]! : NaN
  }

  #rowOf(count: number): number {
    for (let row = 0; row < this.counts.length; row++) if (this.counts[row] === count) return row
    throw new Error(`nobody keeps the best ${count} levels`)
  }
}
