import type { Instrument } from '../../../../src-shared/instrument'
import { Fields } from '../../scan/fields'
import type { OffGrid } from '../../scan/off-grid'
import type { Scanner } from '../../scan/scanner'
import type { Lane, Reference } from '../../venues/venue'

type Figure = Exclude<keyof Reference, 'at'>
/** The venue's names for the figures of derivatives and options; `zeroIsNone` where it writes 0 for what it does not know. */
const figures: readonly { readonly name: string; readonly as: Figure; readonly zeroIsNone: boolean }[] = [
  { name: 'markPrice', as: 'mark', zeroIsNone: true },
  { name: 'indexPrice', as: 'index', zeroIsNone: true },
  { name: 'underlyingPrice', as: 'underlying', zeroIsNone: true },
  { name: 'fundingRate', as: 'funding', zeroIsNone: false },
  { name: 'nextFundingTime', as: 'nextFundingAt', zeroIsNone: true },
  { name: 'openInterest', as: 'openInterest', zeroIsNone: false },
  { name: 'markPriceIv', as: 'markIv', zeroIsNone: true },
  { name: 'bidIv', as: 'bidIv', zeroIsNone: true },
  { name: 'askIv', as: 'askIv', zeroIsNone: true },
  { name: 'delta', as: 'delta', zeroIsNone: false },
  { name: 'gamma', as: 'gamma', zeroIsNone: false },
  { name: 'vega', as: 'vega', zeroIsNone: false },
  { name: 'theta', as: 'theta', zeroIsNone: false }
]
const fields = new Fields([
  ...figures.map(({ name }) => name),
  ...['bidPrice', 'bidSize', 'askPrice', 'askSize']
])
const [BID, BID_SIZE, ASK, ASK_SIZE] = [
  fields.index('bidPrice'),
  fields.index('bidSize'),
  fields.index('askPrice'),
  fields.index('askSize')
]

/** The `data` of a ticker. Deltas hold only what has changed: figures that are not there stay as they are. */
export class Ticker {
  readonly #values = new Float64Array(figures.length)
  /** Best prices and their sizes: of options, which have no book of depth 1. */
  readonly #touch = new Float64Array(4)
  #hasFigures = false
  #hasQuote = false

  read(scan: Scanner, { instrument }: Lane, offGrid: OffGrid): void {
    fields.clear()
    fields.collect(scan)
    this.#hasFigures = false
    for (let field = 0; field < figures.length; field++) {
      if (!fields.has(field) || !fields.seek(field, scan)) continue
      const value = scan.figure()
      this.#values[field] = figures[field]!.zeroIsNone ? value || NaN : value
      this.#hasFigures = true
    }
    this.#hasQuote = [BID, BID_SIZE, ASK, ASK_SIZE].every((field) => fields.has(field))
    if (this.#hasQuote) this.#readTouch(scan, instrument, offGrid)
  }

  /** False where it held none of them. */
  refer({ reference }: Lane, at: number): boolean {
    if (!this.#hasFigures) return false
    for (let field = 0; field < figures.length; field++)
      if (fields.has(field)) reference[figures[field]!.as] = this.#values[field]!
    reference.at = at
    return true
  }

  /** False where it held none. */
  quote({ quote }: Lane, at: number): boolean {
    if (!this.#hasQuote) return false
    const [bid, bidSize, ask, askSize] = this.#touch
    quote.bid = bid || NaN
    quote.bidSize = bidSize || NaN
    quote.ask = ask || NaN
    quote.askSize = askSize || NaN
    quote.sequence = NaN
    quote.at = at
    return true
  }

  #readTouch(scan: Scanner, { price, size }: Instrument, offGrid: OffGrid): void {
    ;[BID, BID_SIZE, ASK, ASK_SIZE].forEach((field, at) => {
      const isPrice = field === BID || field === ASK
      const n = fields.seek(field, scan) ? scan.decimal(isPrice ? price : size) : NaN
      if (Number.isNaN(n) && !scan.failed()) offGrid.note(isPrice ? 'price' : 'size', scan)
      this.#touch[at] = n
    })
  }
}
