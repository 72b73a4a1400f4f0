import { Fields } from '../../scan/fields'
import { readLevels } from '../../scan/levels'
import { readLots, readTicks } from '../../scan/figures'
import { OffGrid } from '../../scan/off-grid'
import { bytesOfWord, isWord } from '../../scan/plain'
import { Scanner } from '../../scan/scanner'
import { Symbols } from '../../scan/symbols'
import type { Lane, Reading, Sink } from '../venue'
import { decimalsAt, type Precisions } from './precisions'

const OPEN_ARRAY = 0x5b
const OPEN_OBJECT = 0x7b
const QUOTE = 0x22
const DASH = 0x2d
const ZERO = 0x30

const names = new Fields(['book', 'trade', 'spread'])
const BOOK = names.index('book')
const TRADE = names.index('trade')
const keys = new Fields(['as', 'bs', 'a', 'b', 'c'])
const [ASKS, BIDS] = [keys.index('as'), keys.index('bs')]
const ASK_CHANGES = keys.index('a')
const CHECKSUM = keys.index('c')
const BUY = bytesOfWord('b')
const SELL = bytesOfWord('s')

/**
 * Reads recordings of protocol v1, `[channel, {…}, "book-1000", "XBT/USD"]` with one or two objects, `[channel, […], "trade", "XBT/USD"]` and `"spread"`. Never
 * subscribed: v2 has taken its place.
 */
export class FirstProtocol {
  readonly #scan = new Scanner()
  readonly #symbols = new Symbols()
  readonly #offGrid = new OffGrid()
  readonly #precisions: Precisions
  /** Where the payloads of the frame at hand begin. */
  readonly #payloads: number[] = []
  #depth = 0

  constructor(precisions: Precisions) {
    this.#precisions = precisions
  }

  read(bytes: Uint8Array, sink: Sink): Reading {
    const scan = this.#scan.load(bytes)
    this.#offGrid.clear()
    this.#payloads.length = 0
    let name = -1
    let lane: Lane | undefined
    let texts = 0
    scan.enterArray()
    while (scan.nextItem()) {
      const first = scan.peek()
      if (first === OPEN_ARRAY || first === OPEN_OBJECT) this.#payloads.push(scan.at)
      scan.skip()
      if (first !== QUOTE) continue
      if (texts++ === 0) name = this.#name()
      else lane = sink.lane(this.#symbols.text(scan))
    }
    if (scan.failed() || !scan.atEnd()) return 'malformed'
    if (name < 0 || texts !== 2 || this.#payloads.length === 0) return 'ordinary'
    return lane ? this.#taken(name, lane, sink) : 'taken'
  }

  /** The channel's name, and the depth behind its dash. */
  #name(): number {
    const scan = this.#scan
    const { bytes, from, to } = scan
    let dash = from
    while (dash < to && bytes[dash] !== DASH) dash++
    this.#depth = 0
    for (let at = dash + 1; at < to; at++) this.#depth = this.#depth * 10 + (bytes[at]! - ZERO)
    scan.to = dash
    return names.match(scan)
  }

  #taken(name: number, lane: Lane, sink: Sink): Reading {
    if (name === BOOK) {
      if (!this.#book(lane)) return 'off-grid'
    } else {
      this.#scan.at = this.#payloads[0]!
      if (name === TRADE) this.#trades(lane)
      else this.#spread(lane)
    }
    if (this.#scan.failed()) return 'malformed'
    if (this.#offGrid.any) {
      this.#offGrid.refine(lane)
      return 'off-grid'
    }
    if (name === BOOK) sink.book(lane)
    else if (name === TRADE) sink.trades(lane)
    else sink.quote(lane)
    return 'taken'
  }

  /** False when the pair's precision had to be learnt first. */
  #book(lane: Lane): boolean {
    const scan = this.#scan
    const { changes, instrument } = lane
    changes.reset()
    if (this.#depth > 0) changes.window = this.#depth
    for (const at of this.#payloads) {
      scan.at = at
      scan.enterObject()
      while (scan.nextKey()) {
        const key = keys.match(scan)
        if (key === CHECKSUM) changes.checksum = scan.whole()
        else if (key < 0) scan.skip()
        else {
          if (key === ASKS || key === BIDS) {
            changes.isSnapshot = true
            if (this.#precisions.fit(lane, this.#written())) return false
          }
          const side = key === ASKS || key === ASK_CHANGES ? changes.asks : changes.bids
          readLevels(scan, instrument, side, this.#offGrid)
        }
      }
    }
    return true
  }

  /** The decimals of the first level that the scanner stands before, where it stays. Texts have all of them. */
  #written(): { readonly price: number; readonly size: number } {
    const scan = this.#scan
    scan.peek()
    const start = scan.at
    let written = { price: 0, size: 0 }
    if (scan.enterArray() && scan.nextItem() && scan.pass(OPEN_ARRAY)) {
      const price = decimalsAt(scan.bytes, scan.at)
      scan.skip()
      scan.comma()
      written = { price, size: decimalsAt(scan.bytes, scan.at) }
    }
    if (scan.failed()) return written
    scan.at = start
    return written
  }

  /** `[price, volume, seconds, b|s, order type, misc]`; the side is the taker's. */
  #trades({ instrument, trades }: Lane): void {
    const scan = this.#scan
    trades.reset()
    scan.enterArray()
    while (scan.nextItem()) {
      scan.pass(OPEN_ARRAY)
      const price = readTicks(scan, instrument, this.#offGrid)
      scan.comma()
      const size = readLots(scan, instrument, this.#offGrid)
      scan.comma()
      const at = scan.figure() * 1_000
      scan.comma()
      scan.peek()
      const isBuy = isWord(scan.bytes, scan.at, BUY)
      if (!isBuy && !isWord(scan.bytes, scan.at, SELL)) scan.fail()
      scan.string()
      while (scan.nextItem()) scan.skip()
      if (price > 0 && size > 0) trades.push(price, size, isBuy ? 1 : -1, at, NaN)
    }
  }

  /** `[bid, ask, seconds, bid volume, ask volume]`, zeros where there is none. */
  #spread({ instrument, quote }: Lane): void {
    const scan = this.#scan
    scan.pass(OPEN_ARRAY)
    quote.bid = readTicks(scan, instrument, this.#offGrid, true) || NaN
    scan.comma()
    quote.ask = readTicks(scan, instrument, this.#offGrid, true) || NaN
    scan.comma()
    quote.at = scan.figure() * 1_000
    scan.comma()
    quote.bidSize = readLots(scan, instrument, this.#offGrid) || NaN
    scan.comma()
    quote.askSize = readLots(scan, instrument, this.#offGrid) || NaN
    quote.sequence = NaN
    while (scan.nextItem()) scan.skip()
  }
}
