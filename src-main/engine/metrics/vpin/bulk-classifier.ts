import { normalCdf } from '../../math/normal-cdf'

const barMs = 60_000
/** Bars after which a step counts 1/e in what is usual, and before which nothing is classified. */
const memory = 1_440
export const leastBars = 30

/**
 * Bulk volume classification: of a minute's volume the share Phi(step / sigma) counts as bought, step being the last price less that of the minute
 * before (minutes without trades are left out), sigma the usual step, mean taken off.
 */
export class BulkClassifier {
  readonly #pour: (at: number, volume: number, buyShare: number) => void
  #minute = NaN
  #volume = 0
  #last = NaN
  #before = NaN
  #weight = 0
  #mean = 0
  #variance = 0

  constructor(pour: (at: number, volume: number, buyShare: number) => void) {
    this.#pour = pour
  }

  get bars(): number {
    return this.#weight
  }

  /** `price` in money. */
  add(at: number, volume: number, price: number): void {
    this.pass(at)
    this.#volume += volume
    this.#last = price
  }

  /** Time has come to `at`: a minute that is over is poured. */
  pass(at: number): void {
    const minute = Math.floor(at / barMs)
    if (minute === this.#minute) return
    if (this.#volume > 0) this.#close((this.#minute + 1) * barMs)
    this.#minute = minute
  }

  /** The bar under way has missed trades, and the next step would span the gap. */
  gap(): void {
    this.#volume = 0
    this.#last = this.#before = this.#minute = NaN
  }

  save(): number[] {
    return [this.#weight, this.#mean, this.#variance]
  }

  restore([weight = NaN, mean = NaN, variance = NaN]: readonly number[]): boolean {
    if (!(weight >= 0 && variance >= 0) || Number.isNaN(mean)) return false
    this.#weight = weight
    this.#mean = mean
    this.#variance = variance
    return true
  }

  #close(at: number): void {
    const step = this.#last - this.#before
    if (!Number.isNaN(step)) {
      this.#learn(step)
      const sigma = Math.sqrt(this.#variance)
      if (this.#weight >= leastBars) this.#pour(at, this.#volume, sigma > 0 ? normalCdf(step / sigma) : 0.5)
    }
    this.#before = this.#last
    this.#volume = 0
  }

  #learn(step: number): void {
    this.#weight = Math.min(memory, this.#weight + 1)
    const off = step - this.#mean
    this.#mean += off / this.#weight
    this.#variance += (off * (step - this.#mean) - this.#variance) / this.#weight
  }
}
