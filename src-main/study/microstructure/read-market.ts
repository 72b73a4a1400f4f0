import type { Instrument } from '../../../src-shared/instrument'
import { valueOn } from '../../../src-shared/instrument'
import type { Book } from '../../engine/book/book'
import type { Touch, Trades } from '../../engine/book/changes'
import { apartFromFlow } from '../../engine/book/changes'
import type { FeedLane } from '../../engine/feed/lane'
import type { TapeFrame } from '../../engine/tape/line'
import type { Quote } from '../../engine/venues/venue'
import { silent } from '../capture/silent'
import type { Source } from '../capture/source'
import { mostRows, nameOf, readSource } from '../capture/source'
import type { Finding } from '../finding'
import type { Market, Prints, Quotes } from './market'
import { nanos, sizeUnit } from './market'
import { priceStep } from './price-step'
import type { QuoteRow, TradeRow } from './stretch'
import { Stretch } from './stretch'
import { tradeKind } from './trade-kind'

/**
 * Quotes and trades of the longest stretch without a break, as no figure may span one. Without either there is nothing to study, and the reason says so.
 */
export async function readMarket(source: Source): Promise<Finding<Market>> {
  const heard = new Heard()
  const end = await readSource(source, heard.listener)
  if (!end.ok) return end
  const name = nameOf(source)
  if (heard.isTooLong)
    return { ok: false, reason: `${name}: more than ${mostRows} quotes and trades, too long for one study` }
  const { longest } = heard
  if (longest.rows.length === 0)
    return { ok: false, reason: `${name}: holds no quotes and no book that stood` }
  if (longest.trades.length === 0) return { ok: false, reason: `${name}: holds no trades` }
  return { ok: true, figures: heard.market(end.lane) }
}

/** What is kept of a source while it plays. */
class Heard {
  isTooLong = false
  #now = new Stretch()
  #longest = new Stretch()
  #stretches = 0
  #idsRise = true
  #lastId = -Infinity
  #second = NaN
  #at = NaN
  #instrument: Instrument | undefined
  #event: string | undefined
  /** The frame at hand is no trade that the venue says is none of the market. */
  #isMarket = true

  readonly listener = {
    ...silent,
    onFrame: (frame: TapeFrame) => this.#frame(frame),
    onInstruments: (list: readonly Instrument[]) => {
      this.#instrument = list.find(({ id }) => id === this.#instrument?.id) ?? this.#instrument ?? list[0]
    },
    onQuote: (_: string, quote: Quote) => {
      this.#quote(quote)
    },
    onBook: (_: string, book: Book) => {
      if (this.#instrument) this.#touched(this.#instrument, book.touch)
    },
    onDiff: (lane: FeedLane) => {
      this.#instrument = lane.instrument
      this.#touched(lane.instrument, lane.book.touch)
    },
    onTrades: (_: string, trades: Trades) => {
      if (this.#instrument) this.#trades(this.#instrument, trades)
    },
    onGap: () => {
      this.#break()
    },
    onTradesLost: () => {
      this.#break()
    }
  }

  get longest(): Stretch {
    this.#break()
    return this.#longest
  }

  market(lane: FeedLane): Market {
    const { instrument } = lane
    const { rows, trades, excluded, isOfBook } = this.longest
    const unit = valueOn(instrument.price, 1)
    const step = priceStep(lane, rows)
    return {
      instrument,
      unit,
      tick: valueOn(instrument.price, step),
      second: this.#second,
      quotes: quotesIn(unit, step, rows),
      prints: printsIn(unit, trades),
      excluded,
      idsRise: Number.isFinite(this.#lastId) && !isOfBook ? this.#idsRise : null,
      isOfBook,
      stretches: this.#stretches
    }
  }

  /** What came before says nothing of what comes. */
  #break(): void {
    if (this.#now.count === 0) return
    if (this.#now.isWhole) this.#stretches++
    const isBetter = this.#now.isWhole === this.#longest.isWhole && this.#now.length >= this.#longest.length
    if (isBetter || (this.#now.isWhole && !this.#longest.isWhole)) this.#longest = this.#now
    this.#now = new Stretch()
  }

  #frame(frame: TapeFrame): boolean {
    if (Number.isNaN(this.#second)) this.#second = frame.second
    this.#at = (frame.second - this.#second) * nanos + frame.nanosecond
    this.isTooLong ||= this.#now.count >= mostRows
    if (this.isTooLong) return false
    const trade = tradeKind(frame)
    this.#isMarket = trade?.isMarket ?? true
    if (!trade || (this.#instrument && trade.symbol !== this.#instrument.symbol)) return true
    if (!trade.isMarket) this.#now.excluded++
    // A capture may hold every trade twice: one by one, and added up by order.
    this.#event ??= trade.event
    // Read even so: its id is counted, and would look lost.
    return trade.event === this.#event
  }

  #quote(quote: Quote): void {
    const instrument = this.#instrument
    if (!instrument) return
    if (quote.sequence < this.#lastId) this.#idsRise = false
    if (!Number.isNaN(quote.sequence)) this.#lastId = quote.sequence
    // A side without a quote has no mid.
    if (!Number.isNaN(quote.bid + quote.ask)) this.#now.quotes.push(this.#row(instrument, quote))
  }

  #touched(instrument: Instrument, touch: Touch): void {
    // A crossed book between two messages is no market.
    if (touch.bid < touch.ask) this.#now.touched(this.#row(instrument, touch))
  }

  #row({ price, size }: Instrument, { bid, ask, bidSize, askSize }: Touch): QuoteRow {
    return {
      at: this.#at,
      bid: valueOn(price, bid),
      ask: valueOn(price, ask),
      bidSize: valueOn(size, bidSize),
      askSize: valueOn(size, askSize)
    }
  }

  #trades({ price, size }: Instrument, trades: Trades): void {
    if (!this.#isMarket) return
    for (let i = 0; i < trades.count; i++) {
      if ((trades.flags[i]! & apartFromFlow) !== 0) {
        this.#now.excluded++
        continue
      }
      this.#now.trades.push({
        at: this.#at,
        price: valueOn(price, trades.price[i]!),
        size: valueOn(size, trades.size[i]!),
        aggressor: trades.aggressor[i]!,
        madeAt: trades.at[i]!
      })
    }
  }
}

function quotesIn(unit: number, step: number, rows: readonly QuoteRow[]): Quotes {
  const bid = Float64Array.from(rows, (it) => Math.round(it.bid / unit))
  const ask = Float64Array.from(rows, (it) => Math.round(it.ask / unit))
  return {
    count: rows.length,
    at: Float64Array.from(rows, (it) => it.at),
    bid,
    ask,
    step,
    mid2: bid.map((it, i) => it + ask[i]!),
    bidSize: Float64Array.from(rows, (it) => Math.round(it.bidSize * sizeUnit)),
    askSize: Float64Array.from(rows, (it) => Math.round(it.askSize * sizeUnit))
  }
}

function printsIn(unit: number, rows: readonly TradeRow[]): Prints {
  return {
    count: rows.length,
    at: Float64Array.from(rows, (it) => it.at),
    price: Float64Array.from(rows, (it) => Math.round(it.price / unit)),
    size: Float64Array.from(rows, (it) => it.size),
    aggressor: Float64Array.from(rows, (it) => it.aggressor),
    madeAt: Float64Array.from(rows, (it) => it.madeAt)
  }
}
