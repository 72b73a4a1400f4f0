/** Events a second, each counting exp(-age / tau) / tau: r <- r exp(-dt / tau) + x / tau. */
export class DecayedRate {
  readonly #tauMs: number
  #rate = 0
  #at = NaN

  constructor(tauMs: number) {
    this.#tauMs = tauMs
  }

  /** `x` of what is counted came at `at` (ms). */
  add(at: number, x: number): void {
    this.#rate = this.at(at) + (x / this.#tauMs) * 1_000
    if (!(at < this.#at)) this.#at = at
  }

  /** A second; 0 before anything came. */
  at(now: number): number {
    return now > this.#at ? this.#rate * Math.exp((this.#at - now) / this.#tauMs) : this.#rate
  }

  clear(): void {
    this.#rate = 0
    this.#at = NaN
  }
}
