/** Mean, variance and correlation of pairs, where an observation counts exp(-age / memory) in steps. */
export class DecayedMoments {
  readonly #keep: number
  #weight = 0
  #meanX = 0
  #meanY = 0
  #varX = 0
  #varY = 0
  #cov = 0

  /** @param memory steps after which an observation counts 1/e */
  constructor(memory: number) {
    this.#keep = Math.exp(-1 / memory)
  }

  /** Observations, each counted as it counts now. */
  get weight(): number {
    return this.#weight
  }

  /** NaN of nothing. */
  get meanX(): number {
    return this.#weight > 0 ? this.#meanX : NaN
  }

  get varianceX(): number {
    return this.#weight > 0 ? this.#varX : NaN
  }

  get meanY(): number {
    return this.#weight > 0 ? this.#meanY : NaN
  }

  get varianceY(): number {
    return this.#weight > 0 ? this.#varY : NaN
  }

  /** Of x + y. */
  get varianceOfSum(): number {
    return this.#weight > 0 ? Math.max(0, this.#varX + this.#varY + 2 * this.#cov) : NaN
  }

  /** One step on, with a pair. West's update: no squares of large numbers are subtracted. */
  add(x: number, y: number): void {
    this.#weight = this.#weight * this.#keep + 1
    const share = 1 / this.#weight
    const dx = x - this.#meanX
    const dy = y - this.#meanY
    this.#meanX += share * dx
    this.#meanY += share * dy
    this.#varX += share * (dx * (x - this.#meanX) - this.#varX)
    this.#varY += share * (dy * (y - this.#meanY) - this.#varY)
    this.#cov += share * (dx * (y - this.#meanY) - this.#cov)
  }

  /** Pearson's, in [-1, 1]; NaN where one of the two does not vary. */
  get correlation(): number {
    const scale = Math.sqrt(this.#varX * this.#varY)
    return scale > 0 ? Math.min(1, Math.max(-1, this.#cov / scale)) : NaN
  }

  /** The state of another of the same memory. */
  take(other: DecayedMoments): void {
    this.#weight = other.#weight
    this.#meanX = other.#meanX
    this.#meanY = other.#meanY
    this.#varX = other.#varX
    this.#varY = other.#varY
    this.#cov = other.#cov
  }

  clear(): void {
    this.#weight = this.#meanX = this.#meanY = this.#varX = this.#varY = this.#cov = 0
  }
}
