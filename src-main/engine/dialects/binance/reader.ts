import type { Lane, Reader, Reading, Sink } from '../../venues/venue'
import { Fields } from '../../scan/fields'
import { readLevels } from '../../scan/levels'
import { OffGrid } from '../../scan/off-grid'
import { Scanner } from '../../scan/scanner'
import { Symbols } from '../../scan/symbols'
import { tradeFlag } from '../../../../src-shared/trade-flag'
import { millis } from '../../../../src-shared/units'
import { readDepth } from './depth'
import { decodeNotice } from './notices'

const fields = new Fields([
  ...(['stream', 'data', 'e', 'E', 'T', 's', 'U', 'u', 'pu', 'b', 'B'] as const),
  ...(['a', 'A', 't', 'p', 'q', 'nq', 'm', 'i', 'r', 'o', 'S'] as const)
])
const [DATA, EVENT, EVENT_TIME, TIME] = [
  fields.index('data'),
  fields.index('e'),
  fields.index('E'),
  fields.index('T')
]
const [SYMBOL, FIRST, LAST, PREVIOUS] = [
  fields.index('s'),
  fields.index('U'),
  fields.index('u'),
  fields.index('pu')
]
const [BID, BID_SIZE, ASK, ASK_SIZE] = [
  fields.index('b'),
  fields.index('B'),
  fields.index('a'),
  fields.index('A')
]
const [TRADE_ID, PRICE, SIZE, BUYER_IS_MAKER] = [
  fields.index('t'),
  fields.index('p'),
  fields.index('q'),
  fields.index('m')
]
/** Of an aggregate the part that met orders which the public book shows (USD-M, since 2025-12-31). */
const SHOWN_SIZE = fields.index('nq')
const [INDEX, RATE] = [fields.index('i'), fields.index('r')]
const [ORDER, SIDE] = [fields.index('o'), fields.index('S')]

const kinds = new Fields(['depthUpdate', 'trade', 'aggTrade', 'bookTicker', 'markPriceUpdate', 'forceOrder'])
const DEPTH = kinds.index('depthUpdate')
const AGGREGATE = kinds.index('aggTrade')
const TICKER = kinds.index('bookTicker')
const MARK = kinds.index('markPriceUpdate')
const FORCED = kinds.index('forceOrder')

const sides = new Fields(['BUY', 'SELL'])
const SELL = sides.index('SELL')

const OPEN_ARRAY = 0x5b

/**
 * Reads the market events that the Binance venues share, wrapped in `{"stream","data"}` or bare, whatever the order of their keys. Everything of a message
 * is staged in its lane; the sink hears of it when the last byte has been found sound.
 */
export class BinanceReader implements Reader {
  readonly decode = decodeNotice
  readonly #scan = new Scanner()
  readonly #symbols = new Symbols()
  readonly #offGrid = new OffGrid()
  #lane: Lane | undefined
  #unwatched = false

  read(bytes: Uint8Array, sink: Sink): Reading {
    const known = readDepth(this.#scan.load(bytes), this.#symbols, sink)
    if (known) {
      sink.book(known)
      return 'taken'
    }
    const scan = this.#begin(bytes)
    if (scan.peek() !== 0x7b) return 'ordinary'
    this.#walk(sink, true)
    if (scan.failed() || !scan.atEnd()) return 'malformed'
    if (this.#unwatched) return 'taken'
    const kind = this.#kind()
    if (kind < 0 || !this.#lane) return scan.failed() ? 'malformed' : 'ordinary'
    const skipped = this.#stage(kind, this.#lane)
    if (scan.failed()) return 'malformed'
    if (this.#offGrid.any) {
      this.#offGrid.refine(this.#lane)
      return 'off-grid'
    }
    if (!skipped) handOver(kind, this.#lane, sink)
    return 'taken'
  }

  #begin(bytes: Uint8Array): Scanner {
    fields.clear()
    this.#offGrid.clear()
    this.#lane = undefined
    this.#unwatched = false
    return this.#scan.load(bytes)
  }

  #walk(sink: Sink, outer: boolean): void {
    const scan = this.#scan
    scan.enterObject()
    while (scan.nextKey()) {
      const field = fields.match(scan)
      if (field < 0) scan.skip()
      else if (field === DATA && outer && scan.peek() === 0x7b) this.#walk(sink, false)
      // A forced order names its instrument one level deeper.
      else if (field === ORDER && scan.peek() === 0x7b) this.#walk(sink, false)
      else this.#value(field, sink)
    }
  }

  #value(field: number, sink: Sink): void {
    const scan = this.#scan
    fields.note(field, scan)
    if ((field === BID || field === ASK) && this.#lane && scan.peek() === OPEN_ARRAY) {
      this.#levels(field, this.#lane)
      fields.done(field)
      return
    }
    if (field !== SYMBOL) {
      scan.skip()
      return
    }
    // Named twice, the last one counts, as everywhere in JSON; unless the levels that were read went to the first.
    if (fields.isDone(BID) || fields.isDone(ASK)) scan.fail()
    this.#lane = undefined
    this.#unwatched = false
    if (scan.peek() !== 0x22) {
      scan.skip()
      return
    }
    if (!scan.string()) return
    this.#lane = sink.lane(this.#symbols.text(scan))
    this.#unwatched = !this.#lane
  }

  #kind(): number {
    const scan = this.#scan
    if (!fields.has(EVENT)) return isSpotTicker() ? TICKER : -1
    if (!fields.seek(EVENT, scan) || !scan.string()) return -1
    return kinds.match(scan)
  }

  /** Writes the message into the lane. True where there is nothing to tell. */
  #stage(kind: number, lane: Lane): boolean {
    switch (kind) {
      case DEPTH:
        this.#depth(lane)
        return false
      case TICKER:
        this.#ticker(lane)
        return false
      case MARK:
        this.#mark(lane)
        return false
      case FORCED:
        return this.#forced(lane)
      default:
        return this.#trade(lane, kind === AGGREGATE ? ASK : TRADE_ID)
    }
  }

  #depth(lane: Lane): void {
    const { changes } = lane
    changes.isSnapshot = false
    changes.complete = false
    changes.first = this.#id(FIRST)
    changes.last = this.#id(LAST)
    changes.previous = fields.has(PREVIOUS) ? this.#id(PREVIOUS) : NaN
    changes.at = millis(this.#time())
    for (const side of [BID, ASK]) {
      if (fields.isDone(side)) continue
      if (fields.seek(side, this.#scan)) this.#levels(side, lane)
    }
  }

  #levels(side: number, lane: Lane): void {
    const into = side === BID ? lane.changes.bids : lane.changes.asks
    readLevels(this.#scan, lane.instrument, into, this.#offGrid)
  }

  /**
   * Trades that settle positions against the insurance fund come with a price of 0 and no meaning for the market. What met orders of the retail price
   * improvement programme stands apart, under the same id.
   */
  #trade({ instrument, trades }: Lane, id: number): boolean {
    trades.reset()
    const price = this.#decimal(PRICE, 'price', instrument.price)
    const size = this.#decimal(SIZE, 'size', instrument.size)
    const at = this.#id(TIME)
    const number = fields.seek(id, this.#scan) ? this.#scan.whole() : NaN
    const sells = fields.seek(BUYER_IS_MAKER, this.#scan) && this.#scan.boolean()
    const shown = fields.has(SHOWN_SIZE) ? this.#decimal(SHOWN_SIZE, 'size', instrument.size) : size
    const plain = Math.min(shown, size)
    const aggressor = sells ? -1 : 1
    if (!(price > 0) || !(size > 0)) trades.pass(number)
    if (price > 0 && plain > 0) trades.push(price, plain, aggressor, at, number)
    if (price > 0 && size > shown) trades.push(price, size - shown, aggressor, at, number, tradeFlag.rpi)
    return trades.count === 0 && trades.passed.length === 0
  }

  /** At the order's own price: its average may lie between ticks. The venue tells the largest of each instrument and second. True where there is nothing to tell. */
  #forced({ instrument, liquidations }: Lane): boolean {
    liquidations.reset()
    const scan = this.#scan
    const size = this.#decimal(SIZE, 'size', instrument.size)
    const price = this.#decimal(PRICE, 'price', instrument.price)
    const side = fields.seek(SIDE, scan) && scan.string() ? sides.match(scan) : -1
    if (side < 0) scan.fail()
    const at = this.#id(TIME)
    if (price > 0 && size > 0)
      liquidations.push(price, size, side === SELL ? -1 : 1, at, NaN, tradeFlag.liquidation)
    return liquidations.count === 0
  }

  /** A side without a quote is written as zeros. */
  #ticker({ instrument, quote }: Lane): void {
    quote.bid = this.#decimal(BID, 'price', instrument.price) || NaN
    quote.bidSize = this.#decimal(BID_SIZE, 'size', instrument.size) || NaN
    quote.ask = this.#decimal(ASK, 'price', instrument.price) || NaN
    quote.askSize = this.#decimal(ASK_SIZE, 'size', instrument.size) || NaN
    quote.sequence = this.#id(LAST)
    quote.at = this.#time()
  }

  #mark({ reference }: Lane): void {
    reference.mark = this.#figure(PRICE)
    reference.index = this.#figure(INDEX)
    reference.funding = this.#figure(RATE)
    reference.nextFundingAt = this.#figure(TIME) || NaN
    reference.at = this.#id(EVENT_TIME)
  }

  /** Ids and times beyond 2^53 cannot be told apart: a message with one is broken for us. */
  #id(field: number): number {
    const scan = this.#scan
    const n = fields.seek(field, scan) ? scan.whole() : NaN
    if (Number.isNaN(n)) scan.fail()
    return n
  }

  /** The matching engine's time where it is told, else the event's. */
  #time(): number {
    if (fields.has(TIME)) return this.#id(TIME)
    return fields.has(EVENT_TIME) ? this.#id(EVENT_TIME) : NaN
  }

  #decimal(field: number, which: 'price' | 'size', grid: Lane['instrument']['price']): number {
    const scan = this.#scan
    const n = fields.seek(field, scan) ? scan.decimal(grid) : NaN
    if (Number.isNaN(n) && !scan.failed()) this.#offGrid.note(which, scan)
    return n
  }

  #figure(field: number): number {
    return fields.has(field) && fields.seek(field, this.#scan) ? this.#scan.figure() : NaN
  }
}

/** Spot sends its best quotes without an event name. */
function isSpotTicker(): boolean {
  return [LAST, SYMBOL, BID, BID_SIZE, ASK, ASK_SIZE].every((field) => fields.has(field))
}

function handOver(kind: number, lane: Lane, sink: Sink): void {
  if (kind === DEPTH) sink.book(lane)
  else if (kind === TICKER) sink.quote(lane)
  else if (kind === MARK) sink.reference(lane)
  else if (kind === FORCED) sink.liquidations(lane)
  else sink.trades(lane)
}
