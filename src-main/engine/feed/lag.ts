const KEPT_MS = 300_000
/** Messages of two books may come in another order than their venue times by this much. */
const SHUFFLE_MS = 1_000

/**
 * How late the messages of one line come, by the venue's own times: a message against the quickest of the last five to ten minutes. Neither clock needs
 * to be right; a venue that sets its clock back starts the measure anew. (Two clocks drift by up to 50 ms in ten minutes.)
 */
export class Lag {
  #least = Infinity
  #leastBefore = Infinity
  #turnedAt = NaN
  #lastAt = NaN

  /** A message that the venue stamped `at` (ms) arrived. How much later than the quickest, ms; NaN where the venue told no time. */
  hear(at: number, mono: number): number {
    if (!Number.isFinite(at)) return NaN
    if (at < this.#lastAt - SHUFFLE_MS) this.reset()
    this.#lastAt = at
    const behind = mono - at
    if (!(mono - this.#turnedAt < KEPT_MS)) {
      this.#leastBefore = this.#least
      this.#least = behind
      this.#turnedAt = mono
    }
    this.#least = Math.min(this.#least, behind)
    return behind - Math.min(this.#least, this.#leastBefore)
  }

  reset(): void {
    this.#least = this.#leastBefore = Infinity
    this.#turnedAt = NaN
    this.#lastAt = NaN
  }
}
