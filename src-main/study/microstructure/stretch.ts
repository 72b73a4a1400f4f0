/** Decimal numbers, as a grid may get finer while the recording plays. */
export interface QuoteRow {
  /** Receive time, whole nanoseconds after the market's `second`. */
  readonly at: number
  readonly bid: number
  readonly ask: number
  readonly bidSize: number
  readonly askSize: number
}
export interface TradeRow {
  readonly at: number
  readonly price: number
  readonly size: number
  readonly aggressor: number
  /** Venue time, Unix ms; NaN where it tells none. */
  readonly madeAt: number
}

/** What came without a break. */
export class Stretch {
  readonly quotes: QuoteRow[] = []
  /** The touch of the rebuilt book, a row where it changed. */
  readonly touches: QuoteRow[] = []
  readonly trades: TradeRow[] = []
  /** Trades that were none of the market's: forced ones, and those without size. */
  excluded = 0

  /** The venue's quotes, or the touch of the book where that tells of more changes. */
  get rows(): readonly QuoteRow[] {
    return this.isOfBook ? this.touches : this.quotes
  }

  get isOfBook(): boolean {
    return this.touches.length > this.quotes.length
  }

  get count(): number {
    return this.quotes.length + this.touches.length + this.trades.length
  }

  /** Whether there is something to measure at all. */
  get isWhole(): boolean {
    return this.rows.length > 0 && this.trades.length > 0
  }

  /** Nanoseconds from its first quote to its last. */
  get length(): number {
    return this.rows.length === 0 ? 0 : this.rows.at(-1)!.at - this.rows[0]!.at
  }

  touched(row: QuoteRow): void {
    const last = this.touches.at(-1)
    const isSame =
      last?.bid === row.bid &&
      last.ask === row.ask &&
      last.bidSize === row.bidSize &&
      last.askSize === row.askSize
    if (!isSame) this.touches.push(row)
  }
}
