import type { Lane, Reader, Reading, Sink } from '../venue'
import { LineCounter } from '../../dialects/line-counter'
import { Message } from '../../dialects/message'
import { Fields } from '../../scan/fields'
import { readInstant } from '../../scan/instant'
import { LevelObjects } from '../../scan/level-objects'
import { Symbols } from '../../scan/symbols'
import { millis } from '../../../../src-shared/units'
import { decodeNotice } from './notices'
import { StagedTrades } from './staged-trades'
import { Update } from './update'

const OPEN_OBJECT = 0x7b

const kinds = new Fields(['l2_data', 'market_trades', 'ticker', 'heartbeats'])
const BOOK = kinds.index('l2_data')
const TRADES = kinds.index('market_trades')
const TICKER = kinds.index('ticker')

const types = new Fields(['snapshot', 'update'])
const SNAPSHOT = types.index('snapshot')
const sides = new Fields(['BUY', 'SELL'])
const SELL = sides.index('SELL')
const levels = new LevelObjects({
  price: 'price_level',
  size: 'new_quantity',
  side: { key: 'side', bid: 'bid', ask: 'offer' }
})

/** Reads one connection of Coinbase Advanced Trade, whose messages are numbered across all channels and products. */
export class CoinbaseAdvancedReader implements Reader {
  readonly decode = decodeNotice
  readonly #message = new Message([
    ...([
      'channel',
      'timestamp',
      'sequence_num',
      'events',
      'type',
      'product_id',
      'updates',
      'trades'
    ] as const),
    ...(['tickers', 'trade_id', 'price', 'size', 'side', 'time', 'best_bid', 'best_bid_quantity'] as const),
    ...(['best_ask', 'best_ask_quantity'] as const)
  ])
  readonly #symbols = new Symbols()
  readonly #counter = new LineCounter()
  readonly #trades = new StagedTrades()
  readonly #update = new Update()
  /** Time of the message at hand, ms. */
  #at = NaN
  /** Books or quotes staged, and the lane of the last. */
  #count = 0
  #lane: Lane | undefined
  #isOffGrid = false

  read(bytes: Uint8Array, sink: Sink): Reading {
    const message = this.#message
    if (bytes[0] !== OPEN_OBJECT) return 'ordinary'
    const updated = this.#update.read(message.scan.load(bytes), this.#symbols, sink)
    if (updated) {
      if (this.#isNews(this.#update.sequence, sink)) sink.book(updated)
      return 'taken'
    }
    if (!message.load(bytes)) return 'malformed'
    if (!message.has('sequence_num')) return 'ordinary'
    const sequence = message.whole('sequence_num')
    this.#at = message.seek('timestamp') ? readInstant(message.scan) : NaN
    const kind = message.word('channel', kinds)
    const from = this.#events(kind)
    this.#stage(kind, from, sink, false)
    if (message.scan.failed()) return 'malformed'
    if (this.#isOffGrid) return 'off-grid'
    if (!this.#isNews(sequence, sink)) return 'taken'
    this.#tell(kind, from, sink)
    return kind < 0 ? 'ordinary' : 'taken'
  }

  /** Counts the message at hand; false when it is the one before once more. */
  #isNews(sequence: number, sink: Sink): boolean {
    const missed = this.#counter.accept(sequence)
    if (missed === -1) return false
    if (missed !== 0) sink.missed(missed)
    return true
  }

  /** Where the events of a message that we read begin. */
  #events(kind: number): number {
    this.#count = 0
    this.#lane = undefined
    this.#isOffGrid = false
    this.#trades.reset()
    const isRead = kind === BOOK || kind === TRADES || kind === TICKER
    return isRead && this.#message.seek('events') ? this.#message.scan.at : 0
  }

  /** Reads every event into its lane; with `tells` the sink hears of each. */
  #stage(kind: number, from: number, sink: Sink, tells: boolean): void {
    const message = this.#message
    if (from === 0 || message.scan.failed()) return
    message.scan.at = from
    message.each(() => {
      if (kind === BOOK) this.#book(sink, tells)
      else if (kind === TRADES) this.#tradesOf(sink)
      else if (message.seek('tickers'))
        message.each(() => {
          this.#ticker(sink, tells)
        })
    })
  }

  /** Nearly always there is one event, and what was staged is what is told; otherwise all are read once more, one by one. */
  #tell(kind: number, from: number, sink: Sink): void {
    if (kind === TRADES) this.#trades.tell(sink)
    else if (this.#count > 1) this.#stage(kind, from, sink, true)
    else if (this.#lane && kind === BOOK) sink.book(this.#lane)
    else if (this.#lane && kind === TICKER) sink.quote(this.#lane)
  }

  #book(sink: Sink, tells: boolean): void {
    const message = this.#message
    const type = message.word('type', types)
    const lane = this.#product(sink)
    if (type < 0) message.scan.fail()
    // Where they must be and are not, the message is not what it says, whosever it is.
    if (!message.seek('updates') || !lane) return
    const { changes, instrument } = lane
    changes.reset()
    changes.isSnapshot = changes.complete = type === SNAPSHOT
    changes.at = millis(this.#at)
    levels.readBoth(message.scan, instrument, changes.bids, changes.asks, message.offGrid)
    this.#staged(lane)
    if (tells) sink.book(lane)
  }

  #ticker(sink: Sink, tells: boolean): void {
    const message = this.#message
    const lane = this.#product(sink)
    if (!lane) return
    const { quote, instrument } = lane
    quote.bid = message.quoted('best_bid', 'price', instrument.price)
    quote.bidSize = message.quoted('best_bid_quantity', 'size', instrument.size)
    quote.ask = message.quoted('best_ask', 'price', instrument.price)
    quote.askSize = message.quoted('best_ask_quantity', 'size', instrument.size)
    quote.sequence = NaN
    quote.at = this.#at
    this.#staged(lane)
    if (tells) sink.quote(lane)
  }

  /** A snapshot tells the last trades before the subscription: the past. */
  #tradesOf(sink: Sink): void {
    const message = this.#message
    const type = message.word('type', types)
    if (type < 0) message.scan.fail()
    if (type === SNAPSHOT || !message.seek('trades')) return
    message.each(() => {
      const lane = this.#product(sink)
      if (lane) this.#trade(lane)
    })
  }

  /** `side` is the maker's, as on Coinbase Exchange: a resting sell was bought. The README says on whose word. */
  #trade(lane: Lane): void {
    const message = this.#message
    const price = message.point('price', 'price', lane.instrument.price)
    const size = message.point('size', 'size', lane.instrument.size)
    const at = message.seek('time') ? readInstant(message.scan) : NaN
    const maker = message.word('side', sides)
    if (maker < 0 || price === 0) message.scan.fail()
    this.#trades.push(lane, price, size, maker === SELL ? 1 : -1, at, message.tradeId('trade_id'))
    this.#staged(lane)
  }

  #product(sink: Sink): Lane | undefined {
    const message = this.#message
    return message.string('product_id') ? sink.lane(this.#symbols.text(message.scan)) : undefined
  }

  #staged(lane: Lane): void {
    const { offGrid, scan } = this.#message
    this.#count++
    this.#lane = lane
    if (!offGrid.any || scan.failed()) return
    offGrid.refine(lane)
    offGrid.clear()
    this.#isOffGrid = true
  }
}
