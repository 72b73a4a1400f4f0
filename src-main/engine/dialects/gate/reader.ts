import { millis } from '../../../../src-shared/units'
import { tradeFlag } from '../../book/changes'
import { Fields } from '../../scan/fields'
import { Symbols } from '../../scan/symbols'
import type { Lane, Reader, Reading, Sink } from '../../venues/venue'
import { Message } from '../message'
import { Depth } from './depth'
import { readSide, WINDOW } from './levels'
import type { Market } from './levels'
import { decodeNotice } from './notices'

const OPEN_OBJECT = 0x7b
/** Times below are seconds: as ms it would be 1973. */
const LEAST_MS = 1e11

const channels = ['order_book_update', 'trades', 'book_ticker', 'tickers', 'public_liquidates'] as const
type Channel = (typeof channels)[number]
const events = new Fields<string>(['update', 'all'])
const sides = new Fields<string>(['buy', 'sell'])
const SELL = sides.index('sell')

type Name = (typeof names)[number]
const names = [
  ...(['channel', 'event', 'result', 'time', 'time_ms'] as const),
  ...(['t', 's', 'U', 'u', 'b', 'B', 'a', 'A', 'full'] as const),
  ...(['id', 'create_time', 'create_time_ms', 'side', 'price', 'amount', 'size', 'is_internal'] as const),
  ...(['contract', 'currency_pair', 'mark_price', 'index_price', 'funding_rate', 'total_size'] as const)
] as const

/** Reads the market events of Gate's spot and futures sockets. Everything of a message is read once before the sink hears of any of it. */
export class GateReader implements Reader {
  readonly decode = decodeNotice
  readonly #market: Market
  readonly #message = new Message<Name>(names)
  readonly #symbols = new Symbols()
  readonly #channels: Fields<string>
  readonly #depth: Depth

  constructor(market: Market) {
    this.#market = market
    this.#depth = new Depth(this.#message.scan, market, this.#symbols)
    this.#channels = new Fields(channels.map((channel) => `${market}.${channel}`))
  }

  read(bytes: Uint8Array, sink: Sink): Reading {
    const message = this.#message
    if (message.scan.load(bytes).peek() !== OPEN_OBJECT) return 'ordinary'
    const changed = this.#depth.read(sink)
    if (changed) {
      sink.book(changed)
      return 'taken'
    }
    if (!message.load(bytes)) return 'malformed'
    const channel = channels[message.word('channel', this.#channels)]
    if (!channel || message.word('event', events) < 0) return message.scan.failed() ? 'malformed' : 'ordinary'
    if (channel === 'order_book_update' || channel === 'book_ticker') return this.#one(channel, sink)
    return this.#many(channel, sink)
  }

  /** A message about one instrument. */
  #one(channel: Channel, sink: Sink): Reading {
    const message = this.#message
    message.enter('result')
    const lane = this.#lane('s', sink)
    if (message.scan.failed()) return 'malformed'
    if (!lane) return 'taken'
    if (channel === 'book_ticker') this.#quote(lane)
    else this.#book(lane)
    const verdict = message.verdict(lane)
    if (verdict !== 'taken') return verdict
    if (channel === 'book_ticker') sink.quote(lane)
    else sink.book(lane)
    return 'taken'
  }

  #book({ changes, instrument }: Lane): void {
    const message = this.#message
    const { scan, offGrid } = message
    changes.reset()
    changes.window = WINDOW
    changes.isSnapshot = message.has('full') && scan.boolean()
    if (!changes.isSnapshot) changes.first = message.whole('U')
    changes.last = message.whole('u')
    changes.at = millis(message.whole('t'))
    // A side without changes may be left out, or null.
    if (message.has('b')) readSide(this.#market, scan, instrument, changes.bids, offGrid)
    if (message.has('a')) readSide(this.#market, scan, instrument, changes.asks, offGrid)
  }

  #quote({ quote, instrument }: Lane): void {
    const message = this.#message
    quote.bid = message.quoted('b', 'price', instrument.price)
    quote.bidSize = message.quoted('B', 'size', instrument.size)
    quote.ask = message.quoted('a', 'price', instrument.price)
    quote.askSize = message.quoted('A', 'size', instrument.size)
    quote.sequence = message.whole('u')
    quote.at = message.whole('t')
  }

  /** A message with several entries, perhaps of several instruments: first all are read, then all are handed over. */
  #many(channel: Channel, sink: Sink): Reading {
    const message = this.#message
    const { scan } = message
    message.seek('result')
    const from = scan.at
    const sentAt = message.figure('time_ms') || message.figure('time') * 1_000
    let verdict = 'taken' as Reading
    scan.at = from
    message.each(() => {
      const lane = this.#lane(this.#symbolKey(), sink)
      if (!lane || scan.failed() || verdict !== 'taken') return
      this.#entry(channel, lane, sentAt, false)
      verdict = message.verdict(lane)
    })
    if (scan.failed()) return 'malformed'
    if (verdict !== 'taken') return verdict
    scan.at = from
    let last: Lane | undefined
    message.each(() => {
      const lane = this.#lane(this.#symbolKey(), sink)
      if (last && lane !== last) handOver(channel, last, sink)
      if (lane && lane !== last) {
        lane.trades.reset()
        lane.liquidations.reset()
      }
      if (lane) this.#entry(channel, lane, sentAt, true)
      last = lane
    })
    if (last) handOver(channel, last, sink)
    return 'taken'
  }

  /** Reads one entry; it is kept only the second time, when all are known to be sound. */
  #entry(channel: Channel, lane: Lane, sentAt: number, keeps: boolean): void {
    if (channel === 'tickers') this.#reference(lane, sentAt, keeps)
    else if (channel === 'trades' && this.#market === 'spot') this.#spotTrade(lane, keeps)
    else this.#contracts(channel, lane, keeps)
  }

  #spotTrade({ instrument, trades }: Lane, keeps: boolean): void {
    const message = this.#message
    const price = message.point('price', 'price', instrument.price)
    const size = message.point('amount', 'size', instrument.size)
    const at = message.figure('create_time_ms')
    const id = message.tradeId('id')
    const side = message.word('side', sides)
    if (side < 0) message.scan.fail()
    if (keeps && price > 0 && size > 0) trades.push(price, size, side === SELL ? -1 : 1, at, id)
  }

  /** Trades and liquidations of futures: the sign of the size is the side, of the taker or of the closing order. */
  #contracts(channel: Channel, { instrument, trades, liquidations }: Lane, keeps: boolean): void {
    const message = this.#message
    const price = message.point('price', 'price', instrument.price)
    const size = message.signedPoint('size', 'size', instrument.size)
    const isTrade = channel === 'trades'
    const at = isTrade ? this.#tradedAt() : this.#liquidatedAt()
    const id = isTrade ? message.tradeId('id') : NaN
    const isInternal = message.has('is_internal') && message.scan.boolean()
    if (!keeps || !(price > 0) || size === 0) return
    const flags = isInternal ? tradeFlag.block | tradeFlag.liquidation : 0
    const into = isTrade ? trades : liquidations
    into.push(price, Math.abs(size), size < 0 ? -1 : 1, at, id, flags)
  }

  /** Before 2021 only whole seconds were told. */
  #tradedAt(): number {
    const message = this.#message
    if (message.has('create_time_ms')) return message.figure('create_time_ms')
    return message.figure('create_time') * 1_000
  }

  /** `time_ms` in older recordings; `time` in seconds until August 2026, in ms since then. */
  #liquidatedAt(): number {
    const message = this.#message
    if (message.has('time_ms')) return message.figure('time_ms')
    const time = message.figure('time')
    return time < LEAST_MS ? time * 1_000 : time
  }

  #reference({ instrument, reference }: Lane, sentAt: number, keeps: boolean): void {
    const message = this.#message
    const mark = message.figure('mark_price')
    const index = message.figure('index_price')
    const funding = message.figure('funding_rate')
    const contracts = message.figure('total_size')
    if (!keeps) return
    if (!Number.isNaN(mark)) reference.mark = mark
    if (!Number.isNaN(index)) reference.index = index
    if (!Number.isNaN(funding)) reference.funding = funding
    if (!Number.isNaN(contracts)) reference.openInterest = contracts * instrument.contract.of
    reference.at = sentAt
  }

  #symbolKey(): Name {
    return this.#message.has('contract') ? 'contract' : 'currency_pair'
  }

  #lane(name: Name, sink: Sink): Lane | undefined {
    const message = this.#message
    return message.string(name) ? sink.lane(this.#symbols.text(message.scan)) : undefined
  }
}

function handOver(channel: Channel, lane: Lane, sink: Sink): void {
  if (channel === 'tickers') sink.reference(lane)
  else if (channel === 'trades' && lane.trades.count > 0) sink.trades(lane)
  else if (channel === 'public_liquidates' && lane.liquidations.count > 0) sink.liquidations(lane)
}
