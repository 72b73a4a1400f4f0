import { DecayedMoments } from '../../math/decayed-moments'

/** Seconds after which a value weighs 1/e in what is usual, and before which nothing is unusual. */
const memory = 900
export const leastSeconds = 120
/** The acceleration is taken over so many seconds. */
export const span = 5

/** How far a value is from its mean, in standard deviations; NaN before enough of its history is known, and where that never varied. */
const zOf = (value: number, weight: number, mean: number, variance: number): number =>
  weight >= leastSeconds && variance > 0 ? (value - mean) / Math.sqrt(variance) : NaN

/** What one kind of flow was on both sides at each whole second. */
export class SidesHistory {
  readonly #usual = new DecayedMoments(memory)

  add(bid: number, ask: number): void {
    this.#usual.add(bid, ask)
  }

  /** How unusual the flow of both sides together is, and of each. */
  both(bid: number, ask: number): number {
    const { weight, meanX, meanY, varianceOfSum } = this.#usual
    return zOf(bid + ask, weight, meanX + meanY, varianceOfSum)
  }
  bid(value: number): number {
    return zOf(value, this.#usual.weight, this.#usual.meanX, this.#usual.varianceX)
  }
  ask(value: number): number {
    return zOf(value, this.#usual.weight, this.#usual.meanY, this.#usual.varianceY)
  }
}

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
    return zOf(value, weight, meanX, varianceX)
  }

  /** What is usual stays known. */
  forgetLast(): void {
    this.#filled = 0
  }
}
