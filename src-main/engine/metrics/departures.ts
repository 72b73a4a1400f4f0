import { PriceRows } from '../math/price-rows'

/** Decreases that wait for their trades; beyond it the oldest is settled early. */
const mostWaiting = 8_192
/** Prices with trades that wait for their decrease; beyond it stale ones are dropped. */
const mostCredits = 2_048
/** Of each, before it is known that more are needed. */
const fewest = 256
/** Numbers of a price's row. */
const [credited, creditAt] = [1, 2] as const

/**
 * Tells what was cancelled from what was executed on one side of a book that only says how much rests: a decrease is an execution as far as trades at its
 * price, up to `settleMs` before or after it, account for it, the latest decrease first; the rest was cancelled. What was added and taken inside one message
 * is not seen. Decreases are many and lie in a row, in order; each knows the one before it whose price ends in the same bits, so that a trade looks only at
 * those of its price, however many wait.
 */
export class Departures {
  readonly #settleMs: number
  readonly #cancelled: (at: number, price: number, lots: number, tag: number) => void
  /** Of what waits, by its number modulo the room there is, which grows up to its cap: when, where, lots that no trade accounts for yet, and the tag. */
  #at = new Float64Array(fewest)
  #price = new Float64Array(fewest)
  #lots = new Float64Array(fewest)
  #tag = new Float64Array(fewest)
  /** By the last bits of a price: the number of its latest decrease; and of each decrease that of the one before it. Numbers wrap, ages do not. */
  #latest = new Int32Array(fewest)
  #before = new Int32Array(fewest)
  #first = 0
  #end = 0
  /** By price: lots of trades that no decrease accounts for yet, and when the last of them was. */
  readonly #credits = new PriceRows(2)
  #mostCredits = fewest / 2
  /**
   * Between which prices credits that still count can lie: those of since `#since`, and those of before it. Most decreases lie elsewhere, and a look at four
   * numbers saves a search among prices that twenty instruments do not keep in the processor's cache.
   */
  #since = -Infinity
  #low = Infinity
  #high = -Infinity
  #lowBefore = Infinity
  #highBefore = -Infinity

  /** @param cancelled told once it is settled, with the time of the decrease and the tag given with it; lots above 0 */
  constructor(settleMs: number, cancelled: (at: number, price: number, lots: number, tag: number) => void) {
    this.#settleMs = settleMs
    this.#cancelled = cancelled
  }

  left(at: number, price: number, lots: number, tag = 0): void {
    const rest = this.#mayBeCredited(price) ? this.#spend(at, price, lots) : lots
    if (rest === 0) return
    if (this.#end - this.#first === this.#at.length) this.#makeRoom()
    const place = this.#end++ & (this.#at.length - 1)
    this.#at[place] = at
    this.#price[place] = price
    this.#lots[place] = rest
    this.#tag[place] = tag
    this.#chain(this.#end - 1)
  }

  traded(at: number, price: number, lots: number): void {
    const rest = this.#execute(price, lots)
    if (rest === 0) return
    this.#reach(at, price)
    const place = this.#credits.row(price)
    const { cells } = this.#credits
    const before = at - cells[place + creditAt]! <= this.#settleMs ? cells[place + credited]! : 0
    cells[place + credited] = before + rest
    cells[place + creditAt] = at
    if (this.#credits.size > this.#mostCredits) this.#prune(at)
  }

  /** Decreases that are older than `settleMs` at `at` are settled. */
  pass(at: number): void {
    const mask = this.#at.length - 1
    while (this.#first < this.#end && this.#at[this.#first & mask]! + this.#settleMs < at) this.#settle()
  }

  clear(): void {
    this.#first = this.#end
    this.#credits.clear()
    this.#since = -Infinity
    this.#low = this.#lowBefore = Infinity
    this.#high = this.#highBefore = -Infinity
  }

  /** Of the decreases of this price that wait, the latest first; answers the lots that are left of the trade. */
  #execute(price: number, lots: number): number {
    const mask = this.#at.length - 1
    const bits = price & mask
    const waiting = this.#end - this.#first
    let rest = lots
    let isFirst = true
    let age = (this.#end - this.#latest[bits]!) | 0
    for (let younger = 0; age > younger && age <= waiting;) {
      const place = (this.#end - age) & mask
      const open = this.#lots[place]!
      if (open > 0 && this.#price[place] === price) {
        const executed = open < rest ? open : rest
        this.#lots[place] = open - executed
        rest -= executed
        if (rest === 0) return 0
      }
      // What is told already is not looked at again.
      if (isFirst && this.#lots[place] === 0) this.#latest[bits] = this.#before[place]!
      else isFirst = false
      younger = age
      age = (this.#end - this.#before[place]!) | 0
    }
    return rest
  }

  #chain(row: number): void {
    const mask = this.#at.length - 1
    const bits = this.#price[row & mask]! & mask
    this.#before[row & mask] = this.#latest[bits]!
    this.#latest[bits] = row | 0
  }

  #mayBeCredited(price: number): boolean {
    return (
      (price >= this.#low && price <= this.#high) || (price >= this.#lowBefore && price <= this.#highBefore)
    )
  }

  /** A credit at `price`. What came before the last stretch of `settleMs` no longer counts. */
  #reach(at: number, price: number): void {
    if (at - this.#since > this.#settleMs) {
      this.#lowBefore = this.#low
      this.#highBefore = this.#high
      this.#since = at
      this.#low = this.#high = price
      return
    }
    if (price < this.#low) this.#low = price
    if (price > this.#high) this.#high = price
  }

  /** Answers the lots that trades before the decrease do not account for. */
  #spend(at: number, price: number, lots: number): number {
    const place = this.#credits.find(price)
    if (place < 0) return lots
    const { cells } = this.#credits
    if (at - cells[place + creditAt]! > this.#settleMs) {
      this.#credits.drop(place)
      return lots
    }
    const credit = cells[place + credited]!
    if (credit > lots) cells[place + credited] = credit - lots
    else this.#credits.drop(place)
    return credit > lots ? 0 : lots - credit
  }

  #makeRoom(): void {
    const room = this.#at.length
    if (room === mostWaiting) {
      this.#settle()
      return
    }
    const moved = (before: Float64Array): Float64Array<ArrayBuffer> => {
      const grown = new Float64Array(room * 2)
      for (let row = this.#first; row < this.#end; row++)
        grown[row & (room * 2 - 1)] = before[row & (room - 1)]!
      return grown
    }
    this.#at = moved(this.#at)
    this.#price = moved(this.#price)
    this.#lots = moved(this.#lots)
    this.#tag = moved(this.#tag)
    this.#latest = new Int32Array(room * 2).fill(this.#first - 1)
    this.#before = new Int32Array(room * 2)
    for (let row = this.#first; row < this.#end; row++) this.#chain(row)
  }

  #settle(): void {
    const place = this.#first++ & (this.#at.length - 1)
    const lots = this.#lots[place]!
    if (lots > 0) this.#cancelled(this.#at[place]!, this.#price[place]!, lots, this.#tag[place]!)
  }

  #prune(at: number): void {
    this.#credits.filter((cells, place) => at - cells[place + creditAt]! <= this.#settleMs)
    if (this.#credits.size > mostCredits / 2) this.#credits.clear()
    this.#mostCredits = Math.max(fewest / 2, 2 * this.#credits.size)
  }
}
