import type { FigureCondition } from '../../../src-shared/alerts/condition'
import type { FigureHistory } from './figure-history'

/** Steps of the memory of a change: how far back is known to a hundredth of the time. */
const steps = 100

/**
 * One figure of one instrument as conditions see it: smoothed by elapsed time (y += (1 - exp(-dt / tau)) (x - y)), and where asked for, how far it moved
 * over a time. Several rules share one. Begins anew after every unknown value.
 */
export class Signal {
  readonly #smoothMs: number
  readonly #change: FigureCondition['change']
  /** NaN while unknown. */
  value = NaN
  /** Monotonic ms of the running known stretch. */
  #at = NaN
  #smoothed = NaN
  #span = NaN
  #weight = NaN
  readonly #past: Float64Array
  #pastLength = 0
  #pastAt = NaN
  /** What was it like before, where a condition asks. */
  readonly histories: FigureHistory[] = []

  constructor(smoothMs: number, change: FigureCondition['change']) {
    this.#smoothMs = smoothMs
    this.#change = change
    this.#past = new Float64Array(change ? steps + 1 : 0)
  }

  /** @param warm whether the book has been live for long enough; what is seen before is smoothed, but not told */
  see(mono: number, at: number, raw: number, warm: boolean): void {
    if (Number.isNaN(raw)) {
      this.reset()
      return
    }
    this.#smooth(mono, raw)
    const value = this.#change ? this.#moved(mono) : this.#smoothed
    this.value = warm ? value : NaN
    for (const history of this.histories) history.see(at, this.value)
  }

  reset(): void {
    this.value = NaN
    this.#at = NaN
    this.#smoothed = NaN
    this.#pastLength = 0
    this.#pastAt = NaN
  }

  #smooth(mono: number, raw: number): void {
    const span = mono - this.#at
    this.#at = mono
    if (Number.isNaN(this.#smoothed) || this.#smoothMs === 0) {
      this.#smoothed = raw
      return
    }
    if (span !== this.#span) {
      this.#span = span
      this.#weight = -Math.expm1(-span / this.#smoothMs)
    }
    this.#smoothed += this.#weight * (raw - this.#smoothed)
  }

  /** NaN until the whole time has been seen. */
  #moved(mono: number): number {
    const { overMs, in: unit } = this.#change!
    const past = this.#past
    if (!(mono - this.#pastAt < overMs / steps)) {
      if (this.#pastLength === past.length) past.copyWithin(0, 1)
      else this.#pastLength++
      past[this.#pastLength - 1] = this.#smoothed
      this.#pastAt = mono
    }
    if (this.#pastLength < past.length) return NaN
    const before = past[0]!
    return unit === 'units' ? this.#smoothed - before : before === 0 ? NaN : this.#smoothed / before - 1
  }
}
