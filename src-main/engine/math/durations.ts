/** Neighbouring bins are 10 % apart, so a duration is known to 5 %. */
const growth = Math.log(1.1)
const leastMs = 1e-3
/** Up to some 90 s; what took longer counts as that, though its length is kept as the longest. */
const bins = 192

/** The median, the 99th percentile and the longest, ms. */
type Spread = Readonly<Record<'p50' | 'p99' | 'most', number>>

export const noSpread: Spread = { p50: NaN, p99: NaN, most: NaN }

/** How long something took, many times. Counting allocates nothing. */
export class Durations {
  readonly #counts = new Uint32Array(bins)
  #total = 0
  #most = 0

  /** @param ms NaN is not counted */
  add(ms: number): void {
    if (Number.isNaN(ms)) return
    const bin = ms > leastMs ? Math.ceil(Math.log(ms / leastMs) / growth) : 0
    this.#counts[Math.min(bin, bins - 1)]!++
    this.#total++
    if (ms > this.#most) this.#most = ms
  }

  /** What `other` has counted, too; it then begins anew. */
  absorb(other: Durations): void {
    for (let bin = 0; bin < bins; bin++) this.#counts[bin]! += other.#counts[bin]!
    this.#total += other.#total
    this.#most = Math.max(this.#most, other.#most)
    other.#clear()
  }

  /** Quantiles in ms since it was last taken; NaN of nothing. */
  take(): Spread {
    if (this.#total === 0) return noSpread
    const spread = { p50: this.#quantile(0.5), p99: this.#quantile(0.99), most: this.#most }
    this.#clear()
    return spread
  }

  #quantile(share: number): number {
    const wanted = Math.ceil(share * this.#total)
    let below = 0
    for (let bin = 0; bin < bins; bin++) {
      below += this.#counts[bin]!
      // A bin is told by its upper end: nothing is called quicker than it was.
      if (below >= wanted) return Math.min(this.#most, leastMs * Math.exp(bin * growth))
    }
    return this.#most
  }

  #clear(): void {
    this.#counts.fill(0)
    this.#total = this.#most = 0
  }
}
