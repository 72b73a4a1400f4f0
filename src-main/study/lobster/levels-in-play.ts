import { deleted, executed, isEmptyLevel, reduced, submitted, type SideColumns } from './session'

/** One side as sorted levels, best first, changed message by message. Prices in 1e-4 USD, sizes in shares. */
export class LevelsInPlay {
  readonly #sign: 1 | -1
  prices: number[] = []
  sizes: number[] = []

  constructor(sign: 1 | -1) {
    this.#sign = sign
  }

  /** Replaces everything by the published levels of a row. */
  seed(side: SideColumns, row: number): void {
    this.prices.length = 0
    this.sizes.length = 0
    for (let level = 0; level < side.prices.length; level++) {
      const price = side.prices[level]![row]!
      if (isEmptyLevel(price)) continue
      this.prices.push(price)
      this.sizes.push(side.sizes[level]![row]!)
    }
  }

  /** A submission adds; a reduction, deletion or visible execution takes away, and is ignored where there is no such level. */
  apply(type: number, price: number, size: number): void {
    if (![submitted, reduced, deleted, executed].includes(type)) return
    const place = this.#placeOf(price)
    const isThere = this.prices[place] === price
    if (type === submitted) {
      if (isThere) this.sizes[place]! += size
      else {
        this.prices.splice(place, 0, price)
        this.sizes.splice(place, 0, size)
      }
    } else if (isThere) {
      this.sizes[place]! -= size
      if (this.sizes[place]! > 0) return
      this.prices.splice(place, 1)
      this.sizes.splice(place, 1)
    }
  }

  /** Whether the first levels are the ones published in that row, as many as both have. */
  agrees(side: SideColumns, row: number): boolean {
    for (let level = 0; level < Math.min(this.prices.length, side.prices.length); level++) {
      const price = side.prices[level]![row]!
      if (isEmptyLevel(price)) return true
      if (this.prices[level] !== price || this.sizes[level] !== side.sizes[level]![row]) return false
    }
    return true
  }

  /** Where that price is, or belongs. */
  #placeOf(price: number): number {
    let low = 0
    let high = this.prices.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if (this.#sign * this.prices[middle]! > this.#sign * price) low = middle + 1
      else high = middle
    }
    return low
  }
}
