/** More seconds than this without a message are not filled: nobody knows what held in them. */
const mostFilled = 60

/**
 * The whole seconds of a value that holds until the next one: each second's value is what held when the second began. Calls `each` for every second passed,
 * with the value, which is NaN where none was held.
 */
export class Seconds {
  readonly #each: (second: number, value: number) => void
  #second = NaN
  #held = NaN

  constructor(each: (second: number, value: number) => void) {
    this.#each = each
  }

  /** Time has come to `at` (ms) with the old value. */
  pass(at: number): void {
    const now = Math.floor(at / 1_000)
    if (!Number.isNaN(this.#held))
      for (let second = Math.max(this.#second + 1, now - mostFilled); second <= now; second++)
        this.#each(second, this.#held)
    this.#second = now
  }

  /** From `at` on the value is `value`. */
  hold(at: number, value: number): void {
    this.pass(at)
    this.#held = value
  }

  forget(): void {
    this.#held = NaN
    this.#second = NaN
  }
}
