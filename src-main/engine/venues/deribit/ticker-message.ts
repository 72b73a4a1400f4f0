import type { Instrument } from '../../../../src-shared/instrument'
import { Fields } from '../../scan/fields'
import { readLots, readSignedTicks } from '../../scan/figures'
import type { OffGrid } from '../../scan/off-grid'
import type { Scanner } from '../../scan/scanner'
import type { Lane, Quote, Reference } from '../venue'

/** Where each figure of a ticker goes. `_iv` are percent; `index_price` is in the currency of the strike. */
const figures = {
  mark_price: 'mark',
  index_price: 'index',
  current_funding: 'funding',
  open_interest: 'openInterest',
  underlying_price: 'underlying',
  mark_iv: 'markIv',
  bid_iv: 'bidIv',
  ask_iv: 'askIv',
  delta: 'delta',
  gamma: 'gamma',
  vega: 'vega',
  theta: 'theta'
} as const satisfies Readonly<Record<string, keyof Reference>>
const names = Object.keys(figures) as (keyof typeof figures)[]
const targets: readonly (keyof Reference)[] = names.map((name) => figures[name])

const fields = new Fields([
  ...names,
  ...(['best_bid_price', 'best_bid_amount', 'best_ask_price', 'best_ask_amount'] as const),
  ...(['timestamp', 'greeks'] as const)
])
const BID = fields.index('best_bid_price')
const BID_SIZE = fields.index('best_bid_amount')
const ASK = fields.index('best_ask_price')
const ASK_SIZE = fields.index('best_ask_amount')
const TIME = fields.index('timestamp')
const GREEKS = fields.index('greeks')
const LETTER_N = 0x6e
const OPEN_OBJECT = 0x7b

/** Reads the `data` of a `ticker` or `quote` notification. What is told stays apart from the lane until the whole message was found sound. */
export class TickerMessage {
  #told: Partial<Reference> = {}
  readonly #quote: Quote = { bid: NaN, bidSize: NaN, ask: NaN, askSize: NaN, sequence: NaN, at: NaN }
  #sides = 0

  /** Fails the scanner on anything unsound. */
  stage(scan: Scanner, lane: Lane, offGrid: OffGrid): void {
    this.#told = {}
    this.#sides = 0
    this.#object(scan, lane.instrument, offGrid)
    if (this.#told.at === undefined) scan.fail()
  }

  /** Whether all four numbers of the best quote were told. */
  get hasQuote(): boolean {
    return this.#sides === 15
  }

  /** Figures the venue left out stay as they were. */
  handOver({ quote, reference }: Lane): void {
    Object.assign(reference, this.#told)
    if (!this.hasQuote) return
    const { bid, bidSize, ask, askSize } = this.#quote
    // An empty side is written as zeros; of a combination's price of 0 only the size tells.
    quote.bid = bidSize > 0 ? bid : NaN
    quote.bidSize = bidSize > 0 ? bidSize : NaN
    quote.ask = askSize > 0 ? ask : NaN
    quote.askSize = askSize > 0 ? askSize : NaN
    quote.sequence = NaN
    quote.at = reference.at
  }

  #object(scan: Scanner, instrument: Instrument, offGrid: OffGrid): void {
    scan.enterObject()
    while (scan.nextKey()) {
      const field = fields.match(scan)
      if (field < 0) scan.skip()
      else if (field < targets.length) this.#figure(targets[field]!, scan, instrument)
      else if (field === TIME) {
        this.#told.at = scan.whole()
        if (Number.isNaN(this.#told.at)) scan.fail()
      } else if (field === GREEKS) {
        if (scan.peek() === OPEN_OBJECT) this.#object(scan, instrument, offGrid)
        else scan.skip()
      } else this.#best(field, scan, instrument, offGrid)
    }
  }

  #figure(name: keyof Reference, scan: Scanner, instrument: Instrument): void {
    const n = scan.figure()
    if (name === 'index' && !isIndexQuoted(instrument)) return
    if (name === 'markIv' || name === 'bidIv' || name === 'askIv') this.#told[name] = n > 0 ? n / 100 : NaN
    else this.#told[name] = n
  }

  #best(field: number, scan: Scanner, instrument: Instrument, offGrid: OffGrid): void {
    const isPrice = field === BID || field === ASK
    let n = NaN
    if (scan.peek() === LETTER_N) scan.skip()
    else n = isPrice ? readSignedTicks(scan, instrument, offGrid) : readLots(scan, instrument, offGrid)
    if (field === BID) this.#quote.bid = n
    else if (field === BID_SIZE) this.#quote.bidSize = n
    else if (field === ASK) this.#quote.ask = n
    else this.#quote.askSize = n
    this.#sides |= field === BID ? 1 : field === BID_SIZE ? 2 : field === ASK ? 4 : field === ASK_SIZE ? 8 : 0
  }
}

/** The index is a price of the coin. That of a combination, or of an option quoted in coin, is another kind of number. */
const isIndexQuoted = ({ product, quote, option }: Instrument): boolean =>
  product !== 'combo' && (option === undefined || option.strikeCurrency === quote)
