import { fitHawkes } from '../../math/hawkes'
import { hawkesResidualP } from '../../math/hawkes-residuals'

/** Distinct trade times that a fit looks back on, and the fewest it takes. */
const most = 1_500
export const leastTimes = 200
const refitMs = 60_000

/** How far trades excite trades: an exponential Hawkes process on the latest distinct milliseconds with trades, fitted anew each minute. */
export class Excitation {
  readonly #times = new Float64Array(most)
  #added = 0
  #last = -Infinity
  #fitAt = NaN
  /** Share of trades that earlier ones set off; 1 and more would be an avalanche. NaN before the first fit. */
  branching = NaN
  /** Seconds until an excitation has faded to 1/e. */
  memory = NaN
  /** Trades a second that nothing set off. */
  base = NaN
  /** p value of the residual test; below 0.05 the model does not hold. */
  residualP = NaN

  get count(): number {
    return Math.min(most, this.#added)
  }

  /** `time` in ms; trades of the same millisecond are one, and what comes late is left out. */
  add(time: number): void {
    if (!(time > this.#last)) return
    this.#last = time
    this.#times[this.#added++ % most] = time
  }

  /** Once a minute; allocates. */
  refit(at: number): void {
    if (at - this.#fitAt < refitMs || this.count < leastTimes) return
    this.#fitAt = at
    const first = this.#added - this.count
    const origin = this.#times[first % most]!
    const times = Float64Array.from(
      { length: this.count },
      (_, i) => (this.#times[(first + i) % most]! - origin) / 1_000
    )
    const fit = fitHawkes(times)
    this.branching = fit.alpha / fit.beta
    this.memory = 1 / fit.beta
    this.base = fit.mu
    this.residualP = hawkesResidualP(times, fit)
  }

  forget(): void {
    this.#added = 0
    this.#last = -Infinity
    this.#fitAt = NaN
    this.branching = this.memory = this.base = this.residualP = NaN
  }
}
