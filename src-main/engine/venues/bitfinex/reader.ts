import type { Lane, Reader, Reading, Sink, VenueEvent } from '../venue'
import { LineCounter } from '../../dialects/line-counter'
import { Fields } from '../../scan/fields'
import { OffGrid } from '../../scan/off-grid'
import { Scanner } from '../../scan/scanner'
import { readSignedRow, readSignedRows } from '../../scan/sided-rows'
import { millis } from '../../../../src-shared/units'
import { readChange } from './change'
import type { Subscription } from './channels'
import { Channels } from './channels'
import { decodeNotice } from './notices'
import type { Liquidation } from './status'
import { liquidationsIn, readFigures, tellLiquidation } from './status'
import { Trailer } from './trailer'

const OPEN_ARRAY = 0x5b
const CLOSE_ARRAY = 0x5d
const QUOTE = 0x22
const MINUS = 0x2d
const NINE = 0x39
const ZERO = 0x30

const words = new Fields(['hb', 'cs', 'te', 'tu'])
const CHECKSUM = words.index('cs')
const EXECUTED = words.index('te')
/** The second item is no word. */
const PLAIN = -2

type Role = 'book' | 'checksum' | 'trade' | 'status' | 'liquidations' | 'nothing'

/** Reads one line of Bitfinex: arrays that begin with a channel number, and a counter over all of them. */
export class BitfinexReader implements Reader {
  readonly #scan = new Scanner()
  readonly #offGrid = new OffGrid()
  readonly #channels = new Channels()
  readonly #counter = new LineCounter()
  readonly #trailer = new Trailer()
  /** What the message at hand says: its word, and where its data begin and end. */
  #word = PLAIN
  #from = 0
  #to = 0
  #sum = NaN
  #told: readonly Liquidation[] = []

  read(bytes: Uint8Array, sink: Sink): Reading {
    const changed = readChange(bytes, this.#channels, this.#trailer, sink)
    if (!changed) return this.#readAny(bytes, sink)
    if (this.#isNews(sink)) sink.book(changed)
    return 'taken'
  }

  /** Counts the message at hand; false when it is the one before once more. */
  #isNews(sink: Sink): boolean {
    const missed = this.#counter.accept(this.#trailer.sequence)
    if (missed === -1) return false
    if (missed !== 0) sink.missed(missed)
    return true
  }

  #readAny(bytes: Uint8Array, sink: Sink): Reading {
    const scan = this.#scan.load(bytes)
    this.#offGrid.clear()
    if (scan.peek() !== OPEN_ARRAY) return 'ordinary'
    const subscription = this.#channels.find(this.#walk())
    if (scan.failed() || !scan.atEnd()) return 'malformed'
    const lane = subscription?.symbol ? sink.lane(subscription.symbol) : undefined
    scan.at = this.#from
    const role = subscription ? this.#stage(subscription, lane) : 'nothing'
    if (scan.failed()) return 'malformed'
    if (lane && this.#offGrid.any) {
      this.#offGrid.refine(lane)
      return 'off-grid'
    }
    if (!this.#isNews(sink)) return 'taken'
    if (role === 'liquidations') this.#tellLiquidations(sink)
    else if (lane) this.#handOver(role, lane, sink)
    return 'taken'
  }

  decode(text: string): readonly VenueEvent[] {
    return decodeNotice(text, this.#channels)
  }

  leave(channel: string, symbol: string): number | undefined {
    return this.#channels.leave(channel, symbol)
  }

  sent(text: string): void {
    this.#channels.sent(text)
  }

  /** Passes `[channel, data or word, data of the word, counter, time, ...]` and answers the channel. */
  #walk(): number {
    const scan = this.#scan
    this.#trailer.begin()
    this.#word = PLAIN
    scan.enterArray()
    const channel = scan.nextItem() ? scan.whole() : NaN
    if (!scan.nextItem()) scan.fail()
    if (scan.peek() === QUOTE) {
      if (scan.string()) this.#word = words.match(scan)
      const hasData = this.#word === CHECKSUM || this.#word === EXECUTED || this.#word === words.index('tu')
      if (hasData && scan.nextItem()) this.#data()
    } else this.#data()
    while (scan.nextItem()) {
      const byte = scan.peek()
      if (byte >= ZERO && byte <= NINE) this.#trailer.take(scan.whole())
      else scan.skip()
    }
    return channel
  }

  #data(): void {
    const scan = this.#scan
    scan.peek()
    this.#from = scan.at
    scan.skip()
    this.#to = scan.at
  }

  /** Reads the data into the lane, and answers what they are. */
  #stage({ channel, levels }: Subscription, lane: Lane | undefined): Role {
    const isPlain = this.#word === PLAIN
    if (channel === 'liquidations' && isPlain) this.#readLiquidations()
    if (channel === 'liquidations') return isPlain ? 'liquidations' : 'nothing'
    if (!lane) return 'nothing'
    if (channel === 'book' && this.#word === CHECKSUM) {
      this.#sum = this.#signed()
      return 'checksum'
    }
    if (channel === 'trades' && this.#word === EXECUTED) {
      this.#trade(lane)
      return 'trade'
    }
    if (channel === 'book' && isPlain) this.#book(lane, levels)
    else if (channel === 'status' && isPlain) readFigures(this.#scan, lane)
    else return 'nothing'
    return channel
  }

  #handOver(role: Role, lane: Lane, sink: Sink): void {
    if (role === 'book') sink.book(lane)
    else if (role === 'checksum') sink.checksum(lane, this.#sum)
    else if (role === 'trade') sink.trades(lane)
    else if (role === 'status') sink.reference(lane)
  }

  /** `[[price,count,amount],...]` is a snapshot, one row a change. */
  #book({ changes, instrument }: Lane, levels: number): void {
    const scan = this.#scan
    changes.reset()
    changes.window = levels
    changes.first = changes.last = this.#trailer.sequence
    changes.at = millis(this.#trailer.at)
    const second = scan.bytes[scan.at + 1]
    changes.isSnapshot = second === OPEN_ARRAY || second === CLOSE_ARRAY
    changes.complete = changes.isSnapshot
    const read = changes.isSnapshot ? readSignedRows : readSignedRow
    read(scan, instrument, changes.bids, changes.asks, this.#offGrid)
  }

  /** `[id,time,amount,price]`; an amount above 0 was bought by the aggressor. */
  #trade({ trades, instrument }: Lane): void {
    const scan = this.#scan
    trades.reset()
    scan.enterArray()
    const id = scan.nextItem() ? scan.whole() : NaN
    const at = scan.nextItem() ? scan.whole() : NaN
    const amount = scan.nextItem() ? this.#noted(scan.signedDecimal(instrument.size), 'size') : NaN
    const price = scan.nextItem() ? this.#noted(scan.decimal(instrument.price), 'price') : NaN
    while (scan.nextItem()) scan.skip()
    if (Number.isNaN(at) || amount === 0 || price === 0) scan.fail()
    trades.push(price, Math.abs(amount), amount < 0 ? -1 : 1, at, id)
  }

  #noted(n: number, which: 'price' | 'size'): number {
    if (Number.isNaN(n) && !this.#scan.failed()) this.#offGrid.note(which, this.#scan)
    return n
  }

  #signed(): number {
    const scan = this.#scan
    const isBelow = scan.peek() === MINUS
    if (isBelow) scan.at++
    const n = scan.whole()
    if (Number.isNaN(n)) scan.fail()
    return isBelow ? -n : n
  }

  #readLiquidations(): void {
    const { bytes } = this.#scan
    const told = liquidationsIn(new TextDecoder().decode(bytes.subarray(this.#from, this.#to)))
    if (told) this.#told = told
    else this.#scan.fail()
  }

  #tellLiquidations(sink: Sink): void {
    for (const liquidation of this.#told) {
      const lane = sink.lane(liquidation.symbol)
      if (lane) tellLiquidation(liquidation, lane, sink)
    }
  }
}
