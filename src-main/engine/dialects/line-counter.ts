/** A counter over every message of one line, +1 from message to message, whatever channel they are of. */
export class LineCounter {
  #last = NaN

  /**
   * A sound message has this number, NaN for none. How many were missed before it: 0 none, NaN where the counter went back, -1 where it is the very one before once
   * more, which tells nothing.
   */
  accept(sequence: number): number {
    if (Number.isNaN(sequence)) return 0
    const missed = Number.isNaN(this.#last) ? 0 : sequence - this.#last - 1
    this.#last = sequence
    return missed >= -1 ? missed : NaN
  }
}
