/**
 * Exponential average over time of a value that holds until the next one: while it holds, y moves towards it by 1 - exp(-dt / tau). Time decides, not the
 * number of messages.
 */
export class HeldAverage {
  readonly #tauMs: number
  #at = NaN
  #held = NaN
  #value = NaN

  constructor(tauMs: number) {
    this.#tauMs = tauMs
  }

  /** From `at` on the value is `x`. NaN forgets all. */
  hold(at: number, x: number): void {
    if (Number.isNaN(x)) this.reset()
    else {
      this.#advance(at)
      this.#held = x
      this.#at = at
      if (Number.isNaN(this.#value)) this.#value = x
    }
  }

  /** The average at `at`; NaN before the first value. */
  value(at: number): number {
    this.#advance(at)
    return this.#value
  }

  reset(): void {
    this.#at = NaN
    this.#held = NaN
    this.#value = NaN
  }

  #advance(at: number): void {
    if (!(at > this.#at)) return
    this.#value += -Math.expm1((this.#at - at) / this.#tauMs) * (this.#held - this.#value)
    this.#at = at
  }
}
