import type { Trades } from '../book/changes'
import { TradeCount } from './trade-count'

const FIRST_KEPT = 64
/** No line tells so many again. */
const MOST_KEPT = 4_096

/**
 * Which trades of one instrument were told: a line that takes over, and a channel that is joined again, begin with what is known. Ids of most venues rise, those of
 * some are hashes.
 */
export class ToldTrades {
  #ids = new Float64Array(FIRST_KEPT)
  #count = 0
  #newest = NaN
  /** Venue time of the latest without an id, ms, and how many of that time were told. */
  #newestAt = NaN
  #atNewest = 0
  /** The line that is being caught up with, and what of the two above it may still repeat. */
  #catching = NaN
  #repeatsUntil = NaN
  #repeatsThen = 0
  readonly #numbers = new TradeCount()

  /**
   * Leaves of the trades of one message those that were not told before, and remembers them. `catching`: the line before has told what this one, begun at
   * this time (monotonic ms), brings, up to somewhere; NaN where there is none. Rows next to one another under one id are parts of one trade (Binance tells apart what met retail orders), and told or not as a whole; one that
   * equals another part in everything is the venue's own repetition. Answers how many trades are missing before or among them, where ids count up by one.
   */
  keepNews(trades: Trades, catching: number): number {
    this.#begin(catching)
    this.#numbers.begin()
    for (const passed of trades.passed) this.#numbers.add(passed, 1)
    let [id, isNews, parts, kept] = [NaN, false, 0, 0]
    trades.keep((row) => {
      if (trades.id[row] !== id) {
        id = trades.id[row]!
        parts = 0
        const at = trades.at[row]!
        isNews = !(Number.isNaN(id) ? this.#isRepeated(at) : this.#isTold(id))
        if (isNews) {
          this.#note(id, at)
          this.#numbers.add(id, trades.sums[row]!)
        }
      } else if (trades.repeats(row, kept - parts, kept)) return false
      if (!isNews) return false
      parts++
      kept++
      return true
    })
    return this.#numbers.missed()
  }

  #begin(catching: number): void {
    if (Object.is(catching, this.#catching)) return
    this.#catching = catching
    this.#repeatsUntil = Number.isNaN(catching) ? NaN : this.#newestAt
    this.#repeatsThen = this.#atNewest
  }

  /**
   * Where there is no id the time must tell: it does only for a line that repeats another's, as two trades of one time may well be two. Of the latest time as many
   * are repeated as were told: both lines bring them in one order.
   */
  #isRepeated(at: number): boolean {
    if (at !== this.#repeatsUntil) return at < this.#repeatsUntil
    return this.#repeatsThen-- > 0
  }

  #isTold(id: number): boolean {
    const catching = !Number.isNaN(this.#catching)
    if (!(id <= this.#newest)) return false
    const kept = Math.min(this.#count, this.#ids.length)
    let isOlder = catching && kept === MOST_KEPT
    for (let n = 0; n < kept; n++) {
      const one = this.#ids[n]!
      if (one === id) return true
      if (one < id) isOlder = false
    }
    return isOlder
  }

  #note(id: number, at: number): void {
    if (Number.isNaN(id)) {
      if (at === this.#newestAt) this.#atNewest++
      else if (!(at < this.#newestAt)) {
        this.#newestAt = at
        this.#atNewest = 1
      }
      return
    }
    if (!(id < this.#newest)) this.#newest = id
    if (this.#count === this.#ids.length && this.#count < MOST_KEPT) {
      const grown = new Float64Array(this.#count * 2)
      grown.set(this.#ids)
      this.#ids = grown
    }
    this.#ids[this.#count++ % this.#ids.length] = id
  }
}
