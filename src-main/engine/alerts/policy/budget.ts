import type { AlertPolicy } from '../../../../src-shared/alerts/policy'

const minute = 60_000
const hour = 60 * minute

/** Desktop notices: a bucket of `burst`, filled `perMinute` times a minute, and at most `perHour` in any hour. */
export class Budget {
  #tokens = NaN
  #filledAt = NaN
  #spentAt: number[] = []

  /** Takes one, if there is one. `at` in ms. */
  take(at: number, { perMinute, burst, perHour }: AlertPolicy['budget']): boolean {
    const filled = Number.isNaN(this.#tokens)
      ? burst
      : this.#tokens + (Math.max(0, at - this.#filledAt) * perMinute) / minute
    this.#tokens = Math.min(burst, filled)
    this.#filledAt = at
    this.#spentAt = this.#spentAt.filter((spent) => at - spent < hour)
    if (this.#tokens < 1 || this.#spentAt.length >= perHour) return false
    this.#tokens--
    this.#spentAt.push(at)
    return true
  }
}
