/** Weighted mean and variance in one pass (West 1979, "Updating mean and variance estimates"): no squares of large numbers are subtracted. */
export class WeightedMoments {
  weight = 0
  mean = 0
  /** Sum of weight x (value - mean)^2. */
  spread = 0

  /** Weights that are not above 0 are not taken. */
  add(weight: number, value: number): void {
    this.#take(weight, value, 0)
  }

  /** Everything another one holds (Chan, Golub and LeVeque 1983). */
  merge({ weight, mean, spread }: WeightedMoments): void {
    this.#take(weight, mean, spread)
  }

  /** By the whole weight, not less one. NaN of nothing. */
  get variance(): number {
    return this.weight > 0 ? this.spread / this.weight : NaN
  }

  clear(): void {
    this.weight = this.mean = this.spread = 0
  }

  #take(weight: number, mean: number, spread: number): void {
    if (!(weight > 0)) return
    const whole = this.weight + weight
    const step = mean - this.mean
    this.spread += spread + step * step * ((this.weight * weight) / whole)
    this.mean += step * (weight / whole)
    this.weight = whole
  }
}
