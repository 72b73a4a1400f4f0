import type { Instrument } from '../../../../src-shared/instrument'
import { ExpectedKeys } from '../../dialects/expected-keys'
import { CLOSE_OBJECT, COMMA, OPEN_OBJECT } from '../../scan/bytes'
import { Fields } from '../../scan/fields'
import { readLots, readSignedTicks } from '../../scan/figures'
import type { OffGrid } from '../../scan/off-grid'
import { plainNumber, plainWhole } from '../../scan/plain'
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

const known = [
  ...names,
  ...(['best_bid_price', 'best_bid_amount', 'best_ask_price', 'best_ask_amount'] as const),
  ...(['timestamp', 'greeks'] as const)
]
const fields = new Fields(known)
/** The keys that we read, and those that we pass. */
const keys = new ExpectedKeys([
  ...known,
  ...['underlying_index', 'stats', 'state', 'settlement_price', 'min_price', 'max_price', 'last_price'],
  ...['interest_rate', 'instrument_name', 'rho', 'estimated_delivery_price', 'interest_value', 'funding_8h']
])
const BID = fields.index('best_bid_price')
const BID_SIZE = fields.index('best_bid_amount')
const ASK = fields.index('best_ask_price')
const ASK_SIZE = fields.index('best_ask_amount')
const TIME = fields.index('timestamp')
const GREEKS = fields.index('greeks')
const LETTER_N = 0x6e
const number = new Float64Array(1)

/** Reads the `data` of a `ticker` or `quote` notification. What is told stays apart from the lane until the whole message was found sound. */
export class TickerMessage {
  /** Figures by their place in `targets`, and which of them were told: a bit each. */
  readonly #figures = new Float64Array(targets.length)
  #told = 0
  #at = NaN
  readonly #quote: Quote = { bid: NaN, bidSize: NaN, ask: NaN, askSize: NaN, sequence: NaN, at: NaN }
  #sides = 0
  /** Of the plain form: which keys came, a bit each. */
  #seen = 0

  /** Fails the scanner on anything unsound. */
  stage(scan: Scanner, lane: Lane, offGrid: OffGrid): void {
    this.#begin()
    this.#object(scan, lane.instrument, offGrid)
    if (Number.isNaN(this.#at)) scan.fail()
  }

  /**
   * The same in one pass over the form that the venue sends: known keys, each once, in any order.
   * @returns behind the data; -1 for every other form, which is then staged from the beginning
   */
  readPlain(scan: Scanner, from: number, { instrument }: Lane): number {
    this.#begin()
    keys.begin()
    const end = this.#plainObject(scan, from, instrument)
    return Number.isNaN(this.#at) ? -1 : end
  }

  #begin(): void {
    this.#told = this.#seen = 0
    this.#sides = 0
    this.#at = NaN
  }

  /** Whether all four numbers of the best quote were told. */
  get hasQuote(): boolean {
    return this.#sides === 15
  }

  /** Figures the venue left out stay as they were. */
  handOver({ quote, reference }: Lane): void {
    for (let figure = 0; figure < targets.length; figure++)
      if (this.#told & (1 << figure)) reference[targets[figure]!] = this.#figures[figure]!
    reference.at = this.#at
    if (!this.hasQuote) return
    const { bid, bidSize, ask, askSize } = this.#quote
    // An empty side is written as zeros; of a combination's price of 0 only the size tells.
    quote.bid = bidSize > 0 ? bid : NaN
    quote.bidSize = bidSize > 0 ? bidSize : NaN
    quote.ask = askSize > 0 ? ask : NaN
    quote.askSize = askSize > 0 ? askSize : NaN
    quote.sequence = NaN
    quote.at = this.#at
  }

  #object(scan: Scanner, instrument: Instrument, offGrid: OffGrid): void {
    scan.enterObject()
    while (scan.nextKey()) {
      const field = fields.match(scan)
      if (field < 0) scan.skip()
      else if (field < targets.length) this.#figure(field, scan.figure(), instrument)
      else if (field === TIME) {
        this.#at = scan.whole()
        if (Number.isNaN(this.#at)) scan.fail()
      } else if (field === GREEKS) {
        if (scan.peek() === OPEN_OBJECT) this.#object(scan, instrument, offGrid)
        else scan.skip()
      } else this.#best(field, scan, instrument, offGrid)
    }
  }

  #figure(figure: number, n: number, instrument: Instrument): void {
    const name = targets[figure]!
    if (name === 'index' && !isIndexQuoted(instrument)) return
    const isVolatility = name === 'markIv' || name === 'bidIv' || name === 'askIv'
    this.#figures[figure] = isVolatility ? (n > 0 ? n / 100 : NaN) : n
    this.#told |= 1 << figure
  }

  /** Behind an object of known keys, -1 for what needs a closer look. */
  #plainObject(scan: Scanner, from: number, instrument: Instrument): number {
    const { bytes } = scan
    if (bytes[from] !== OPEN_OBJECT) return -1
    let at = from
    do {
      const key = keys.at(bytes, ++at)
      if (key < 0) return -1
      at = this.#plainValue(scan, at + keys.lengthOf(key), key, instrument)
      if (at < 0) return -1
    } while (bytes[at] === COMMA)
    return bytes[at] === CLOSE_OBJECT ? at + 1 : -1
  }

  #plainValue(scan: Scanner, from: number, key: number, instrument: Instrument): number {
    const { bytes } = scan
    if (key >= known.length) return scan.marks.behind(bytes, from)
    if (this.#seen & (1 << key)) return -1
    this.#seen |= 1 << key
    if (key < targets.length) {
      scan.at = from
      this.#figure(key, scan.figure(), instrument)
      return scan.failed() ? -1 : scan.at
    }
    if (key === GREEKS) return this.#plainObject(scan, from, instrument)
    const isPrice = key === BID || key === ASK
    const grid = isPrice ? instrument.price : instrument.size
    const end = key === TIME ? plainWhole(bytes, from, number, 0) : plainNumber(bytes, from, grid, number, 0)
    if (key === TIME) this.#at = number[0]!
    else this.#keep(key, number[0]!)
    return end
  }

  #best(field: number, scan: Scanner, instrument: Instrument, offGrid: OffGrid): void {
    const isPrice = field === BID || field === ASK
    let n = NaN
    if (scan.peek() === LETTER_N) scan.skip()
    else n = isPrice ? readSignedTicks(scan, instrument, offGrid) : readLots(scan, instrument, offGrid)
    this.#keep(field, n)
  }

  #keep(field: number, n: number): void {
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
