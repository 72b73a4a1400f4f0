/** So many messages in a row below the highest id: the venue counts anew. */
const ANEW = 4

/**
 * Whether an instrument's trades are all there, where the venue's ids count up by one. Within a message they may come in any order; what comes below the highest id is
 * late, or of another count that is told beside it (recordings of Binance may hold trades and their sums), until nothing else comes any more.
 */
export class TradeCount {
  /** The highest id so far; NaN before one. */
  #reached = NaN
  /** Of the message at hand: its highest id, and how many trades it tells beyond `#reached`. */
  #highest = NaN
  #told = 0
  #below = 0

  begin(): void {
    this.#highest = NaN
    this.#told = 0
  }

  /** One that was not told before, or the sum of as many whose ids end with this one. */
  add(id: number, sums: number): void {
    if (Number.isNaN(id)) return
    if (!(id < this.#highest)) this.#highest = id
    if (!(id <= this.#reached)) this.#told += sums
  }

  /** How many are missing before or among those of the message: 0 before anything is known to have come before them, and at least 1 when the venue counts anew. */
  missed(): number {
    const [highest, reached] = [this.#highest, this.#reached]
    if (Number.isNaN(highest)) return 0
    if (highest <= reached) {
      if (++this.#below < ANEW) return 0
      this.#countFrom(highest)
      return 1
    }
    this.#countFrom(highest)
    return Number.isNaN(reached) ? 0 : Math.max(0, highest - reached - this.#told)
  }

  #countFrom(from: number): void {
    this.#reached = from
    this.#below = 0
  }
}
