import { DecayedMoments } from '../../math/decayed-moments'

/** Seconds after which a count weighs 1/e in what is usual, and before which nothing is unusual. */
const memory = 900
export const leastSeconds = 120
/** Longer silence of the whole feed is not filled with seconds without trades. */
const mostFilled = 60

/** Trades of each whole second against those of the seconds before. */
export class Bursts {
  readonly #usual = new DecayedMoments(memory)
  /** What was usual at the last second with trades. */
  readonly #sure = new DecayedMoments(memory)
  #second = NaN
  #count = 0
  /** Standard deviations that the last whole second lay above the mean of the seconds before it; NaN while few are known. */
  z = NaN

  get seconds(): number {
    return this.#usual.weight
  }

  /** The second that watching begins in is not whole. */
  add(at: number, n: number): void {
    this.pass(at)
    this.#count += n
  }

  pass(at: number): void {
    const second = Math.floor(at / 1_000)
    if (Number.isNaN(this.#second)) {
      this.#second = second
      this.#count = NaN
      return
    }
    const until = Math.min(second, this.#second + mostFilled)
    for (; this.#second < until; this.#second++) this.#close()
    this.#second = second
  }

  /** Seconds after the last one with trades are taken back: nobody can vouch that none was missed in them. */
  forget(): void {
    this.#usual.take(this.#sure)
    this.#second = NaN
    this.z = NaN
  }

  #close(): void {
    const count = this.#count
    this.#count = 0
    if (Number.isNaN(count)) return
    const { meanX, varianceX } = this.#usual
    const isKnown = this.#usual.weight >= leastSeconds && varianceX > 0
    this.z = isKnown ? (count - meanX) / Math.sqrt(varianceX) : NaN
    this.#usual.add(count, 0)
    if (count > 0) this.#sure.take(this.#usual)
  }
}
