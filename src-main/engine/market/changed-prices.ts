import { Occupancy } from './occupancy'

/** The prices of one side that changed since the last diff, each once, on a window of `span` ticks. */
export class ChangedPrices {
  readonly #seen: Occupancy
  #prices = new Int32Array(256)
  #count = 0

  constructor(span: number) {
    this.#seen = new Occupancy(span)
  }

  get count(): number {
    return this.#count
  }

  add(price: number): void {
    if (this.#seen.has(price)) return
    this.#seen.add(price)
    if (this.#count === this.#prices.length) {
      const grown = new Int32Array(this.#count * 2)
      grown.set(this.#prices)
      this.#prices = grown
    }
    this.#prices[this.#count++] = price
  }

  /** The changed prices, ascending. The view is overwritten by the next `add`. */
  sorted(): Int32Array {
    return this.#prices.subarray(0, this.#count).sort()
  }

  clear(): void {
    for (let i = 0; i < this.#count; i++) this.#seen.remove(this.#prices[i]!)
    this.#count = 0
  }
}
