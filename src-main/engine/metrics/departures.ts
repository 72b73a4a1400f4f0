import { PriceMap } from '../math/price-map'

/** Decreases that wait for their trades; beyond it the oldest is settled early. */
const mostWaiting = 8_192
/** Prices with trades that wait for their decrease; beyond it stale ones are dropped. */
const mostCredits = 2_048

/**
 * Tells what was cancelled from what was executed on one side of a book that only says how much rests: a decrease is an execution as far as trades at its
 * price, up to `settleMs` before or after it, account for it; the rest was cancelled. What was added and taken inside one message is not seen.
 */
export class Departures {
  readonly #settleMs: number
  readonly #cancelled: (at: number, price: number, lots: number, tag: number) => void
  readonly #rows = new Float64Array(4 * mostWaiting)
  #first = 0
  #end = 0
  /** Decreases by price that no trade accounts for yet. */
  readonly #open = new PriceMap()
  /** Trades by price that no decrease accounts for yet, and when the last of them was. */
  readonly #credit = new PriceMap()
  readonly #creditAt = new PriceMap()

  /** @param cancelled told once it is settled, with the time of the decrease and the tag given with it; lots above 0 */
  constructor(settleMs: number, cancelled: (at: number, price: number, lots: number, tag: number) => void) {
    this.#settleMs = settleMs
    this.#cancelled = cancelled
  }

  left(at: number, price: number, lots: number, tag = 0): void {
    const credit = at - this.#creditAt.get(price) <= this.#settleMs ? this.#credit.get(price) : 0
    const executed = Math.min(credit, lots)
    if (executed > 0) this.#credit.set(price, credit - executed)
    if (executed === lots) return
    if (this.#end - this.#first === mostWaiting) this.#settle()
    this.#open.set(price, (this.#open.get(price) || 0) + lots - executed)
    const from = (this.#end++ % mostWaiting) * 4
    this.#rows[from] = at
    this.#rows[from + 1] = price
    this.#rows[from + 2] = lots - executed
    this.#rows[from + 3] = tag
  }

  traded(at: number, price: number, lots: number): void {
    const open = this.#open.get(price) || 0
    const executed = Math.min(open, lots)
    if (executed > 0) this.#open.set(price, open - executed)
    if (executed === lots) return
    const before = at - this.#creditAt.get(price) <= this.#settleMs ? this.#credit.get(price) : 0
    this.#credit.set(price, before + lots - executed)
    this.#creditAt.set(price, at)
    if (this.#creditAt.size > mostCredits) this.#prune(at)
  }

  /** Decreases that are older than `settleMs` at `at` are settled. */
  pass(at: number): void {
    while (this.#first < this.#end) {
      if (!(this.#rows[(this.#first % mostWaiting) * 4]! + this.#settleMs < at)) return
      this.#settle()
    }
  }

  clear(): void {
    this.#first = this.#end = 0
    for (const map of [this.#open, this.#credit, this.#creditAt]) map.clear()
  }

  #settle(): void {
    const from = (this.#first++ % mostWaiting) * 4
    const price = this.#rows[from + 1]!
    const open = this.#open.get(price) || 0
    const lots = Math.min(open, this.#rows[from + 2]!)
    if (open > lots) this.#open.set(price, open - lots)
    else this.#open.delete(price)
    if (lots > 0) this.#cancelled(this.#rows[from]!, price, lots, this.#rows[from + 3]!)
  }

  #prune(at: number): void {
    this.#creditAt.filter((time) => at - time <= this.#settleMs)
    if (this.#creditAt.size > mostCredits / 2) this.#creditAt.clear()
    this.#credit.filter((_, price) => !Number.isNaN(this.#creditAt.get(price)))
  }
}
