import { millis } from '../../../../src-shared/units'
import type { Changes } from '../../book/changes'
import { Levels } from '../../book/changes'
import { Message } from '../../dialects/message'
import { readLevels } from '../../scan/levels'
import { bytesOfWord } from '../../scan/plain'
import type { Scanner } from '../../scan/scanner'
import { Symbols } from '../../scan/symbols'
import type { Lane, Reader, Reading, Sink } from '../venue'
import { sumOfLevels } from './audit'
import type { Channel } from './channels'
import { channels } from './channels'
import { decodeNotice } from './notices'
import { Sides } from './sides'

const OPEN_OBJECT = 0x7b

const prefixes = channels.map((name) => ({ name, bytes: bytesOfWord(`${name}_`) }))

/** Reads diffs, trades and the 100-level books that the rebuilt ones are held against. */
export class BitstampReader implements Reader {
  readonly decode = decodeNotice
  readonly #message = new Message([
    ...(['channel', 'event', 'data', 'microtimestamp', 'bids', 'asks'] as const),
    ...(['id', 'price', 'price_str', 'amount', 'amount_str', 'type'] as const)
  ])
  readonly #symbols = new Symbols()
  /** A whole book. */
  readonly #whole = { bids: new Levels(), asks: new Levels() }
  readonly #sides = new Sides()

  read(bytes: Uint8Array, sink: Sink): Reading {
    const message = this.#message
    if (message.scan.load(bytes).peek() !== OPEN_OBJECT) return 'ordinary'
    const found = this.#sides.find(message.scan, this.#symbols, sink)
    if (found && this.#readOwn(found, sink)) return 'taken'
    if (!message.load(bytes)) return 'malformed'
    if (!message.has('event') || !message.has('channel') || !message.isObject('data')) return 'ordinary'
    if (!isMarketData(message.string('event') ? message.scan : undefined)) return 'ordinary'
    const isTrade = isExactly(message.scan, trade)
    const channel = this.#channel()
    if (!channel) return message.scan.failed() ? 'malformed' : 'ordinary'
    const lane = sink.lane(this.#symbols.text(message.scan))
    // A word on the wrong channel: two messages run into one.
    if ((channel === 'live_trades') !== isTrade) return 'malformed'
    message.enter('data')
    if (message.scan.failed()) return 'malformed'
    if (!lane) return 'taken'
    return this.#read(channel, lane, sink)
  }

  /** A diff or a whole book in the venue's own form; false for what the general way must read. */
  #readOwn(lane: Lane, sink: Sink): boolean {
    const { scan } = this.#message
    const { at, isDiff } = this.#sides
    const { bids, asks } = isDiff ? this.#begin(lane, at) : this.#whole
    if (!this.#sides.read(scan, lane, bids, asks)) return false
    if (isDiff) sink.book(lane)
    else sink.checksum(lane, sumOfLevels(bids, asks, lane.instrument), at)
    return true
  }

  /** What the channel's name begins with; the scanner's text is then the symbol. */
  #channel(): Channel | undefined {
    const { scan } = this.#message
    if (!this.#message.string('channel')) return undefined
    for (const { name, bytes } of prefixes) {
      if (!startsWith(scan, bytes)) continue
      scan.from += bytes.length
      return name
    }
    return undefined
  }

  #read(channel: Channel, lane: Lane, sink: Sink): Reading {
    const message = this.#message
    const at = message.whole('microtimestamp')
    if (channel === 'live_trades') this.#trade(lane, at)
    else if (channel === 'diff_order_book') this.#diff(lane, at)
    else this.#levels(lane, this.#whole.bids, this.#whole.asks)
    const verdict = message.verdict(lane)
    if (verdict !== 'taken') return verdict
    if (channel === 'live_trades') {
      if (lane.trades.count > 0) sink.trades(lane)
    } else if (channel === 'diff_order_book') sink.book(lane)
    else sink.checksum(lane, sumOfLevels(this.#whole.bids, this.#whole.asks, lane.instrument), at)
    return 'taken'
  }

  #diff(lane: Lane, at: number): void {
    const { bids, asks } = this.#begin(lane, at)
    this.#levels(lane, bids, asks)
  }

  #begin({ changes }: Lane, at: number): Changes {
    changes.reset()
    changes.first = changes.last = at
    changes.at = millis(at / 1_000)
    return changes
  }

  #levels({ instrument }: Lane, bids: Levels, asks: Levels): void {
    const message = this.#message
    if (message.seek('bids')) readLevels(message.scan, instrument, bids, message.offGrid)
    if (message.seek('asks')) readLevels(message.scan, instrument, asks, message.offGrid)
  }

  /** The texts hold every digit; the bare numbers beside them are what is left where a text is missing. */
  #trade({ trades, instrument }: Lane, at: number): void {
    const message = this.#message
    trades.reset()
    const price = message.point(message.has('price_str') ? 'price_str' : 'price', 'price', instrument.price)
    const size = message.point(message.has('amount_str') ? 'amount_str' : 'amount', 'size', instrument.size)
    const id = message.tradeId('id')
    const type = message.whole('type')
    if (type > 1) message.scan.fail()
    if (price > 0 && size > 0) trades.push(price, size, type === 1 ? -1 : 1, at / 1_000, id)
  }
}

const data = bytesOfWord('data')
const trade = bytesOfWord('trade')
const isMarketData = (scan: Scanner | undefined): boolean =>
  scan !== undefined && (isExactly(scan, data) || isExactly(scan, trade))

const isExactly = (scan: Scanner, word: Uint8Array): boolean =>
  scan.to - scan.from === word.length && startsWith(scan, word)

function startsWith({ bytes, from, to }: Scanner, word: Uint8Array): boolean {
  if (to - from < word.length) return false
  for (let n = 0; n < word.length; n++) if (bytes[from + n] !== word[n]) return false
  return true
}
