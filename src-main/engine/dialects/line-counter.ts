/** A counter over every message of one line, +1 from message to message, whatever channel they are of. */
export class LineCounter {
  #last = NaN

  /** A sound message has this number, NaN for none. How many were missed before it: 0 none, NaN where the counter went back. */
  accept(sequence: number): number {
    if (Number.isNaN(sequence)) return 0
    const missed = Number.isNaN(this.#last) ? 0 : sequence - this.#last - 1
    this.#last = sequence
    return missed >= 0 ? missed : NaN
  }
}
