/** One within so long of another is no accident. */
const AGAIN_MS = 600_000
const WAIT_MS = 60_000

/** Messages and answers that no client should take: the first may be an accident, after another the sender is left alone for a minute. */
export class Bombs {
  #lastAt = NaN

  /** One came, at this monotonic ms; answers how long nothing is asked for at least, ms. */
  came(mono: number): number {
    const isAgain = mono - this.#lastAt < AGAIN_MS
    this.#lastAt = mono
    return isAgain ? WAIT_MS : 0
  }
}
