import { millis } from '../../../../src-shared/units'
import { Fields } from '../../scan/fields'
import { readLevels } from '../../scan/levels'
import { OffGrid } from '../../scan/off-grid'
import { Scanner } from '../../scan/scanner'
import { Symbols } from '../../scan/symbols'
import type { Lane, Reader, Reading, Sink } from '../venue'
import { decode } from './decode'

const fields = new Fields([
  ...(['ch', 'type', 'i', 'at', 'id', 'first', 'last', 'prev', 'bids', 'asks', 'b', 'B', 'a', 'A'] as const),
  ...(['p', 'q', 'aggressor', 'mark', 'index', 'funding', 'next', 'oi'] as const)
])
const [CHANNEL, TYPE, SYMBOL, AT] = [
  fields.index('ch'),
  fields.index('type'),
  fields.index('i'),
  fields.index('at')
]
const [ID, FIRST, LAST, PREVIOUS] = [
  fields.index('id'),
  fields.index('first'),
  fields.index('last'),
  fields.index('prev')
]
const [BIDS, ASKS, PRICE, SIZE] = [
  fields.index('bids'),
  fields.index('asks'),
  fields.index('p'),
  fields.index('q')
]
const [BID, BID_SIZE, ASK, ASK_SIZE] = [
  fields.index('b'),
  fields.index('B'),
  fields.index('a'),
  fields.index('A')
]
const [AGGRESSOR, MARK, INDEX, FUNDING] = [
  fields.index('aggressor'),
  fields.index('mark'),
  fields.index('index'),
  fields.index('funding')
]
const [NEXT, OPEN_INTEREST] = [fields.index('next'), fields.index('oi')]

const words = new Fields(['book', 'quote', 'trade', 'mark', 'liquidation', 'snap', 'diff', 'buy', 'sell'])
const BOOK = words.index('book')
const QUOTE = words.index('quote')
const TRADE = words.index('trade')
const REFERENCE = words.index('mark')
const LIQUIDATION = words.index('liquidation')
const SNAPSHOT = words.index('snap')
const DIFF = words.index('diff')
const BUY = words.index('buy')
const SELL = words.index('sell')

const SNAPSHOT_LEVELS = 1000

/** The fast door of the dialect `steelyard-sim/1` (market/README.md). The sink hears of a frame when its last byte has been found sound. */
export class SimulatedReader implements Reader {
  readonly decode = decode
  readonly #scan = new Scanner()
  readonly #symbols = new Symbols()
  readonly #offGrid = new OffGrid()
  #lane: Lane | undefined
  #unwatched = false

  read(bytes: Uint8Array, sink: Sink): Reading {
    const scan = this.#begin(bytes)
    if (scan.peek() !== 0x7b) return 'ordinary'
    this.#walk(sink)
    if (scan.failed() || !scan.atEnd()) return 'malformed'
    if (this.#unwatched) return 'taken'
    const channel = fields.has(CHANNEL) ? this.#word(CHANNEL) : -1
    if (scan.failed()) return 'malformed'
    if (channel < 0 || !this.#lane) return 'ordinary'
    // Forced orders are printed as trades too, and those are counted.
    if (channel === LIQUIDATION) return 'taken'
    this.#stage(channel, this.#lane)
    if (scan.failed()) return 'malformed'
    if (this.#offGrid.any) {
      this.#offGrid.refine(this.#lane)
      return 'off-grid'
    }
    handOver(channel, this.#lane, sink)
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
      if (field === SYMBOL && scan.peek() === 0x22) this.#symbol(sink)
      else if ((field === BIDS || field === ASKS) && this.#lane) {
        this.#levels(field, this.#lane)
        fields.done(field)
      } else scan.skip()
    }
  }

  #symbol(sink: Sink): void {
    // Named again, and the levels that were read went to another.
    if (fields.isDone(BIDS) || fields.isDone(ASKS)) this.#scan.fail()
    if (!this.#scan.string()) return
    this.#lane = sink.lane(this.#symbols.text(this.#scan))
    this.#unwatched = !this.#lane
  }

  #stage(channel: number, lane: Lane): void {
    if (channel === BOOK) this.#book(lane)
    else if (channel === QUOTE) this.#quote(lane)
    else if (channel === TRADE) this.#trade(lane)
    else if (channel === REFERENCE) this.#mark(lane)
    else this.#scan.fail()
  }

  #book(lane: Lane): void {
    const { changes } = lane
    const type = this.#word(TYPE)
    if (type !== SNAPSHOT && type !== DIFF) this.#scan.fail()
    changes.isSnapshot = type === SNAPSHOT
    changes.first = changes.isSnapshot ? NaN : this.#whole(FIRST)
    changes.last = this.#whole(changes.isSnapshot ? ID : LAST)
    changes.previous = changes.isSnapshot ? NaN : this.#whole(PREVIOUS)
    changes.at = millis(this.#whole(AT))
    for (const side of [BIDS, ASKS]) {
      if (fields.isDone(side)) continue
      if (fields.seek(side, this.#scan)) this.#levels(side, lane)
    }
    // A snapshot is cut at 1,000 levels a side, and what lies beyond is not told.
    changes.complete =
      changes.isSnapshot && changes.bids.count < SNAPSHOT_LEVELS && changes.asks.count < SNAPSHOT_LEVELS
  }

  #levels(side: number, lane: Lane): void {
    const into = side === BIDS ? lane.changes.bids : lane.changes.asks
    readLevels(this.#scan, lane.instrument, into, this.#offGrid)
  }

  #quote({ instrument, quote }: Lane): void {
    quote.bid = this.#decimal(BID, 'price', instrument.price) || NaN
    quote.bidSize = this.#decimal(BID_SIZE, 'size', instrument.size) || NaN
    quote.ask = this.#decimal(ASK, 'price', instrument.price) || NaN
    quote.askSize = this.#decimal(ASK_SIZE, 'size', instrument.size) || NaN
    quote.sequence = this.#whole(ID)
    quote.at = this.#whole(AT)
  }

  #trade({ instrument, trades }: Lane): void {
    trades.reset()
    const price = this.#decimal(PRICE, 'price', instrument.price)
    const size = this.#decimal(SIZE, 'size', instrument.size)
    const aggressor = this.#word(AGGRESSOR)
    if (price === 0 || size === 0 || (aggressor !== BUY && aggressor !== SELL)) this.#scan.fail()
    trades.push(price, size, aggressor === BUY ? 1 : -1, this.#whole(AT), this.#whole(ID))
  }

  #mark({ reference }: Lane): void {
    reference.mark = this.#figure(MARK)
    reference.index = this.#figure(INDEX)
    reference.funding = this.#figure(FUNDING)
    reference.nextFundingAt = this.#figure(NEXT)
    reference.openInterest = this.#figure(OPEN_INTEREST)
    reference.at = this.#whole(AT)
  }

  #word(field: number): number {
    return fields.seek(field, this.#scan) && this.#scan.string() ? words.match(this.#scan) : -1
  }

  #whole(field: number): number {
    const scan = this.#scan
    const n = fields.seek(field, scan) ? scan.whole() : NaN
    if (Number.isNaN(n)) scan.fail()
    return n
  }

  #decimal(field: number, which: 'price' | 'size', grid: Lane['instrument']['price']): number {
    const scan = this.#scan
    const n = fields.seek(field, scan) ? scan.decimal(grid) : NaN
    if (Number.isNaN(n) && !scan.failed()) this.#offGrid.note(which, scan)
    return n
  }

  #figure(field: number): number {
    return fields.seek(field, this.#scan) ? this.#scan.figure() : NaN
  }
}

function handOver(channel: number, lane: Lane, sink: Sink): void {
  if (channel === BOOK) sink.book(lane)
  else if (channel === QUOTE) sink.quote(lane)
  else if (channel === TRADE) sink.trades(lane)
  else sink.reference(lane)
}
