/** Order statistics of the latest `most` values, exact: a ring, and the same values sorted. */
export class RollingQuantile {
  readonly #ring: Float64Array
  readonly #sorted: Float64Array
  #count = 0
  #next = 0

  constructor(most: number) {
    this.#ring = new Float64Array(most)
    this.#sorted = new Float64Array(most)
  }

  get count(): number {
    return this.#count
  }

  /** NaN is not taken. */
  add(value: number): void {
    if (Number.isNaN(value)) return
    if (this.#count === this.#ring.length) this.#remove(this.#ring[this.#next]!)
    this.#ring[this.#next] = value
    this.#next = (this.#next + 1) % this.#ring.length
    const place = this.#place(value)
    this.#sorted.copyWithin(place + 1, place, this.#count)
    this.#sorted[place] = value
    this.#count++
  }

  /** Of nothing, nothing. */
  dropOldest(): void {
    if (this.#count === 0) return
    const { length } = this.#ring
    this.#remove(this.#ring[(this.#next - this.#count + length) % length]!)
  }

  /** By linear interpolation between order statistics; NaN of nothing. */
  quantile(share: number): number {
    const place = (this.#count - 1) * share
    const low = Math.floor(place)
    if (this.#count === 0) return NaN
    const high = Math.min(this.#count - 1, low + 1)
    return this.#sorted[low]! + (place - low) * (this.#sorted[high]! - this.#sorted[low]!)
  }

  clear(): void {
    this.#count = 0
    this.#next = 0
  }

  #remove(value: number): void {
    const place = this.#place(value)
    this.#sorted.copyWithin(place, place + 1, this.#count)
    this.#count--
  }

  /** The first place whose value is not below. */
  #place(value: number): number {
    let low = 0
    let high = this.#count
    while (low < high) {
      const middle = (low + high) >>> 1
      if (this.#sorted[middle]! < value) low = middle + 1
      else high = middle
    }
    return low
  }
}
