/**
 * Seeded randomness (sfc32, Doty-Humphrey's small fast counter). Every stream has a name, so that one more instrument
 * leaves the numbers of the others as they were.
 */
export class Chance {
  #a: number
  #b: number
  #c: number
  #d = 1
  #spare = NaN

  constructor(seed: number, name: string) {
    let hash = 2166136261 ^ seed
    for (let i = 0; i < name.length; i++) hash = Math.imul(hash ^ name.charCodeAt(i), 16777619)
    this.#a = hash | 0
    this.#b = (hash ^ 0x9e3779b9) | 0
    this.#c = Math.imul(hash, 0x85ebca6b) | 0
    for (let i = 0; i < 16; i++) this.next()
  }

  /** Uniform in (0, 1): never 0, so that its logarithm is finite. */
  next(): number {
    const t = (((this.#a + this.#b) | 0) + this.#d) | 0
    this.#d = (this.#d + 1) | 0
    this.#a = this.#b ^ (this.#b >>> 9)
    this.#b = (this.#c + (this.#c << 3)) | 0
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + t) | 0
    return ((t >>> 0) + 0.5) / 4294967296
  }

  between(low: number, high: number): number {
    return low + (high - low) * this.next()
  }

  /** A whole number in [0, n). */
  below(n: number): number {
    return (this.next() * n) | 0
  }

  coin(probability = 0.5): boolean {
    return this.next() < probability
  }

  sign(probabilityUp = 0.5): 1 | -1 {
    return this.next() < probabilityUp ? 1 : -1
  }

  exponential(mean: number): number {
    return -Math.log(this.next()) * mean
  }

  /** Standard normal, two at a time by Box and Muller. */
  normal(): number {
    const spare = this.#spare
    if (!Number.isNaN(spare)) {
      this.#spare = NaN
      return spare
    }
    const radius = Math.sqrt(-2 * Math.log(this.next()))
    const angle = 2 * Math.PI * this.next()
    this.#spare = radius * Math.sin(angle)
    return radius * Math.cos(angle)
  }

  lognormal(median: number, sd: number): number {
    return median * Math.exp(sd * this.normal())
  }

  pareto(least: number, exponent: number): number {
    return least * Math.pow(this.next(), -1 / exponent)
  }
}
