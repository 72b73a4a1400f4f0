import { Message } from '../../dialects/message'
import { Fields } from '../../scan/fields'
import { readInstant } from '../../scan/instant'
import { LevelObjects } from '../../scan/level-objects'
import { Symbols } from '../../scan/symbols'
import { millis } from '../../../../src-shared/units'
import type { Lane, Reader, Reading, Sink, VenueEvent } from '../venue'
import { Depths } from './depths'
import { Notices } from './notices'
import type { Precision } from './precisions'
import { decimalsAt, Precisions } from './precisions'
import { FirstProtocol } from './first-protocol'
import { readUpdate } from './update'

const channels = new Fields(['book', 'trade', 'ticker'])
const BOOK = channels.index('book')
const TRADE = channels.index('trade')
const types = new Fields(['snapshot', 'update'])
const SNAPSHOT = types.index('snapshot')
const sides = new Fields(['buy', 'sell'])
const BUY = sides.index('buy')

const levels = new LevelObjects({ price: 'price', size: 'qty' })
const OPEN_OBJECT = 0x7b
const OPEN_ARRAY = 0x5b

const noPrecision: Precision = { price: 0, size: 0 }

/** Reads one line of protocol v2, and recordings of v1 (whose frames are arrays). Remembers the depths and precisions told on it. */
export class KrakenReader implements Reader {
  readonly #message = new Message([
    ...(['channel', 'type', 'data', 'symbol', 'bids', 'asks', 'checksum', 'timestamp'] as const),
    ...(['side', 'price', 'qty', 'trade_id', 'bid', 'bid_qty', 'ask', 'ask_qty'] as const)
  ])
  readonly #symbols = new Symbols()
  readonly #precisions = new Precisions()
  readonly #depths = new Depths()
  readonly #notices = new Notices(this.#depths, this.#precisions)
  readonly #first = new FirstProtocol(this.#precisions)
  /** The lanes of the message at hand, each once. */
  readonly #lanes: Lane[] = []
  #verdict: Reading = 'taken'

  read(bytes: Uint8Array, sink: Sink): Reading {
    const message = this.#message
    const first = message.scan.load(bytes).peek()
    if (first === OPEN_ARRAY) return this.#first.read(bytes, sink)
    if (first !== OPEN_OBJECT) return 'ordinary'
    const updated = readUpdate(message.scan, levels, this.#symbols, sink)
    if (updated) return this.#updated(updated, sink)
    if (!message.load(bytes)) return 'malformed'
    const channel = message.word('channel', channels)
    if (channel < 0) return 'ordinary'
    const type = message.word('type', types)
    if (type < 0) return 'malformed'
    // Trades of a snapshot happened before the subscription.
    if (channel === TRADE && type === SNAPSHOT) return 'taken'
    return this.#items(channel, type === SNAPSHOT, sink)
  }

  decode(text: string): readonly VenueEvent[] {
    return this.#notices.decode(text)
  }

  #updated(lane: Lane, sink: Sink): Reading {
    if (this.#precisions.fit(lane)) return 'off-grid'
    lane.changes.window = this.#depths.of(lane.instrument.symbol)
    this.#precisions.note(lane)
    sink.book(lane)
    return 'taken'
  }

  #items(channel: number, isSnapshot: boolean, sink: Sink): Reading {
    const message = this.#message
    this.#lanes.length = 0
    this.#verdict = 'taken'
    if (!message.seek('data')) return 'malformed'
    message.each(() => {
      if (this.#verdict !== 'taken' || !message.string('symbol')) return
      const lane = sink.lane(this.#symbols.text(message.scan))
      if (lane) this.#verdict = this.#item(channel, isSnapshot, lane)
    })
    return message.scan.failed() ? 'malformed' : this.#finish(channel, sink)
  }

  #finish(channel: number, sink: Sink): Reading {
    if (this.#verdict === 'taken') for (const lane of this.#lanes) handOver(channel, lane, sink)
    return this.#verdict
  }

  #item(channel: number, isSnapshot: boolean, lane: Lane): Reading {
    const message = this.#message
    const isKnown = this.#lanes.includes(lane)
    if (!isKnown) this.#lanes.push(lane)
    if (channel === TRADE) this.#trade(lane, isKnown)
    else if (isKnown) message.scan.fail()
    else if (channel === BOOK) {
      if (this.#precisions.fit(lane, isSnapshot ? this.#written() : noPrecision)) return 'off-grid'
      this.#book(lane, isSnapshot)
    } else this.#ticker(lane)
    return message.verdict(lane)
  }

  #book(lane: Lane, isSnapshot: boolean): void {
    const { instrument, changes } = lane
    const { scan, offGrid } = this.#message
    changes.reset()
    this.#precisions.note(lane)
    changes.isSnapshot = isSnapshot
    if (this.#message.seek('bids')) levels.read(scan, instrument, changes.bids, offGrid)
    if (this.#message.seek('asks')) levels.read(scan, instrument, changes.asks, offGrid)
    if (isSnapshot) this.#depths.see(instrument.symbol, Math.max(changes.bids.count, changes.asks.count))
    changes.window = this.#depths.of(instrument.symbol)
    // Snapshots of thin books come without.
    if (this.#message.has('checksum')) changes.checksum = this.#message.whole('checksum')
    changes.at = millis(this.#time())
  }

  /** The decimals of a snapshot's first level. */
  #written(): Precision {
    const message = this.#message
    const { scan } = message
    for (const side of ['bids', 'asks'] as const) {
      if (!message.seek(side) || !scan.enterArray() || !scan.nextItem()) continue
      message.walk()
      const price = message.seek('price') ? decimalsAt(scan.bytes, scan.at) : 0
      return { price, size: message.seek('qty') ? decimalsAt(scan.bytes, scan.at) : 0 }
    }
    return noPrecision
  }

  #trade({ instrument, trades }: Lane, isKnown: boolean): void {
    const message = this.#message
    if (!isKnown) trades.reset()
    const price = message.point('price', 'price', instrument.price)
    const size = message.point('qty', 'size', instrument.size)
    const id = message.tradeId('trade_id')
    const side = message.word('side', sides)
    const at = this.#time()
    if (side < 0 || Number.isNaN(at)) message.scan.fail()
    else if (price > 0 && size > 0) trades.push(price, size, side === BUY ? 1 : -1, at, id)
  }

  /** A side without orders is told as zeros. */
  #ticker({ instrument, quote }: Lane): void {
    const message = this.#message
    quote.bid = message.quoted('bid', 'price', instrument.price)
    quote.bidSize = message.quoted('bid_qty', 'size', instrument.size)
    quote.ask = message.quoted('ask', 'price', instrument.price)
    quote.askSize = message.quoted('ask_qty', 'size', instrument.size)
    quote.sequence = NaN
    quote.at = this.#time()
  }

  #time(): number {
    return this.#message.has('timestamp') ? readInstant(this.#message.scan) : NaN
  }
}

function handOver(channel: number, lane: Lane, sink: Sink): void {
  if (channel === BOOK) sink.book(lane)
  else if (channel !== TRADE) sink.quote(lane)
  else if (lane.trades.count > 0) sink.trades(lane)
}
