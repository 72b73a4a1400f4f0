import type { Lane, Reader, Reading, Sink, VenueEvent } from '../venue'
import { Fields } from '../../scan/fields'
import { LevelObjects } from '../../scan/level-objects'
import { OffGrid } from '../../scan/off-grid'
import { Scanner } from '../../scan/scanner'
import { Symbols } from '../../scan/symbols'
import { millis } from '../../../../src-shared/units'
import { decodeNotice, tradesAnsweredIn, tradesAskedIn } from './notices'
import { readBook } from './own-book'
import { OwnTrades } from './own-trades'

const OPEN_ARRAY = 0x5b
const OPEN_OBJECT = 0x7b
/** Levels a side of every book message. */
const LEVELS = 20

const outer = new Fields(['channel', 'data'])
const [CHANNEL, DATA] = [outer.index('channel'), outer.index('data')]
const kinds = new Fields(['l2Book', 'trades', 'bbo'])
const BOOK = kinds.index('l2Book')
const TRADES = kinds.index('trades')

const fields = new Fields(['coin', 'time', 'levels', 'bbo', 'px', 'sz', 'side', 'tid'])
const [COIN, TIME, LEVELS_AT, BEST] = [
  fields.index('coin'),
  fields.index('time'),
  fields.index('levels'),
  fields.index('bbo')
]
const [PRICE, SIZE, SIDE, ID] = [
  fields.index('px'),
  fields.index('sz'),
  fields.index('side'),
  fields.index('tid')
]

const sides = new Fields(['A', 'B'])
const BUYER = sides.index('B')
const levels = new LevelObjects({ price: 'px', size: 'sz' })

/** Times of one coin's books on this line, venue ms. */
interface Heard {
  /** Of the first since its trades were asked for; NaN before it. */
  first: number
  last: number
}

/** Reads Hyperliquid's books, trades and best quotes, whatever the order of their keys. */
export class HyperliquidReader implements Reader {
  readonly #scan = new Scanner()
  readonly #symbols = new Symbols()
  readonly #offGrid = new OffGrid()
  readonly #heard = new Map<string, Heard>()
  readonly #ownTrades = new OwnTrades(this.#scan, this.#symbols)
  /** Coins whose trades of before have been told, in the first message since they were asked for and since that was acknowledged. */
  readonly #pastTold = new Set<string>()
  /** From when on trades of a coin are news: of the first message those since the first book, NaN before one; of the others all. */
  readonly #began = (coin: string): number =>
    this.#pastTold.has(coin) ? -Infinity : (this.#heard.get(coin)?.first ?? NaN)
  readonly decode = (text: string): readonly VenueEvent[] => {
    const coin = tradesAnsweredIn(text)
    // What came until here was still of an earlier request.
    if (coin !== undefined) this.#pastTold.delete(coin)
    return decodeNotice(text)
  }

  #lane: Lane | undefined

  read(bytes: Uint8Array, sink: Sink): Reading {
    const scan = this.#scan.load(bytes)
    const booked = readBook(scan, this.#symbols, sink)
    const lane = booked ?? this.#ownTrades.read(sink, this.#began)
    if (!lane) return this.#readAny(bytes, sink)
    if (!booked) this.#pastTold.add(lane.instrument.symbol)
    const isNews = booked ? this.#asBook(lane) : lane.trades.count > 0
    if (isNews) this.#handOver(booked ? BOOK : TRADES, lane, sink)
    return 'taken'
  }

  /** What answers a request for trades begins with those of before, told or not. */
  sent(text: string): void {
    const coin = tradesAskedIn(text)
    if (coin === undefined) return
    this.#pastTold.delete(coin)
    const heard = this.#heard.get(coin)
    if (heard) heard.first = NaN
  }

  #readAny(bytes: Uint8Array, sink: Sink): Reading {
    const scan = this.#begin(bytes)
    if (scan.peek() !== OPEN_OBJECT) return 'ordinary'
    walk(outer, scan)
    if (scan.failed() || !scan.atEnd()) return 'malformed'
    const kind = outer.has(CHANNEL) && outer.seek(CHANNEL, scan) && scan.string() ? kinds.match(scan) : -1
    if (scan.failed()) return 'malformed'
    if (kind < 0 || !outer.seek(DATA, scan)) return kind < 0 ? 'ordinary' : 'malformed'
    const isNews = kind === TRADES ? this.#trades(sink) : this.#one(kind, sink)
    if (scan.failed()) return 'malformed'
    if (!this.#lane) return 'taken'
    if (this.#offGrid.any) {
      this.#offGrid.refine(this.#lane)
      return 'off-grid'
    }
    if (kind === TRADES) this.#pastTold.add(this.#lane.instrument.symbol)
    if (isNews) this.#handOver(kind, this.#lane, sink)
    return 'taken'
  }

  #begin(bytes: Uint8Array): Scanner {
    this.#offGrid.clear()
    this.#lane = undefined
    return this.#scan.load(bytes)
  }

  /** A book or a best quote. False where it is older than what was heard. */
  #one(kind: number, sink: Sink): boolean {
    const scan = this.#scan
    walk(fields, scan)
    this.#lane = this.#coin(sink)
    if (!this.#lane) return false
    if (kind === BOOK) return this.#book(this.#lane)
    this.#quote(this.#lane)
    return true
  }

  #book(lane: Lane): boolean {
    const { changes, instrument } = lane
    const scan = this.#scan
    changes.reset()
    changes.at = millis(this.#whole(TIME))
    if (fields.seek(LEVELS_AT, scan) && scan.enterArray()) {
      for (const side of [changes.bids, changes.asks]) {
        if (scan.nextItem()) levels.read(scan, instrument, side, this.#offGrid)
        else scan.fail()
      }
      if (scan.nextItem()) scan.fail()
    }
    return this.#asBook(lane)
  }

  /** What stands beside the levels. False where it is older than what was heard. */
  #asBook({ changes, instrument }: Lane): boolean {
    changes.isSnapshot = changes.complete = true
    changes.window = LEVELS
    return !(changes.at < (this.#heard.get(instrument.symbol)?.last ?? NaN))
  }

  #quote({ quote, instrument }: Lane): void {
    const scan = this.#scan
    quote.bid = quote.bidSize = quote.ask = quote.askSize = quote.sequence = NaN
    quote.at = this.#whole(TIME)
    if (!fields.seek(BEST, scan)) return
    scan.enterArray()
    for (let side = 0; scan.nextItem(); side++) {
      if (scan.peek() !== OPEN_OBJECT) {
        scan.skip()
        continue
      }
      const begin = scan.at
      walk(fields, scan)
      const end = scan.at
      const price = this.#decimal(PRICE, 'price', instrument.price)
      const size = this.#decimal(SIZE, 'size', instrument.size)
      if (side === 0) [quote.bid, quote.bidSize] = [price, size]
      else [quote.ask, quote.askSize] = [price, size]
      if (!scan.failed() && end > begin) scan.at = end
    }
  }

  /** The first message of a subscription tells the past: of it only trades after the line's first book are news. */
  #trades(sink: Sink): boolean {
    const scan = this.#scan
    let count = 0
    if (scan.peek() !== OPEN_ARRAY) return scan.fail()
    scan.enterArray()
    while (scan.nextItem()) {
      walk(fields, scan)
      const end = scan.at
      const lane = this.#coin(sink)
      if (count++ === 0) {
        this.#lane = lane
        lane?.trades.reset()
      } else if (lane !== this.#lane) return scan.fail()
      if (lane) this.#trade(lane)
      if (scan.failed()) return false
      scan.at = end
    }
    return (this.#lane?.trades.count ?? 0) > 0
  }

  #trade({ trades, instrument }: Lane): void {
    const scan = this.#scan
    const price = this.#decimal(PRICE, 'price', instrument.price)
    const size = this.#decimal(SIZE, 'size', instrument.size)
    const at = this.#whole(TIME)
    const side = fields.seek(SIDE, scan) && scan.string() ? sides.match(scan) : -1
    const id = fields.seek(ID, scan) ? scan.whole() : NaN
    if (side < 0 || price === 0) scan.fail()
    if (at > this.#began(instrument.symbol)) trades.push(price, size, side === BUYER ? 1 : -1, at, id)
  }

  #handOver(kind: number, lane: Lane, sink: Sink): void {
    if (kind === TRADES) sink.trades(lane)
    else if (kind !== BOOK) sink.quote(lane)
    else {
      const { at } = lane.changes
      const heard = this.#heard.get(lane.instrument.symbol)
      if (heard) {
        heard.last = at
        if (Number.isNaN(heard.first)) heard.first = at
      } else this.#heard.set(lane.instrument.symbol, { first: at, last: at })
      sink.book(lane)
    }
  }

  #coin(sink: Sink): Lane | undefined {
    const scan = this.#scan
    if (!fields.seek(COIN, scan) || !scan.string()) return undefined
    return sink.lane(this.#symbols.text(scan))
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
}

/** Passes one object and notes where the values of known keys begin. */
function walk<Name extends string>(known: Fields<Name>, scan: Scanner): void {
  known.clear()
  known.collect(scan)
}
