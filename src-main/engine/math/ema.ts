/**
 * Exponential moving average for samples at uneven times: y += (1 - exp(-dt / tau)) (x - y). The first value is taken as it is; a `tauMs` of 0 does
 * not smooth. NaN until the first value.
 */
export class Ema {
  readonly #tauMs: number
  #at = NaN
  value = NaN

  constructor(tauMs: number) {
    this.#tauMs = tauMs
  }

  /** `at` in ms of any clock that does not go back. Answers the new average. */
  add(at: number, x: number): number {
    const weight = this.#tauMs > 0 ? -Math.expm1(-(at - this.#at) / this.#tauMs) : 1
    this.value = Number.isNaN(this.value) || weight === 1 ? x : this.value + weight * (x - this.value)
    this.#at = at
    return this.value
  }

  reset(): void {
    this.value = NaN
    this.#at = NaN
  }
}
