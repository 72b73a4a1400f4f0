/** Mids remembered: some twenty seconds of a busy book, more than any trade is late. */
const most = 256

/** The latest mids with the times they came from, for the question which one a trade met. */
export class MidTrail {
  readonly #mids = new Float64Array(most)
  readonly #venueAt = new Float64Array(most)
  readonly #at = new Float64Array(most)
  #count = 0

  /** The latest; NaN before one. */
  get mid(): number {
    return this.#count === 0 ? NaN : this.#mids[(this.#count - 1) % most]!
  }

  moved(mid: number, venueAt: number, at: number): void {
    const place = this.#count++ % most
    this.#mids[place] = mid
    this.#venueAt[place] = venueAt
    this.#at[place] = at
  }

  /**
   * The last mid from strictly before the trade: by the venue's clock where both have its time, else by when they were received. NaN where it is not
   * remembered.
   */
  before(venueAt: number, at: number): number {
    for (let back = 1; back <= Math.min(this.#count, most); back++) {
      const place = (this.#count - back) % most
      const told = this.#venueAt[place]!
      const earlier = Number.isNaN(told) || Number.isNaN(venueAt) ? this.#at[place]! < at : told < venueAt
      if (earlier) return this.#mids[place]!
    }
    return NaN
  }

  rescale(factor: number): void {
    for (let place = 0; place < most; place++) this.#mids[place]! *= factor
  }

  forget(): void {
    this.#count = 0
  }
}
