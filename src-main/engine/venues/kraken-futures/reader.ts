import { tradeFlag } from '../../book/changes'
import { Message } from '../../dialects/message'
import { Fields } from '../../scan/fields'
import { LevelObjects } from '../../scan/level-objects'
import { Symbols } from '../../scan/symbols'
import { millis } from '../../../../src-shared/units'
import type { Lane, Reader, Reading, Sink, VenueEvent } from '../venue'
import { Asked } from './asked'
import { readChange } from './change'
import { decodeNotice } from './notices'
import { readTrade } from './trade'

const feeds = new Fields(['book', 'book_snapshot', 'trade', 'ticker'])
const BOOK = feeds.index('book')
const SNAPSHOT = feeds.index('book_snapshot')
const TRADE = feeds.index('trade')
/** What was before the subscription, and what a ticker tells too. */
const passed = new Fields(['trade_snapshot', 'ticker_lite'])
const sides = new Fields(['buy', 'sell'])
const BUY = sides.index('buy')
/** What the taker's order was; `fill` is nothing special. */
const types = new Fields(['liquidation', 'termination', 'assignment', 'block'])
const BLOCK = types.index('block')
const tags = new Fields(['perpetual'])

const levels = new LevelObjects({ price: 'price', size: 'qty' })
const OPEN_OBJECT = 0x7b
const LETTER_T = 0x74

/** Reads the feeds of one line. */
export class KrakenFuturesReader implements Reader {
  readonly #message = new Message([
    ...(['event', 'feed', 'product_id', 'timestamp', 'time', 'seq', 'side', 'type', 'price', 'qty'] as const),
    ...(['bids', 'asks', 'bid', 'ask', 'bid_size', 'ask_size', 'suspended', 'tag'] as const),
    ...(['markPrice', 'index', 'openInterest', 'relative_funding_rate', 'next_funding_rate_time'] as const)
  ])
  readonly #symbols = new Symbols()
  readonly #asked = new Asked()
  /** Products that the ticker last called suspended. */
  readonly #suspended = new Set<string>()

  read(bytes: Uint8Array, sink: Sink): Reading {
    const message = this.#message
    if (message.scan.load(bytes).peek() !== OPEN_OBJECT) return 'ordinary'
    const changed = readChange(message.scan, this.#symbols, sink)
    if (changed) {
      sink.book(changed)
      return 'taken'
    }
    const traded = readTrade(message.scan, this.#symbols, sink)
    if (traded) {
      sink.trades(traded)
      return 'taken'
    }
    if (!message.load(bytes)) return 'malformed'
    const feed = message.word('feed', feeds)
    if (message.has('event')) return 'ordinary'
    if (feed < 0) return message.word('feed', passed) < 0 ? 'ordinary' : 'taken'
    if (!message.string('product_id')) return 'malformed'
    const symbol = this.#symbols.text(message.scan)
    const lane = sink.lane(symbol)
    if (!lane) return 'taken'
    this.#stage(feed, lane)
    const verdict = message.verdict(lane)
    if (verdict !== 'taken') return verdict
    // The ticker alone tells of a suspension, which is no figure: that one is for the ordinary door.
    if (feed > TRADE && this.#isNews(symbol)) return 'ordinary'
    handOver(feed, lane, sink)
    return 'taken'
  }

  decode(text: string): readonly VenueEvent[] {
    return decodeNotice(text, this.#asked)
  }

  sent(text: string): void {
    this.#asked.sent(text)
  }

  #stage(feed: number, lane: Lane): void {
    if (feed === BOOK) this.#change(lane)
    else if (feed === SNAPSHOT) this.#snapshot(lane)
    else if (feed === TRADE) this.#trade(lane)
    else this.#ticker(lane)
  }

  #snapshot({ changes, instrument }: Lane): void {
    const { scan, offGrid } = this.#message
    changes.reset()
    changes.isSnapshot = changes.complete = true
    changes.last = this.#message.whole('seq')
    changes.at = millis(this.#message.whole('timestamp'))
    if (this.#message.seek('bids')) levels.read(scan, instrument, changes.bids, offGrid)
    if (this.#message.seek('asks')) levels.read(scan, instrument, changes.asks, offGrid)
  }

  /** One level a message. */
  #change({ changes, instrument }: Lane): void {
    const message = this.#message
    changes.reset()
    changes.first = changes.last = message.whole('seq')
    changes.at = millis(message.whole('timestamp'))
    const side = message.word('side', sides)
    const price = message.point('price', 'price', instrument.price)
    const size = message.point('qty', 'size', instrument.size)
    if (side < 0 || price === 0) message.scan.fail()
    else if (price > 0 && size >= 0) (side === BUY ? changes.bids : changes.asks).push(price, size)
  }

  #trade({ instrument, trades, liquidations }: Lane): void {
    const message = this.#message
    trades.reset()
    liquidations.reset()
    const price = message.point('price', 'price', instrument.price)
    const size = message.point('qty', 'size', instrument.size)
    const at = message.whole('time')
    const id = message.has('seq') ? message.tradeId('seq') : NaN
    const side = message.word('side', sides)
    const type = message.word('type', types)
    if (side < 0) message.scan.fail()
    if (!(price > 0) || !(size > 0)) return
    const aggressor = side === BUY ? 1 : -1
    const flags = type < 0 ? 0 : type === BLOCK ? tradeFlag.block : tradeFlag.liquidation
    trades.push(price, size, aggressor, at, id, flags)
    if (flags === tradeFlag.liquidation) liquidations.push(price, size, aggressor, at, id, flags)
  }

  /** Every field comes each time, but a funding rate of zero is left out. */
  #ticker({ instrument, quote, reference }: Lane): void {
    const message = this.#message
    const { price, size, contract } = instrument
    quote.bid = message.quoted('bid', 'price', price)
    quote.bidSize = message.quoted('bid_size', 'size', size)
    quote.ask = message.quoted('ask', 'price', price)
    quote.askSize = message.quoted('ask_size', 'size', size)
    quote.sequence = NaN
    quote.at = message.has('time') ? message.whole('time') : NaN
    const isPerpetual = message.word('tag', tags) >= 0
    reference.mark = message.figure('markPrice')
    reference.index = message.figure('index')
    reference.openInterest = message.figure('openInterest') * contract.of
    const isFunded = message.has('relative_funding_rate')
    reference.funding = isFunded ? message.figure('relative_funding_rate') : isPerpetual ? 0 : NaN
    reference.nextFundingAt = message.figure('next_funding_rate_time') || NaN
    reference.at = quote.at
  }

  #isNews(symbol: string): boolean {
    const isSuspended =
      this.#message.has('suspended') && this.#message.scan.bytes[this.#message.scan.at] === LETTER_T
    if (isSuspended === this.#suspended.has(symbol)) return false
    if (isSuspended) this.#suspended.add(symbol)
    else this.#suspended.delete(symbol)
    return true
  }
}

function handOver(feed: number, lane: Lane, sink: Sink): void {
  if (feed === BOOK || feed === SNAPSHOT) sink.book(lane)
  else if (feed === TRADE) {
    if (lane.trades.count > 0) sink.trades(lane)
    if (lane.liquidations.count > 0) sink.liquidations(lane)
  } else {
    sink.quote(lane)
    sink.reference(lane)
  }
}
