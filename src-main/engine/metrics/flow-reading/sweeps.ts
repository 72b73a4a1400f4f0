import { beyond } from '../../math/beyond'
import type { Scales } from './scales'
import type { BaseOf, Tell } from './sighting'

/** An order through fewer prices is large, but sweeps nothing. */
const leastPrices = 5
/** So long after it the mid must still hold this share of its span: what is filled up again at once was met, not swept. */
const heldMs = 250
const heldShare = 0.4
/** Orders that wait to be judged; a further one is not. */
const most = 16

interface Order {
  readonly at: number
  readonly sign: 1 | -1
  readonly size: number
  readonly spanBps: number
  readonly first: number
  readonly last: number
  readonly prices: number
}

/**
 * Orders that take price after price, and the price stays there: prints of one side at one venue time are one order. Its first price stands for the touch it
 * met, as the book may be told before the trade.
 */
export class Sweeps {
  readonly #scales: Scales
  readonly #tell: Tell
  #venueAt = NaN
  #at = NaN
  #sign = 0
  #lots = 0
  #first = NaN
  #last = NaN
  #prices = 0
  #waiting: Order[] = []

  constructor(scales: Scales, tell: Tell) {
    this.#scales = scales
    this.#tell = tell
  }

  add(at: number, venueAt: number, sign: number, price: number, lots: number, base: BaseOf): void {
    const time = Number.isNaN(venueAt) ? at : venueAt
    if (time !== this.#venueAt || sign !== this.#sign) {
      this.close(base)
      this.#venueAt = time
      this.#sign = sign
      this.#first = price
    }
    if (price !== this.#last) this.#prices++
    this.#at = at
    this.#last = price
    this.#lots += lots
  }

  /** Nothing more of an order that came before `at` is expected. */
  pass(at: number, base: BaseOf): void {
    if (at > this.#at) this.close(base)
  }

  close(base: BaseOf): void {
    if (this.#lots === 0) return
    const size = base(this.#lots)
    const spanBps = (Math.abs(this.#last - this.#first) / this.#first) * 1e4
    const { order, span } = this.#scales
    if (this.#prices >= leastPrices && size > order && spanBps > span && this.#waiting.length < most)
      this.#waiting.push({
        ...{ at: this.#at, sign: this.#sign > 0 ? 1 : -1, size, spanBps },
        ...{ first: this.#first, last: this.#last, prices: this.#prices }
      })
    this.#scales.ordered(this.#at, size, spanBps)
    this.#begin()
  }

  /** After a message of the book: tells of the orders that moved the price to stay. */
  look(at: number, mid: number): void {
    while (this.#waiting.length > 0 && at - this.#waiting[0]!.at >= heldMs) {
      const order = this.#waiting.shift()!
      const heldBps = order.sign * (mid / order.first - 1) * 1e4
      if (heldBps >= heldShare * order.spanBps) this.#see(at, order, heldBps)
    }
  }

  forget(): void {
    this.#begin()
    this.#waiting = []
  }

  #begin(): void {
    this.#lots = this.#prices = this.#sign = 0
    this.#venueAt = this.#first = this.#last = NaN
  }

  #see(at: number, { sign, size, spanBps, last, prices }: Order, heldBps: number): void {
    const { order, span } = this.#scales
    this.#tell(at, {
      kind: 'sweep',
      side: sign > 0 ? 'ask' : 'bid',
      price: last,
      sign,
      confidence: Math.min(beyond(size, order), beyond(spanBps, span), beyond(heldBps, heldShare * spanBps)),
      words: `One order ${sign > 0 ? 'bought' : 'sold'} its way through ${prices} prices, and the price stays.`,
      evidence: [
        { title: 'Size', value: size, unit: 'base' },
        { title: 'P99.9 of orders', value: order, unit: 'base' },
        { title: 'Span', value: spanBps, unit: 'bps' },
        { title: 'P99.9 of spans', value: span, unit: 'bps' },
        { title: 'Held a quarter of a second later', value: heldBps, unit: 'bps' },
        { title: 'Prices', value: prices, unit: 'count' }
      ]
    })
  }
}
