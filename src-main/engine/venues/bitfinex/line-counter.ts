/** From this value on a number behind a message's data is a time in ms, below it the line's counter: no line counts so far. */
const FIRST_TIME = 1e12

/** The counter over every message of one line, +1 from message to message. */
export class LineCounter {
  /** Of the message at hand, NaN where it has none. */
  sequence = NaN
  /** The message's time, ms, NaN where it has none. */
  at = NaN
  #last = NaN

  begin(): void {
    this.sequence = this.at = NaN
  }

  /** A number behind a message's data. */
  take(n: number): void {
    if (n >= FIRST_TIME) this.at = n
    else this.sequence = n
  }

  /** The message at hand is sound. How many were missed before it: 0 none, NaN where the counter went back. */
  accept(): number {
    const { sequence } = this
    if (Number.isNaN(sequence)) return 0
    const missed = Number.isNaN(this.#last) ? 0 : sequence - this.#last - 1
    this.#last = sequence
    return missed >= 0 ? missed : NaN
  }
}
