/** Trades that wait for a later mid; when more wait, the oldest are left out of the longer horizons. */
const most = 32_768
const columns = 5

/** A trade that is judged by the mid some time later. Prices in ticks, `base` in base currency. */
export interface Paid {
  sign: number
  price: number
  before: number
  base: number
}

/** Trades in a ring, with a hand for each horizon: each trade is settled once a horizon, in order. */
export class PaidTrades {
  readonly #horizonsMs: readonly number[]
  /** Grows up to `most` rows; a trade's row is its number modulo the rows there are. */
  #rows = new Float64Array(512 * columns)
  /** Trades ever added, and of each horizon those settled or left out. */
  #added = 0
  readonly #settled: number[]
  /** Of each horizon, when the next trade is due, or earlier: nothing need be looked up before. */
  readonly #dueAt: Float64Array
  readonly #trade: Paid = { sign: 0, price: NaN, before: NaN, base: NaN }

  /** @param horizonsMs ascending */
  constructor(horizonsMs: readonly number[]) {
    this.#horizonsMs = horizonsMs
    this.#settled = horizonsMs.map(() => 0)
    this.#dueAt = new Float64Array(horizonsMs.length).fill(Infinity)
  }

  add(at: number, sign: number, price: number, before: number, base: number): void {
    // The longest horizon is the last, and keeps trades the longest.
    const waiting = this.#added - this.#settled[this.#settled.length - 1]!
    if (waiting >= this.#capacity && this.#capacity < most) this.#grow()
    const from = (this.#added++ % this.#capacity) * columns
    this.#rows[from] = at
    this.#rows[from + 1] = sign
    this.#rows[from + 2] = price
    this.#rows[from + 3] = before
    this.#rows[from + 4] = base
    for (let horizon = 0; horizon < this.#dueAt.length; horizon++)
      if (this.#dueAt[horizon] === Infinity) this.#dueAt[horizon] = at + this.#horizonsMs[horizon]!
  }

  /** Hands over, by horizon, each trade whose time came before `at`, with the mid that held then. */
  settle(at: number, mid: number, take: (horizon: number, trade: Readonly<Paid>, mid: number) => void): void {
    for (let horizon = 0; horizon < this.#settled.length; horizon++) {
      if (!(this.#dueAt[horizon]! < at)) continue
      this.#dueAt[horizon] = Infinity
      let next = Math.max(this.#settled[horizon]!, this.#added - this.#capacity)
      for (; next < this.#added; next++) {
        const from = (next % this.#capacity) * columns
        const dueAt = this.#rows[from]! + this.#horizonsMs[horizon]!
        if (!(dueAt < at)) {
          this.#dueAt[horizon] = dueAt
          break
        }
        this.#trade.sign = this.#rows[from + 1]!
        this.#trade.price = this.#rows[from + 2]!
        this.#trade.before = this.#rows[from + 3]!
        this.#trade.base = this.#rows[from + 4]!
        if (!Number.isNaN(mid)) take(horizon, this.#trade, mid)
      }
      this.#settled[horizon] = next
    }
  }

  rescale(factor: number): void {
    for (let from = 0; from < this.#rows.length; from += columns) {
      this.#rows[from + 2]! *= factor
      this.#rows[from + 3]! *= factor
    }
  }

  forget(): void {
    this.#settled.fill(this.#added)
    this.#dueAt.fill(Infinity)
  }

  get #capacity(): number {
    return this.#rows.length / columns
  }

  #grow(): void {
    const [rows, before] = [this.#rows, this.#capacity]
    this.#rows = new Float64Array(rows.length * 2)
    for (let trade = Math.max(0, this.#added - before); trade < this.#added; trade++) {
      const from = (trade % before) * columns
      this.#rows.set(rows.subarray(from, from + columns), (trade % (before * 2)) * columns)
    }
  }
}
