import { Fields } from '../../scan/fields'
import { OffGrid } from '../../scan/off-grid'
import { Scanner } from '../../scan/scanner'
import { Symbols } from '../../scan/symbols'
import type { Lane, Reader, Reading, Sink } from '../../venues/venue'
import { BookData } from './book-data'
import { decodeNotice } from './notices'
import { OwnMessage } from './own-message'
import { Prints } from './prints'
import { Ticker } from './ticker'
import type { Topic } from './topic'
import { Topics } from './topic'

const fields = new Fields(['topic', 'type', 'ts', 'data', 'cts'])
const [TOPIC, TYPE, SENT, DATA, MATCHED] = [
  fields.index('topic'),
  fields.index('type'),
  fields.index('ts'),
  fields.index('data'),
  fields.index('cts')
]
const types = new Fields(['snapshot', 'delta'])
const SNAPSHOT = types.index('snapshot')

/**
 * Reads the market messages `{"topic":"orderbook.50.BTCUSDT","type":..,"ts":..,"data":..}` of all four products, whatever the order of their keys. Everything
 * of a message is staged in its lane; the sink hears of it when the last byte has been found sound.
 */
export class BybitReader implements Reader {
  readonly decode = decodeNotice
  readonly #scan = new Scanner()
  readonly #symbols = new Symbols()
  readonly #topics = new Topics()
  readonly #offGrid = new OffGrid()
  readonly #book = new BookData()
  readonly #prints = new Prints(this.#scan, this.#symbols, this.#offGrid)
  readonly #ticker = new Ticker()
  readonly #own = new OwnMessage(this.#scan, this.#symbols, this.#topics, this.#book)
  readonly #emptyIsClosed: boolean
  #topic: Topic | undefined
  #lane: Lane | undefined

  /** @param emptyIsClosed an empty book with number 1 means that trading is over; an option may just have no quotes */
  constructor(emptyIsClosed: boolean) {
    this.#emptyIsClosed = emptyIsClosed
  }

  read(bytes: Uint8Array, sink: Sink): Reading {
    const own = this.#own
    this.#scan.load(bytes)
    const lane = own.stage(sink)
    if (!lane || !own.topic) return this.#readAny(bytes, sink)
    this.#lane = lane
    if (own.topic.kind === 'trades') this.#prints.only(lane)
    return this.#handOver(own.topic, sink, own.isSnapshot, own.at)
  }

  #readAny(bytes: Uint8Array, sink: Sink): Reading {
    const scan = this.#scan.load(bytes)
    fields.clear()
    this.#offGrid.clear()
    this.#topic = undefined
    this.#lane = undefined
    if (scan.peek() !== 0x7b) return 'ordinary'
    const topic = this.#walk(sink)
    if (scan.failed() || !scan.atEnd()) return 'malformed'
    if (!topic) return 'ordinary'
    return isPrints(topic) || this.#isWatched() ? this.#take(topic, sink) : 'taken'
  }

  #isWatched(): boolean {
    return this.#lane !== undefined
  }

  /** Undefined for a message that is no topic's, or one we do not take. */
  #walk(sink: Sink): Topic | undefined {
    const scan = this.#scan
    scan.enterObject()
    while (scan.nextKey()) {
      const field = fields.match(scan)
      if (field >= 0) fields.note(field, scan)
      if (field === TOPIC && scan.peek() === 0x22) this.#named(sink)
      else if (field === DATA && this.#topic?.kind === 'book' && this.#lane) {
        this.#book.read(scan, this.#lane, this.#offGrid)
        fields.done(DATA)
      } else scan.skip()
    }
    return this.#topic
  }

  #named(sink: Sink): void {
    // Named again, and the levels that were read went to another.
    if (fields.isDone(DATA)) this.#scan.fail()
    if (!this.#scan.string()) return
    this.#topic = this.#topics.of(this.#symbols.text(this.#scan))
    if (this.#topic && !isPrints(this.#topic)) this.#lane = sink.lane(this.#topic.symbol)
  }

  #take(topic: Topic, sink: Sink): Reading {
    const scan = this.#scan
    const isSnapshot = this.#isSnapshot()
    const at = this.#time(fields.has(MATCHED) ? MATCHED : SENT)
    this.#data(topic, sink)
    if (scan.failed()) return 'malformed'
    if (this.#offGrid.any) {
      const lane = this.#prints.offGridLane ?? this.#lane
      if (lane) this.#offGrid.refine(lane)
      return 'off-grid'
    }
    return this.#handOver(topic, sink, isSnapshot, at)
  }

  /** Reads what the walk has not read on its way. */
  #data({ kind }: Topic, sink: Sink): void {
    const scan = this.#scan
    const [lane, offGrid] = [this.#lane, this.#offGrid]
    this.#prints.offGridLane = undefined
    if (fields.isDone(DATA) || !fields.seek(DATA, scan)) return
    if (kind === 'trades' || kind === 'liquidations') this.#prints.read(sink, kind)
    else if (!lane) return
    else if (kind === 'book') this.#book.read(scan, lane, offGrid)
    else if (kind === 'quote') this.#book.readQuote(scan, lane, offGrid)
    else this.#ticker.read(scan, lane, offGrid)
  }

  #handOver({ kind, depth }: Topic, sink: Sink, isSnapshot: boolean, at: number): Reading {
    if (kind === 'trades') for (const lane of this.#prints.lanes) sink.trades(lane)
    if (kind === 'liquidations') for (const lane of this.#prints.lanes) sink.liquidations(lane)
    const lane = this.#lane
    if (!lane) return 'taken'
    if (kind === 'quote') {
      this.#book.finishQuote(lane, isSnapshot, at)
      sink.quote(lane)
    }
    if (kind === 'ticker') {
      if (this.#ticker.refer(lane, at)) sink.reference(lane)
      if (this.#ticker.quote(lane, at)) sink.quote(lane)
    }
    if (kind !== 'book') return 'taken'
    const { bids, asks } = lane.changes
    const isEmpty = bids.count === 0 && asks.count === 0
    if (this.#emptyIsClosed && isEmpty && this.#book.update === 1) return 'ordinary'
    this.#book.finish(lane, isSnapshot, depth, at)
    sink.book(lane)
    return 'taken'
  }

  #isSnapshot(): boolean {
    const scan = this.#scan
    const type = fields.seek(TYPE, scan) && scan.string() ? types.match(scan) : -1
    if (type < 0) scan.fail()
    return type === SNAPSHOT
  }

  #time(field: number): number {
    const at = fields.seek(field, this.#scan) ? this.#scan.whole() : NaN
    if (Number.isNaN(at)) this.#scan.fail()
    return at
  }
}

/** Their rows name the instruments themselves. */
const isPrints = ({ kind }: Topic): boolean => kind === 'trades' || kind === 'liquidations'
