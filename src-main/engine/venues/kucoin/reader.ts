import { millis } from '../../../../src-shared/units'
import { Message } from '../../dialects/message'
import { Fields } from '../../scan/fields'
import { readLevels } from '../../scan/levels'
import type { Scanner } from '../../scan/scanner'
import { Symbols } from '../../scan/symbols'
import type { Lane, Reader, Reading, Sink } from '../venue'
import { decodeNotice } from './notices'
import { readUpdate } from './update'

const OPEN_OBJECT = 0x7b
const COLON = 0x3a
const ZERO = 0x30

const subjects = ['trade.l2update', 'trade.l3match', 'trade.ticker'] as const
type Subject = (typeof subjects)[number]
const subjectFields = new Fields<string>(subjects)
const sides = new Fields<string>(['buy', 'sell'])
const SELL = sides.index('sell')

/** Entries with a price of 0 only use up a sequence number: hidden orders, and changes that cancelled out. */
const rows = { passesZeroPrices: true } as const

/** Reads the books, matches and best quotes of KuCoin's classic spot socket. */
export class KucoinReader implements Reader {
  readonly decode = decodeNotice
  readonly #message = new Message([
    ...(['topic', 'subject', 'data', 'sequenceStart', 'sequenceEnd', 'changes', 'bids', 'asks'] as const),
    ...(['time', 'side', 'price', 'size', 'tradeId'] as const),
    ...(['sequence', 'bestBid', 'bestBidSize', 'bestAsk', 'bestAskSize'] as const)
  ])
  readonly #symbols = new Symbols()

  read(bytes: Uint8Array, sink: Sink): Reading {
    const message = this.#message
    if (message.scan.load(bytes).peek() !== OPEN_OBJECT) return 'ordinary'
    const updated = readUpdate(message.scan, this.#symbols, sink)
    if (updated) {
      sink.book(updated)
      return 'taken'
    }
    if (!message.load(bytes)) return 'malformed'
    const subject = subjects[message.word('subject', subjectFields)]
    if (!subject) return message.scan.failed() ? 'malformed' : 'ordinary'
    const lane = this.#lane(sink)
    message.enter('data')
    if (message.scan.failed()) return 'malformed'
    if (!lane) return 'taken'
    this.#stage(subject, lane)
    const verdict = message.verdict(lane)
    if (verdict === 'taken') handOver(subject, lane, sink)
    return verdict
  }

  /** The topic names the symbol: `/market/level2:BTC-USDT`. */
  #lane(sink: Sink): Lane | undefined {
    const { scan } = this.#message
    if (!this.#message.string('topic')) return undefined
    const colon = scan.bytes.indexOf(COLON, scan.from)
    if (colon < 0 || colon >= scan.to) {
      scan.fail()
      return undefined
    }
    scan.from = colon + 1
    return sink.lane(this.#symbols.text(scan))
  }

  #stage(subject: Subject, lane: Lane): void {
    if (subject === 'trade.l2update') this.#book(lane)
    else if (subject === 'trade.l3match') this.#match(lane)
    else this.#quote(lane)
  }

  #book({ changes, instrument }: Lane): void {
    const message = this.#message
    changes.reset()
    changes.first = message.whole('sequenceStart')
    changes.last = message.whole('sequenceEnd')
    if (message.has('time')) changes.at = millis(message.whole('time'))
    message.enter('changes')
    for (const side of ['bids', 'asks'] as const)
      if (message.seek(side)) readLevels(message.scan, instrument, changes[side], message.offGrid, rows)
  }

  #match({ trades, instrument }: Lane): void {
    const message = this.#message
    trades.reset()
    const price = message.point('price', 'price', instrument.price)
    const size = message.point('size', 'size', instrument.size)
    const side = message.word('side', sides)
    if (side < 0) message.scan.fail()
    const at = message.string('time') ? millisOf(message.scan) : NaN
    if (Number.isNaN(at)) message.scan.fail()
    const id = message.string('tradeId') ? numberOf(message.scan) : NaN
    if (price > 0 && size > 0) trades.push(price, size, side === SELL ? -1 : 1, at, id)
  }

  #quote({ quote, instrument }: Lane): void {
    const message = this.#message
    quote.bid = message.quoted('bestBid', 'price', instrument.price)
    quote.bidSize = message.quoted('bestBidSize', 'size', instrument.size)
    quote.ask = message.quoted('bestAsk', 'price', instrument.price)
    quote.askSize = message.quoted('bestAskSize', 'size', instrument.size)
    quote.sequence = message.whole('sequence')
    quote.at = message.whole('time')
  }
}

function handOver(subject: Subject, lane: Lane, sink: Sink): void {
  if (subject === 'trade.l2update') sink.book(lane)
  else if (subject === 'trade.ticker') sink.quote(lane)
  else if (lane.trades.count > 0) sink.trades(lane)
}

/** Nanoseconds, 19 digits, as ms with their fraction; NaN for anything else. */
function millisOf({ bytes, from, to }: Scanner): number {
  if (to - from !== 19) return NaN
  const whole = digitsOf(bytes, from, to - 6)
  return whole + digitsOf(bytes, to - 6, to) / 1e6
}

/** Trade ids were hexadecimal, later numbers, and some of those pass 2^53: NaN for what is no exact number. */
function numberOf({ bytes, from, to }: Scanner): number {
  const n = digitsOf(bytes, from, to)
  return n <= Number.MAX_SAFE_INTEGER ? n : NaN
}

function digitsOf(bytes: Uint8Array, from: number, to: number): number {
  let n = to > from ? 0 : NaN
  for (let at = from; at < to; at++) {
    const digit = bytes[at]! - ZERO
    n = digit >= 0 && digit <= 9 ? n * 10 + digit : NaN
  }
  return n
}
