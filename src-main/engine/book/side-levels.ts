import type { LevelListener, LevelSide } from './level-side'

/** The running sum of the best `count` levels of one side. */
interface Best {
  readonly count: number
  lots: number
  /** The worst key counted; -Infinity while there are fewer levels. */
  edge: number
  isAnew: boolean
}

/** Lots of the best levels of one side: kept while sizes change, taken anew (in `count` steps, when asked) after one of the levels came or went. */
export class SideLevels implements LevelListener {
  #side: LevelSide
  readonly #kept: Best[] = []

  constructor(side: LevelSide) {
    this.#side = side
  }

  keep(count: number): void {
    this.#kept.push({ count, lots: 0, edge: NaN, isAnew: true })
  }

  follow(side: LevelSide): void {
    this.#side = side
    this.void()
  }

  /** The sums no longer hold. */
  void(): void {
    for (const best of this.#kept) best.isAnew = true
  }

  forgot(): void {
    this.void()
  }

  changed(key: number, before: number, size: number): void {
    for (const best of this.#kept) {
      if (best.isAnew || key < best.edge) continue
      if (before > 0 && size > 0) best.lots += size - before
      else best.isAnew = true
    }
  }

  /** NaN where the levels reach beyond what is known. */
  read(count: number): number {
    const best = this.#bestOf(count)
    const side = this.#side
    if (best.isAnew) {
      best.lots = side.lotsOfBest(count)
      best.edge = count <= side.count ? side.sign * side.price(count - 1) : -Infinity
      best.isAnew = false
    }
    return best.edge >= side.sign * side.known || Math.abs(side.known) === Infinity ? best.lots : NaN
  }

  #bestOf(count: number): Best {
    for (const best of this.#kept) if (best.count === count) return best
    throw new Error(`nobody keeps the best ${count} levels`)
  }
}
