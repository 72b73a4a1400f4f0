/** One book as a column of the history takes it. Prices in ticks, levels as pairs price, size, best first. */
export interface DepthColumn {
  readonly bids: Float64Array
  readonly asks: Float64Array
  /** The worst prices up to which each side is known, ticks; beyond them nothing is said. */
  readonly knownBid: number
  readonly knownAsk: number
}

export const columnMs = 500
/** Ten minutes; older columns are overwritten. */
const mostColumns = 1_200
/** Rows around the mid that a column keeps; what lies beyond is not known. */
const mostRows = 1_024
/** A book that nothing was said of for longer may have changed unseen: those columns stay unknown. */
export const longestHoldMs = 2_000

/** A kept book stands for the two seconds until the next one, and a little more. */
const pastHoldColumns = 6

/**
 * Depth over time as it was watched: a column each half second (the book at its end), a row each `step` ticks. Rows and columns are
 * counted from zero of price and time, and stored in a ring each way, so that neither time nor price moves anything.
 */
export class DepthHistory {
  readonly step: number
  readonly #lots = new Float32Array(mostColumns * mostRows)
  readonly #column = new Float64Array(mostColumns).fill(NaN)
  readonly #low = new Float64Array(mostColumns)
  readonly #high = new Float64Array(mostColumns)
  #last = NaN
  #first = NaN
  #lookedAt = NaN
  #rewritten = 0
  #taken = 0

  /** @param step ticks a row */
  constructor(step: number) {
    this.step = step
  }

  /** How often columns before the last were written anew. */
  get rewritten(): number {
    return this.#rewritten
  }
  /** How many books were taken: with another one the last column may be another. */
  get taken(): number {
    return this.#taken
  }
  /** The latest column written; NaN before one. */
  get last(): number {
    return this.#last
  }
  /** When the oldest column still kept begins, ms; Infinity before one. */
  get since(): number {
    if (Number.isNaN(this.#last)) return Infinity
    return Math.max(this.#first, this.#last - mostColumns + 1) * columnMs
  }

  /** The live book at `at` ms; call it at each change, and a few times a second while nothing changes. One stands until the next, for `holdMs` at most. */
  take(book: DepthColumn, at: number, holdMs = longestHoldMs): void {
    const bid = book.bids[0]
    const ask = book.asks[0]
    const column = Math.floor(at / columnMs)
    if (bid === undefined || ask === undefined || column < this.#last) return
    if (at - this.#lookedAt <= holdMs) this.#hold(column)
    if (Number.isNaN(this.#first)) this.#first = column
    this.#lookedAt = at
    this.#last = column
    this.#taken++
    this.#write(book, column, (bid + ask) / 2)
  }

  /** Books from before anything was taken here, oldest first: what was watched meanwhile stays. Each holds until the next, as long as books may hold. */
  takePast(books: readonly (DepthColumn & { readonly at: number })[]): void {
    if (Number.isNaN(this.#last)) return
    this.#rewritten++
    const [end, oldest] = [this.#first, this.#last - mostColumns + 1]
    for (const [place, book] of books.entries()) {
      const [bid, ask] = [book.bids[0], book.asks[0]]
      const column = Math.floor(book.at / columnMs)
      if (bid === undefined || ask === undefined || column < oldest || column >= end) continue
      this.#first = Math.min(this.#first, column)
      const next = Math.floor((books[place + 1]?.at ?? book.at) / columnMs)
      const until = Math.min(end, Math.max(column + 1, next), column + pastHoldColumns)
      for (let held = column; held < until; held++) this.#write(book, held, (bid + ask) / 2)
    }
  }

  /** The book is not live: what was last seen holds no longer. */
  lose(): void {
    this.#lookedAt = NaN
  }

  /** Whether anything is known in a column, and of which rows: [low, high). */
  known(column: number): readonly [low: number, high: number] {
    const slot = column % mostColumns
    return this.#column[slot] === column ? [this.#low[slot]!, this.#high[slot]!] : [0, 0]
  }

  /** Lots in `count` rows from `row` on; NaN unless all of them are known. */
  sum(column: number, row: number, count: number): number {
    const slot = column % mostColumns
    if (this.#column[slot] !== column || row < this.#low[slot]! || row + count > this.#high[slot]!) return NaN
    const base = slot * mostRows
    let place = ((row % mostRows) + mostRows) % mostRows
    let sum = 0
    for (let i = 0; i < count; i++) {
      sum += this.#lots[base + place]!
      if (++place === mostRows) place = 0
    }
    return sum
  }

  /** Columns between two looks saw the book that stood before the later one. */
  #hold(column: number): void {
    const from = this.#last % mostColumns
    for (let next = this.#last + 1; next < column; next++) {
      const to = next % mostColumns
      this.#lots.copyWithin(to * mostRows, from * mostRows, (from + 1) * mostRows)
      this.#low[to] = this.#low[from]!
      this.#high[to] = this.#high[from]!
      this.#column[to] = next
    }
  }

  #write({ bids, asks, knownBid, knownAsk }: DepthColumn, column: number, mid: number): void {
    const { step } = this
    const slot = column % mostColumns
    const bottom = Math.floor(mid / step) - mostRows / 2
    const low = Math.max(bottom, Math.ceil(knownBid / step))
    const high = Math.min(bottom + mostRows, Math.floor((knownAsk + 1) / step))
    this.#column[slot] = column
    this.#low[slot] = low
    this.#high[slot] = Math.max(low, high)
    this.#lots.fill(0, slot * mostRows, (slot + 1) * mostRows)
    this.#add(bids, slot, low, high)
    this.#add(asks, slot, low, high)
  }

  #add(levels: Float64Array, slot: number, low: number, high: number): void {
    const base = slot * mostRows
    for (let i = 0; i + 1 < levels.length; i += 2) {
      const row = Math.floor(levels[i]! / this.step)
      if (row < low || row >= high) continue
      const place = base + (((row % mostRows) + mostRows) % mostRows)
      this.#lots[place] = this.#lots[place]! + levels[i + 1]!
    }
  }
}

/** Ticks a row for a price: a fifth of a basis point, rounded up to 1, 2 or 5, in whole steps of `tickSize`. */
export function stepFor(price: number, tickSize: number): number {
  const least = (price * 2e-5) / tickSize
  if (!(least > 1)) return tickSize
  const power = 10 ** Math.floor(Math.log10(least))
  const factor = [1, 2, 5, 10].find((it) => it * power >= least * (1 - 1e-9)) ?? 10
  return Math.round(factor * power) * tickSize
}
