/**
 * Several rates of events a second, as `DecayedRate` has one, that fade together: one power of e a moment serves them all, and they lie side by side. What
 * comes late is added as it would be worth by now.
 */
export class DecayedRates {
  readonly #tauMs: number
  /** As of `#at`. */
  readonly #rates: Float64Array
  #at = NaN
  /** The last late time, and what is left of what came then. */
  #lateAt = NaN
  #left = NaN

  constructor(tauMs: number, count: number) {
    this.#tauMs = tauMs
    this.#rates = new Float64Array(count)
  }

  /** `x` of what is counted by rate `which` came at `at` (ms). */
  add(at: number, which: number, x: number): void {
    this.put(which, x, this.weigh(at))
  }

  /** What counts of something that comes at `at` (ms): 1, or less of what comes late. For `put`, where several come at once. */
  weigh(at: number): number {
    if (at < this.#at) return this.#leftOf(at)
    if (at !== this.#at) this.#turn(at)
    return 1
  }

  /** `x` of what is counted by rate `which` came just when `weight` was asked for. */
  put(which: number, x: number, weight: number): void {
    this.#rates[which]! += (x / this.#tauMs) * 1_000 * weight
  }

  /** A second; 0 before anything came. */
  at(now: number, which: number): number {
    return this.#rates[which]! * this.fade(now)
  }

  /** What `held` is to be multiplied by for the rates at `now`, in (0, 1]. */
  fade(now: number): number {
    return now > this.#at ? Math.exp((this.#at - now) / this.#tauMs) : 1
  }

  /** A rate as of the latest event. */
  held(which: number): number {
    return this.#rates[which]!
  }

  clear(): void {
    this.#rates.fill(0)
    this.#at = this.#lateAt = NaN
  }

  #turn(at: number): void {
    const kept = this.fade(at)
    for (let which = 0; which < this.#rates.length; which++) this.#rates[which]! *= kept
    this.#at = at
    this.#lateAt = NaN
  }

  #leftOf(at: number): number {
    if (at !== this.#lateAt) {
      this.#lateAt = at
      this.#left = Math.exp((at - this.#at) / this.#tauMs)
    }
    return this.#left
  }
}
