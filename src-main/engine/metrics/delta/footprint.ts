import { PriceMap } from '../../math/price-map'

/** Prices that one interval tells apart; beyond it the price step is doubled. */
const mostRows = 128
/** Intervals kept, the running one included. */
const mostKept = 20

/** Numbers a row: start of the interval (Unix s), price (ticks, lower end of the step), the step (ticks), sold into bids, bought from asks (base), whole (1 or 0). */
export const footprintWidth = 6

/** Bought and sold volume by price step and interval, of the latest intervals. */
export class Footprint {
  readonly #intervalMs: number
  readonly #closed: Float64Array[] = []
  readonly #rowOf = new PriceMap(2 * mostRows)
  readonly #prices = new Float64Array(mostRows)
  readonly #sold = new Float64Array(mostRows)
  readonly #bought = new Float64Array(mostRows)
  #count = 0
  #step = 1
  #from = NaN
  #whole = 1

  constructor(intervalMs: number) {
    this.#intervalMs = intervalMs
  }

  /** `price` in whole ticks. An interval's first trade decides its step, a round number of ticks of about `stepBps`. */
  add(at: number, price: number, bought: number, sold: number, stepBps: number): void {
    this.#open(at)
    if (this.#count === 0) this.#step = roundStep(price, stepBps)
    const row = this.#row(price)
    this.#bought[row]! += bought
    this.#sold[row]! += sold
  }

  /** Nothing is known of before `at`: the interval it falls in is not whole. */
  beginAt(at: number): void {
    this.#open(at)
    this.#whole = at > this.#from ? 0 : 1
  }

  /** From here on something may be missing: the running interval is not whole. */
  broken(): void {
    this.#whole = 0
  }

  /** The latest intervals, oldest first, prices rising; undefined when there is none. */
  rows(): Float64Array | undefined {
    const parts = [...this.#closed, this.#running()]
    const out = new Float64Array(parts.reduce((sum, it) => sum + it.length, 0))
    let from = 0
    for (const part of parts) {
      out.set(part, from)
      from += part.length
    }
    return out.length > 0 ? out : undefined
  }

  rescale(factor: number): void {
    for (const rows of this.#closed)
      for (let at = 0; at < rows.length; at += footprintWidth) {
        rows[at + 1]! *= factor
        rows[at + 2]! *= factor
      }
    this.#step *= factor
    this.#rowOf.rescale(factor)
    for (let row = 0; row < this.#count; row++) this.#prices[row]! *= factor
  }

  #open(at: number): void {
    const from = Math.floor(at / this.#intervalMs) * this.#intervalMs
    if (from === this.#from) return
    if (this.#count > 0) this.#closed.push(this.#running())
    if (this.#closed.length >= mostKept) this.#closed.shift()
    this.#rowOf.clear()
    this.#count = 0
    this.#from = from
    this.#whole = 1
  }

  #row(price: number): number {
    const level = Math.floor(price / this.#step) * this.#step
    const known = this.#rowOf.get(level)
    if (!Number.isNaN(known)) return known
    if (this.#count === mostRows) {
      this.#coarsen()
      return this.#row(price)
    }
    const row = this.#count++
    this.#rowOf.set(level, row)
    this.#prices[row] = level
    this.#sold[row] = this.#bought[row] = 0
    return row
  }

  /** Twice the step: neighbours become one. */
  #coarsen(): void {
    const rows = Array.from({ length: this.#count }, (_, row) => [
      this.#prices[row]!,
      this.#bought[row]!,
      this.#sold[row]!
    ])
    this.#step *= 2
    this.#count = 0
    this.#rowOf.clear()
    for (const [price = NaN, bought = 0, sold = 0] of rows) {
      const row = this.#row(price)
      this.#bought[row]! += bought
      this.#sold[row]! += sold
    }
  }

  #running(): Float64Array {
    const order = Array.from({ length: this.#count }, (_, row) => row)
    order.sort((a, b) => this.#prices[a]! - this.#prices[b]!)
    return Float64Array.from(
      order.flatMap((row) => [
        this.#from / 1_000,
        this.#prices[row]!,
        this.#step,
        this.#sold[row]!,
        this.#bought[row]!,
        this.#whole
      ])
    )
  }
}

/** A round number of ticks (1, 2 or 5 times a power of ten) of about `bps` of the price. */
export function roundStep(price: number, bps: number): number {
  const wanted = Math.max(1, (price * bps) / 1e4)
  const power = 10 ** Math.floor(Math.log10(wanted))
  return power * ([1, 2, 5].findLast((it) => it * power <= wanted) ?? 1)
}
