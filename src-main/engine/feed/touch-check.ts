import type { Touch } from '../book/changes'

/** A quote may be ahead of the book or behind it by as much as the venue gathers changes: only so many in a row, for so long, are proof. */
const LEAST_QUOTES = 10
const LEAST_MS = 10_000

/** Holds the venue's best quotes against the touch of a book that nothing else proves. A quote that the book meets before the next one comes is met. */
export class TouchCheck {
  #bid = NaN
  #ask = NaN
  /** Quotes in a row that were not met, the latest included. */
  #apart = 0
  /** Monotonic ms of the first of them. */
  #since = NaN

  /** A quote came. True when quotes have not been met for so long that the book cannot be right. */
  quoted(quote: Readonly<Touch>, own: Readonly<Touch>, mono: number): boolean {
    if (quote.bid === own.bid && quote.ask === own.ask) {
      this.#apart = 0
      return false
    }
    if (this.#apart++ === 0) this.#since = mono
    this.#bid = quote.bid
    this.#ask = quote.ask
    if (this.#apart < LEAST_QUOTES || mono - this.#since < LEAST_MS) return false
    this.#apart = 0
    return true
  }

  /** The book is void: what was not met before says nothing of the next one. */
  reset(): void {
    this.#apart = 0
  }

  /** The book moved. */
  moved({ bid, ask }: Readonly<Touch>): void {
    if (this.#apart > 0 && bid === this.#bid && ask === this.#ask) this.#apart = 0
  }
}
