import type { Scales } from './scales'
import type { BaseOf, Tell } from './sighting'
import { beyond } from './sighting'

/** An order through fewer prices is large, but sweeps nothing. */
const leastPrices = 5
/** An order counts as a sweep when it goes this much farther than 999 of 1,000. */
const margin = 1.5

/** Orders that take price after price: prints of one side at one venue time are one order. */
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
    if (this.#prices >= leastPrices && size > order && spanBps > margin * span) this.#see(size, spanBps)
    this.#scales.ordered(this.#at, size, spanBps)
    this.forget()
  }

  forget(): void {
    this.#lots = this.#prices = this.#sign = 0
    this.#venueAt = this.#first = this.#last = NaN
  }

  #see(size: number, spanBps: number): void {
    const sign = this.#sign > 0 ? 1 : -1
    const { order, span } = this.#scales
    this.#tell(this.#at, {
      kind: 'sweep',
      side: sign > 0 ? 'ask' : 'bid',
      price: this.#last,
      sign,
      confidence: Math.min(beyond(size, order), beyond(spanBps, margin * span)),
      words: `One order ${sign > 0 ? 'bought' : 'sold'} its way through ${this.#prices} prices.`,
      evidence: [
        { title: 'Size', value: size, unit: 'base' },
        { title: 'P99.9 of orders', value: order, unit: 'base' },
        { title: 'Span', value: spanBps, unit: 'bps' },
        { title: 'P99.9 of spans', value: span, unit: 'bps' },
        { title: 'Prices', value: this.#prices, unit: 'count' }
      ]
    })
  }
}
