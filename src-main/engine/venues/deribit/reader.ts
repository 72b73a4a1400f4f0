import { Fields } from '../../scan/fields'
import { OffGrid } from '../../scan/off-grid'
import { Scanner } from '../../scan/scanner'
import { Symbols } from '../../scan/symbols'
import type { Lane, Reader, Reading, Sink, VenueEvent } from '../venue'
import { stageBook } from './book-message'
import { readChange } from './change'
import { Envelope } from './envelope'
import { Notices } from './notices'
import { TickerMessage } from './ticker-message'
import { TradeMessage } from './trade-message'

const envelope = new Fields(['params', 'channel', 'data'])
const [PARAMS, CHANNEL, DATA] = [envelope.index('params'), envelope.index('channel'), envelope.index('data')]
const kinds = new Fields(['book', 'trades', 'ticker', 'quote'])
const BOOK = kinds.index('book')
const TRADES = kinds.index('trades')
const QUOTE = kinds.index('quote')

const OPEN_OBJECT = 0x7b
const QUOTE_MARK = 0x22
const DOT = 0x2e
/** Dots of `book.X.100ms`, and of `book.X.group.depth.100ms`. */
const FULL = 2
const GROUPED = 4

/**
 * Reads the notifications of one line, `{"method":"subscription","params":{"channel","data"}}`, whatever the order of their keys. Numbers it does not need,
 * such as `starbase_timestamp` beyond 2^53, are passed as they are.
 */
export class DeribitReader implements Reader {
  readonly #notices = new Notices()
  readonly #scan = new Scanner()
  readonly #symbols = new Symbols()
  readonly #offGrid = new OffGrid()
  readonly #trades = new TradeMessage()
  readonly #ticker = new TickerMessage()
  readonly #envelope = new Envelope()
  #lane: Lane | undefined
  #kind = -1
  #isGrouped = false
  /** Where data began that came before its channel. */
  #dataAt = -1
  #isStaged = false

  read(bytes: Uint8Array, sink: Sink): Reading {
    const lane = this.#envelope.find(this.#scan.load(bytes), this.#symbols, sink)
    return lane && this.#readOwn(lane, sink) ? 'taken' : this.#readAny(bytes, sink)
  }

  /** A change of a book or a ticker in the venue's own form; false for what the general way must read. */
  #readOwn(lane: Lane, sink: Sink): boolean {
    const { from, isTicker } = this.#envelope
    const scan = this.#scan
    const end = isTicker ? this.#ticker.readPlain(scan, from, lane) : readChange(scan, from, lane)
    if (!this.#envelope.endsBehind(scan.bytes, end)) return false
    if (isTicker) this.#tellTicker(lane, sink)
    else sink.book(lane)
    return true
  }

  #readAny(bytes: Uint8Array, sink: Sink): Reading {
    const scan = this.#begin(bytes)
    if (scan.peek() !== OPEN_OBJECT) return 'ordinary'
    this.#walk(sink)
    if (scan.failed() || !scan.atEnd()) return 'malformed'
    if (this.#kind < 0 || (this.#dataAt < 0 && !this.#isStaged)) return 'ordinary'
    const lane = this.#lane
    if (!lane) return 'taken'
    if (!this.#isStaged) {
      scan.at = this.#dataAt
      this.#stage(lane)
      if (scan.failed()) return 'malformed'
    }
    if (this.#offGrid.any) {
      this.#offGrid.refine(lane)
      return 'off-grid'
    }
    this.#handOver(lane, sink)
    return 'taken'
  }

  decode(text: string): readonly VenueEvent[] {
    return this.#notices.decode(text)
  }

  sent(text: string): void {
    this.#notices.sent(text)
  }

  #begin(bytes: Uint8Array): Scanner {
    this.#offGrid.clear()
    this.#lane = undefined
    this.#kind = -1
    this.#dataAt = -1
    this.#isStaged = false
    return this.#scan.load(bytes)
  }

  #walk(sink: Sink): void {
    const scan = this.#scan
    scan.enterObject()
    while (scan.nextKey()) {
      if (envelope.match(scan) === PARAMS && scan.peek() === OPEN_OBJECT) this.#params(sink)
      else scan.skip()
    }
  }

  #params(sink: Sink): void {
    const scan = this.#scan
    scan.enterObject()
    while (scan.nextKey()) {
      const field = envelope.match(scan)
      if (field === CHANNEL && scan.peek() === QUOTE_MARK) this.#channel(sink)
      else if (field === DATA) this.#data()
      else scan.skip()
    }
  }

  /** `trades.option.BTC.100ms` and the like, of many instruments at once, are not for this door. */
  #channel(sink: Sink): void {
    const scan = this.#scan
    // Named again, and the levels that were read went to another.
    if (this.#isStaged) scan.fail()
    if (!scan.string()) return
    const { bytes, from, to } = scan
    const first = dotFrom(bytes, from, to)
    const second = dotFrom(bytes, first + 1, to)
    let dots = 0
    for (let at = from; at < to; at++) if (bytes[at] === DOT) dots++
    scan.to = first
    this.#kind = kinds.match(scan)
    this.#isGrouped = this.#kind === BOOK && dots === GROUPED
    if (!this.#isGrouped && dots !== (this.#kind === QUOTE ? 1 : FULL)) this.#kind = -1
    if (this.#kind < 0) return
    scan.from = first + 1
    scan.to = second
    this.#lane = sink.lane(this.#symbols.text(scan))
  }

  #data(): void {
    const scan = this.#scan
    scan.peek()
    this.#dataAt = scan.at
    if (this.#lane) this.#stage(this.#lane)
    else scan.skip()
  }

  #stage(lane: Lane): void {
    this.#isStaged = true
    if (this.#kind === BOOK) stageBook(this.#scan, lane, this.#isGrouped, this.#offGrid)
    else if (this.#kind === TRADES) this.#trades.stage(this.#scan, lane, this.#offGrid)
    else this.#ticker.stage(this.#scan, lane, this.#offGrid)
  }

  #handOver(lane: Lane, sink: Sink): void {
    if (this.#kind === BOOK) sink.book(lane)
    else if (this.#kind === TRADES) {
      if (lane.trades.count > 0 || lane.trades.passed.length > 0) sink.trades(lane)
      if (lane.liquidations.count > 0) sink.liquidations(lane)
    } else if (this.#kind === QUOTE) this.#tellQuote(lane, sink)
    else this.#tellTicker(lane, sink)
  }

  #tellTicker(lane: Lane, sink: Sink): void {
    this.#tellQuote(lane, sink)
    sink.reference(lane)
  }

  #tellQuote(lane: Lane, sink: Sink): void {
    this.#ticker.handOver(lane)
    if (this.#ticker.hasQuote) sink.quote(lane)
  }
}

/** The first dot at or behind `from`, or `to`. */
function dotFrom(bytes: Uint8Array, from: number, to: number): number {
  let at = from
  while (at < to && bytes[at] !== DOT) at++
  return Math.min(at, to)
}
