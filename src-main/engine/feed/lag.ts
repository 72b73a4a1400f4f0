const KEPT_MS = 300_000
/** A book's own times may run back by this much. */
const SHUFFLE_MS = 1_000

/**
 * How late the messages of one line come, by the venue's own times: a message against the quickest of the last five to ten minutes. Neither clock needs
 * to be right; a venue that sets its clock back starts the measure anew. (Two clocks drift by up to 50 ms in ten minutes.)
 */
export class Lag {
  #least = Infinity
  #leastBefore = Infinity
  #turnedAt = NaN

  /**
   * A message that the venue stamped `at` (ms) arrived; the one before it of the same book was stamped `before`. How much later than the quickest, ms; NaN
   * where the venue told no time. Another book's time says nothing: a message that is repeated for ever is as old as it is.
   */
  hear(at: number, before: number, mono: number): number {
    if (!Number.isFinite(at)) return NaN
    if (at < before - SHUFFLE_MS) this.reset()
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
  }
}
