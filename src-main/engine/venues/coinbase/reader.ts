import type { Lane, Reader, Reading, Sink } from '../venue'
import { Fields } from '../../scan/fields'
import { readInstant } from '../../scan/instant'
import { readLevels } from '../../scan/levels'
import { OffGrid } from '../../scan/off-grid'
import { Scanner } from '../../scan/scanner'
import { SidedRows } from '../../scan/sided-rows'
import { Symbols } from '../../scan/symbols'
import { millis } from '../../../../src-shared/units'
import { decodeNotice } from './notices'
import { TradeTrail } from './trade-trail'
import { readUpdate } from './update'

const fields = new Fields([
  ...([
    'type',
    'product_id',
    'bids',
    'asks',
    'changes',
    'time',
    'trade_id',
    'side',
    'size',
    'price'
  ] as const),
  ...(['best_bid', 'best_bid_size', 'best_ask', 'best_ask_size', 'last_trade_id'] as const)
])
const [TYPE, PRODUCT, TIME] = [fields.index('type'), fields.index('product_id'), fields.index('time')]
const [BIDS, ASKS, CHANGES] = [fields.index('bids'), fields.index('asks'), fields.index('changes')]
const [TRADE_ID, SIDE, SIZE, PRICE] = [
  fields.index('trade_id'),
  fields.index('side'),
  fields.index('size'),
  fields.index('price')
]
const [BID, BID_SIZE, ASK, ASK_SIZE] = [
  fields.index('best_bid'),
  fields.index('best_bid_size'),
  fields.index('best_ask'),
  fields.index('best_ask_size')
]
const LATEST = fields.index('last_trade_id')

const kinds = new Fields(['snapshot', 'l2update', 'match', 'last_match', 'ticker', 'heartbeat'])
const SNAPSHOT = kinds.index('snapshot')
const UPDATE = kinds.index('l2update')
const MATCH = kinds.index('match')
const LAST_MATCH = kinds.index('last_match')
const TICKER = kinds.index('ticker')

const sides = new Fields(['buy', 'sell'])
const SELL = sides.index('sell')
const rows = new SidedRows('buy', 'sell')

/** Reads Coinbase Exchange's level 2, matches, tickers and heartbeats, whatever the order of their keys, and follows each product's trade ids. */
export class CoinbaseReader implements Reader {
  readonly decode = decodeNotice
  readonly #scan = new Scanner()
  readonly #symbols = new Symbols()
  readonly #offGrid = new OffGrid()
  readonly #trails = new Map<string, TradeTrail>()
  #lane: Lane | undefined
  #unwatched = false
  /** Of the trade or heartbeat at hand. */
  #id = 0n

  read(bytes: Uint8Array, sink: Sink): Reading {
    const updated = readUpdate(this.#scan.load(bytes), this.#symbols, sink)
    if (!updated) return this.#readAny(bytes, sink)
    sink.book(updated)
    return 'taken'
  }

  #readAny(bytes: Uint8Array, sink: Sink): Reading {
    const scan = this.#begin(bytes)
    if (scan.peek() !== 0x7b) return 'ordinary'
    this.#walk(sink)
    if (scan.failed() || !scan.atEnd()) return 'malformed'
    const kind = fields.has(TYPE) && fields.seek(TYPE, scan) && scan.string() ? kinds.match(scan) : -1
    if (scan.failed()) return 'malformed'
    if (kind < 0) return 'ordinary'
    if (this.#unwatched) return 'taken'
    if (!this.#lane) return 'malformed'
    this.#stage(kind, this.#lane)
    if (scan.failed()) return 'malformed'
    if (this.#offGrid.any) {
      this.#offGrid.refine(this.#lane)
      return 'off-grid'
    }
    this.#handOver(kind, this.#lane, sink)
    return 'taken'
  }

  #begin(bytes: Uint8Array): Scanner {
    fields.clear()
    this.#offGrid.clear()
    this.#lane = undefined
    this.#unwatched = false
    return this.#scan.load(bytes)
  }

  #walk(sink: Sink): void {
    const scan = this.#scan
    scan.enterObject()
    while (scan.nextKey()) {
      const field = fields.match(scan)
      if (field >= 0) fields.note(field, scan)
      if (field === PRODUCT && scan.peek() === 0x22) this.#product(sink)
      else if (this.#lane && isLevels(field)) {
        this.#levels(field, this.#lane)
        fields.done(field)
      } else scan.skip()
    }
  }

  #product(sink: Sink): void {
    if (!this.#scan.string()) return
    this.#lane = sink.lane(this.#symbols.text(this.#scan))
    this.#unwatched = !this.#lane
    // Named again, and the levels that were read went to another.
    if (fields.isDone(BIDS) || fields.isDone(ASKS) || fields.isDone(CHANGES)) this.#scan.fail()
    this.#lane?.changes.reset()
  }

  #levels(field: number, { changes, instrument }: Lane): void {
    if (field === CHANGES) rows.read(this.#scan, instrument, changes.bids, changes.asks, this.#offGrid)
    else readLevels(this.#scan, instrument, field === BIDS ? changes.bids : changes.asks, this.#offGrid)
  }

  #stage(kind: number, lane: Lane): void {
    if (kind === SNAPSHOT || kind === UPDATE) this.#book(kind, lane)
    else if (kind === TICKER) this.#ticker(lane)
    else if (kind === MATCH) this.#match(lane)
    else this.#id = this.#tradeId(kind === LAST_MATCH ? TRADE_ID : LATEST)
  }

  #book(kind: number, lane: Lane): void {
    const { changes } = lane
    for (const field of kind === SNAPSHOT ? [BIDS, ASKS] : [CHANGES]) {
      if (fields.isDone(field)) continue
      if (fields.seek(field, this.#scan)) this.#levels(field, lane)
    }
    changes.isSnapshot = changes.complete = kind === SNAPSHOT
    changes.at = millis(this.#time())
  }

  /** `side` is the maker's: a resting sell was bought. */
  #match({ instrument, trades }: Lane): void {
    trades.reset()
    const price = this.#decimal(PRICE, 'price', instrument.price)
    const size = this.#decimal(SIZE, 'size', instrument.size)
    const at = this.#time()
    this.#id = this.#tradeId(TRADE_ID)
    const maker = fields.seek(SIDE, this.#scan) && this.#scan.string() ? sides.match(this.#scan) : -1
    if (maker < 0 || price === 0) this.#scan.fail()
    trades.push(price, size, maker === SELL ? 1 : -1, at, toldId(this.#id))
  }

  /** Sizes came to tickers in 2022; a recording from before has none. */
  #ticker({ instrument, quote }: Lane): void {
    quote.bid = this.#decimal(BID, 'price', instrument.price) || NaN
    quote.ask = this.#decimal(ASK, 'price', instrument.price) || NaN
    quote.bidSize = fields.has(BID_SIZE) ? this.#decimal(BID_SIZE, 'size', instrument.size) : NaN
    quote.askSize = fields.has(ASK_SIZE) ? this.#decimal(ASK_SIZE, 'size', instrument.size) : NaN
    quote.sequence = NaN
    quote.at = this.#time()
  }

  #handOver(kind: number, lane: Lane, sink: Sink): void {
    if (kind === SNAPSHOT || kind === UPDATE) sink.book(lane)
    else if (kind === TICKER) sink.quote(lane)
    else this.#follow(kind, lane, sink)
  }

  /** Trades and heartbeats: what their ids say of lost messages, and the trade itself. */
  #follow(kind: number, lane: Lane, sink: Sink): void {
    const trail = this.#trail(lane.instrument.symbol)
    if (kind === LAST_MATCH) {
      if (trail.began(this.#id)) sink.tradesMissed(lane)
      return
    }
    const lost = kind === MATCH ? trail.trade(this.#id) : trail.heartbeat(this.#id)
    if (lost > 0) {
      sink.tradesMissed(lane)
      sink.doubtful(lane, `${lost} ${lost === 1 ? 'trade was' : 'trades were'} lost, so changes may be too`)
    }
    if (kind === MATCH && lost >= 0) sink.trades(lane)
  }

  #trail(symbol: string): TradeTrail {
    let trail = this.#trails.get(symbol)
    if (!trail) this.#trails.set(symbol, (trail = new TradeTrail()))
    return trail
  }

  /** Exact however large: the next one tells of losses. */
  #tradeId(field: number): bigint {
    const scan = this.#scan
    const id = fields.seek(field, scan) ? scan.bigWhole() : undefined
    if (id === undefined) scan.fail()
    return id ?? 0n
  }

  #time(): number {
    return fields.has(TIME) && fields.seek(TIME, this.#scan) ? readInstant(this.#scan) : NaN
  }

  #decimal(field: number, which: 'price' | 'size', grid: Lane['instrument']['price']): number {
    const scan = this.#scan
    const n = fields.seek(field, scan) ? scan.decimal(grid) : NaN
    if (Number.isNaN(n) && !scan.failed()) this.#offGrid.note(which, scan)
    return n
  }
}

const isLevels = (field: number): boolean => field === BIDS || field === ASKS || field === CHANGES
/** As trades are told: NaN beyond 2^53. */
const toldId = (id: bigint): number => (id <= Number.MAX_SAFE_INTEGER ? Number(id) : NaN)
