import { DecayedMoments } from '../../math/decayed-moments'

/** Seconds after which a value weighs 1/e in what is usual, and before which nothing is unusual. */
const memory = 900
export const leastSeconds = 120
/** The acceleration is taken over so many seconds. */
export const span = 5

/** The net velocity at each whole second: how fast it changes, and how far it is from usual. */
export class NetHistory {
  readonly #usual = new DecayedMoments(memory)
  readonly #last = new Float64Array(span + 1)
  #filled = 0

  add(value: number): void {
    this.#usual.add(value, 0)
    this.#last.copyWithin(0, 1)
    this.#last[span] = value
    this.#filled = Math.min(span + 1, this.#filled + 1)
  }

  get seconds(): number {
    return this.#usual.weight
  }

  /** Change a second, over the last five whole seconds. */
  get acceleration(): number {
    return this.#filled > span ? (this.#last[span]! - this.#last[0]!) / span : NaN
  }

  z(value: number): number {
    const { weight, meanX, varianceX } = this.#usual
    return weight >= leastSeconds && varianceX > 0 ? (value - meanX) / Math.sqrt(varianceX) : NaN
  }

  /** What is usual stays known. */
  forgetLast(): void {
    this.#filled = 0
  }
}
