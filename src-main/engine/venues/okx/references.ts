import { Fields } from '../../scan/fields'
import type { Scanner } from '../../scan/scanner'
import type { Symbols } from '../../scan/symbols'
import type { Lane, Reference, Sink } from '../venue'
import { indexOf } from './symbol-name'

type Figure = Exclude<keyof Reference, 'at' | 'openInterest'>
/** Greeks are those of Black and Scholes, in dollars; the venue's others are in coins. */
const figures: readonly (readonly [name: string, as: Figure])[] = [
  ['markPx', 'mark'],
  ['idxPx', 'index'],
  ['fundingRate', 'funding'],
  // When the running interval ends; `nextFundingTime` ends the one after.
  ['fundingTime', 'nextFundingAt'],
  ['fwdPx', 'underlying'],
  ['markVol', 'markIv'],
  ['bidVol', 'bidIv'],
  ['askVol', 'askIv'],
  ['deltaBS', 'delta'],
  ['gammaBS', 'gamma'],
  ['vegaBS', 'vega'],
  ['thetaBS', 'theta']
]
const fields = new Fields([...figures.map(([name]) => name), 'oi', 'oiCcy', 'instId', 'ts'])
const [CONTRACTS, COINS, SYMBOL, TIME] = [
  fields.index('oi'),
  fields.index('oiCcy'),
  fields.index('instId'),
  fields.index('ts')
]
const MARK = fields.index('markPx')

/** More than a line carries. */
const MOST_FOLLOWERS = 1000

/** The `data` of mark price, open interest, funding, option summary and index: rows of figures, each of one instrument or of an index that several follow. */
export class References {
  readonly #scan: Scanner
  readonly #symbols: Symbols
  /** Derivatives whose mark came over this line, by index: index messages do not name them. */
  readonly #followers = new Map<string, Set<string>>()
  readonly #values = new Float64Array(figures.length)

  constructor(scan: Scanner, symbols: Symbols) {
    this.#scan = scan
    this.#symbols = symbols
  }

  /** Reads all rows and, where `tells`, hands them over: first once without, to find them sound. */
  read(sink: Sink, isIndex: boolean, tells: boolean): void {
    const scan = this.#scan
    scan.enterArray()
    while (scan.nextItem()) {
      const behind = this.#row()
      const symbol = fields.seek(SYMBOL, scan) && scan.string() ? this.#symbols.text(scan) : undefined
      if (symbol !== undefined && isIndex) this.#index(symbol, sink, tells)
      else if (symbol !== undefined) this.#refer(sink.lane(symbol), symbol, sink, tells)
      if (!scan.failed()) scan.at = behind
    }
  }

  #row(): number {
    const scan = this.#scan
    fields.clear()
    fields.collect(scan)
    return scan.at
  }

  #index(index: string, sink: Sink, tells: boolean): void {
    for (const symbol of this.#followers.get(index) ?? []) {
      const lane = sink.lane(symbol)
      if (lane && isIndexQuoted(lane)) this.#refer(lane, symbol, sink, tells)
    }
  }

  #refer(lane: Lane | undefined, symbol: string, sink: Sink, tells: boolean): void {
    if (!lane) return
    const at = this.#figure(TIME)
    for (let field = 0; field < figures.length; field++)
      if (fields.has(field)) this.#values[field] = this.#figure(field)
    const contracts = fields.has(CONTRACTS) ? this.#openInterest(lane) : NaN
    if (!tells) return
    const { reference } = lane
    for (let field = 0; field < figures.length; field++)
      if (fields.has(field)) reference[figures[field]![1]] = this.#values[field]!
    if (fields.has(CONTRACTS)) reference.openInterest = contracts
    reference.at = at
    if (fields.has(MARK)) this.#follow(symbol)
    sink.reference(lane)
  }

  /** In base currency, in dollars where contracts are worth dollars. The venue's own conversion serves while a contract's worth is unknown. */
  #openInterest({ instrument: { contract } }: Lane): number {
    const money = this.#figure(CONTRACTS) * contract.of
    if (!Number.isNaN(money) || contract.currency === 'quote') return money
    return fields.has(COINS) ? this.#figure(COINS) : NaN
  }

  #figure(field: number): number {
    return fields.seek(field, this.#scan) ? this.#scan.figure() : NaN
  }

  #follow(symbol: string): void {
    const index = indexOf(symbol)
    const followers = this.#followers.get(index) ?? new Set()
    if (this.#followers.size >= MOST_FOLLOWERS || followers.size >= MOST_FOLLOWERS) return
    this.#followers.set(index, followers.add(symbol))
  }
}

/** The index is a price of the coin in money: of an option that is quoted in the coin it is another kind of number. */
const isIndexQuoted = ({ instrument: { quote, option } }: Lane): boolean =>
  option === undefined || option.strikeCurrency === quote
