/** A sum that fades with the time constant `tau`: what came in `tau` ms ago counts 1/e. */
export class Fading {
  value = 0
  #at = NaN
  readonly #tau: number

  constructor(tau: number) {
    this.#tau = tau
  }

  at(now: number): number {
    if (now > this.#at) {
      this.value *= Math.exp((this.#at - now) / this.#tau)
      this.#at = now
    }
    return this.value
  }

  add(amount: number, now: number): void {
    if (Number.isNaN(this.#at)) this.#at = now
    this.at(now)
    this.value += amount
  }

  clear(): void {
    this.value = 0
    this.#at = NaN
  }
}
