import { PriceRows } from '../math/price-rows'

/** Decreases that wait for their trades; beyond it the oldest is settled early. */
const mostWaiting = 8_192
/** Prices with trades that wait for their decrease; beyond it stale ones are dropped. */
const mostCredits = 2_048
/** Of each, before it is known that more are needed. */
const fewest = 256
/** Numbers of a price's row. */
const [open, credited, creditAt] = [1, 2, 3] as const

/**
 * Tells what was cancelled from what was executed on one side of a book that only says how much rests: a decrease is an execution as far as trades at its
 * price, up to `settleMs` before or after it, account for it; the rest was cancelled. What was added and taken inside one message is not seen.
 */
export class Departures {
  readonly #settleMs: number
  readonly #cancelled: (at: number, price: number, lots: number, tag: number) => void
  /** Grows up to its cap. As small as it can be, for it is written round and round. */
  #rows = new Float64Array(4 * fewest)
  #first = 0
  #end = 0
  /**
   * By price: lots of decreases that no trade accounts for yet, lots of trades that no decrease accounts for yet, and when the last of those was. A row has
   * one or the other, or both; 0 lots and NaN times are none.
   */
  readonly #rowsOf = new PriceRows(3)
  #credits = 0
  #mostCredits = fewest

  /** @param cancelled told once it is settled, with the time of the decrease and the tag given with it; lots above 0 */
  constructor(settleMs: number, cancelled: (at: number, price: number, lots: number, tag: number) => void) {
    this.#settleMs = settleMs
    this.#cancelled = cancelled
  }

  left(at: number, price: number, lots: number, tag = 0): void {
    if (this.#end - this.#first === this.#rows.length / 4) this.#makeRoom()
    const place = this.#row(price)
    const { cells } = this.#rowsOf
    const credit = at - cells[place + creditAt]! <= this.#settleMs ? cells[place + credited]! : 0
    const executed = Math.min(credit, lots)
    if (executed > 0) cells[place + credited] = credit - executed
    if (executed === lots) return
    cells[place + open]! += lots - executed
    const from = (this.#end++ * 4) % this.#rows.length
    this.#rows[from] = at
    this.#rows[from + 1] = price
    this.#rows[from + 2] = lots - executed
    this.#rows[from + 3] = tag
  }

  traded(at: number, price: number, lots: number): void {
    const place = this.#row(price)
    const { cells } = this.#rowsOf
    const executed = Math.min(cells[place + open]!, lots)
    cells[place + open]! -= executed
    if (executed === lots) return
    const last = cells[place + creditAt]!
    const before = at - last <= this.#settleMs ? cells[place + credited]! : 0
    cells[place + credited] = before + lots - executed
    cells[place + creditAt] = at
    if (Number.isNaN(last) && ++this.#credits > this.#mostCredits) this.#prune(at)
  }

  /** Decreases that are older than `settleMs` at `at` are settled. */
  pass(at: number): void {
    while (this.#first < this.#end) {
      if (!(this.#rows[(this.#first * 4) % this.#rows.length]! + this.#settleMs < at)) return
      this.#settle()
    }
  }

  clear(): void {
    this.#first = this.#end = 0
    this.#credits = 0
    this.#rowsOf.clear()
  }

  #row(price: number): number {
    const place = this.#rowsOf.row(price)
    const { cells } = this.#rowsOf
    if (Number.isNaN(cells[place + open]!)) cells[place + open] = cells[place + credited] = 0
    return place
  }

  #makeRoom(): void {
    if (this.#rows.length === 4 * mostWaiting) {
      this.#settle()
      return
    }
    const before = this.#rows
    this.#rows = new Float64Array(before.length * 2)
    // All are full: the oldest lies where the next would come.
    const from = (this.#first * 4) % before.length
    this.#rows.set(before.subarray(from))
    this.#rows.set(before.subarray(0, from), before.length - from)
    this.#end -= this.#first
    this.#first = 0
  }

  #settle(): void {
    const from = (this.#first++ * 4) % this.#rows.length
    const price = this.#rows[from + 1]!
    const place = this.#rowsOf.find(price)
    if (place < 0) return
    const { cells } = this.#rowsOf
    const left = cells[place + open]!
    const lots = Math.min(left, this.#rows[from + 2]!)
    cells[place + open] = left - lots
    if (left === lots && Number.isNaN(cells[place + creditAt]!)) this.#rowsOf.drop(place)
    if (lots > 0) this.#cancelled(this.#rows[from]!, price, lots, this.#rows[from + 3]!)
  }

  #prune(at: number): void {
    const isRecent = (cells: Float64Array, place: number): boolean =>
      at - cells[place + creditAt]! <= this.#settleMs
    this.#forgetCredits((cells, place) => !isRecent(cells, place))
    if (this.#credits > mostCredits / 2) this.#forgetCredits(() => true)
    this.#mostCredits = Math.min(mostCredits, Math.max(fewest, 2 * this.#credits))
  }

  #forgetCredits(which: (cells: Float64Array, place: number) => boolean): void {
    this.#credits = 0
    this.#rowsOf.filter((cells, place) => {
      if (which(cells, place)) {
        cells[place + credited] = 0
        cells[place + creditAt] = NaN
      } else this.#credits++
      return cells[place + open]! > 0 || !Number.isNaN(cells[place + creditAt]!)
    })
  }
}
