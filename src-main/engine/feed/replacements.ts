const minute = 60_000
/** From one new line for the same trouble to the next, and so on with the last. */
const WAITS_MS = [minute, 2 * minute, 5 * minute, 10 * minute]
/** Trouble that stayed away for longer than it was ever waited for is another. */
const FORGIVEN_MS = 20 * minute

/** New lines that were made for one trouble: the first at once, the next after 1, 2, 5 and then ever 10 minutes. Times are monotonic ms. */
export class Replacements {
  /** Since the trouble began. */
  count = 0
  #lastAt = -Infinity

  /** How long until the next, ms; 0 or less: now. */
  waitMs(mono: number): number {
    if (this.count === 0 || mono - this.#lastAt > FORGIVEN_MS) return 0
    return this.#lastAt + WAITS_MS[Math.min(this.count, WAITS_MS.length) - 1]! - mono
  }

  /** One is begun. */
  made(mono: number): void {
    if (mono - this.#lastAt > FORGIVEN_MS) this.count = 0
    this.count++
    this.#lastAt = mono
  }
}
