/** From this value on a number behind a message's data is a time in ms, below it the line's counter: no line counts so far. */
const FIRST_TIME = 1e12

/** What stands behind the data of a message: the line's counter and the time, both only where they were asked for. */
export class Trailer {
  /** NaN where there is none. */
  sequence = NaN
  /** Venue time, ms; NaN where there is none. */
  at = NaN

  begin(): void {
    this.sequence = this.at = NaN
  }

  take(n: number): void {
    if (n >= FIRST_TIME) this.at = n
    else this.sequence = n
  }
}
