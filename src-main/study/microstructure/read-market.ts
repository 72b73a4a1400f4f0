import type { Instrument, VenueId } from '../../../src-shared/instrument'
import { valueOn } from '../../../src-shared/instrument'
import type { Trades } from '../../engine/book/changes'
import type { TapeFrame } from '../../engine/tape/line'
import type { Quote } from '../../engine/venues/venue'
import { readCapture } from '../capture/read-capture'
import { silent } from '../capture/silent'
import type { Finding } from '../finding'
import type { Market, Prints, Quotes } from './market'
import { nanos, sizeUnit } from './market'
import { tradeKind } from './trade-kind'

/** Quotes and trades of a Binance capture. Without either there is nothing to study, and the reason says so. */
export async function readMarket(path: string, venue?: VenueId): Promise<Finding<Market>> {
  const heard = new Heard()
  const end = await readCapture([path], heard.listener, venue)
  if (!end.ok) return end
  if (heard.quotes.length === 0) return { ok: false, reason: `${path}: holds no quotes (bookTicker)` }
  if (heard.trades.length === 0) return { ok: false, reason: `${path}: holds no trades` }
  return { ok: true, figures: heard.market(end.lane.instrument) }
}

/** Decimal numbers, as a grid may get finer while the capture plays. */
interface QuoteRow {
  readonly at: number
  readonly bid: number
  readonly ask: number
  readonly bidSize: number
  readonly askSize: number
}
interface TradeRow {
  readonly at: number
  readonly price: number
  readonly size: number
  readonly aggressor: number
  readonly madeAt: number
}

/** What is kept of a capture while it plays. */
class Heard {
  readonly quotes: QuoteRow[] = []
  readonly trades: TradeRow[] = []
  #excluded = 0
  #idsRise = true
  #lastId = -Infinity
  #second = NaN
  #at = NaN
  #instrument: Instrument | undefined
  #event: string | undefined

  readonly listener = {
    ...silent,
    onFrame: (frame: TapeFrame) => this.#frame(frame),
    onInstruments: ([instrument]: readonly Instrument[]) => {
      this.#instrument = instrument
    },
    onQuote: (_: string, quote: Quote) => {
      if (this.#instrument) this.#quote(this.#instrument, quote)
    },
    onTrades: (_: string, trades: Trades) => {
      if (this.#instrument) this.#trades(this.#instrument, trades)
    }
  }

  market(instrument: Instrument): Market {
    const tick = valueOn(instrument.price, 1)
    return {
      instrument,
      tick,
      second: this.#second,
      quotes: this.#quotesIn(tick),
      prints: this.#printsIn(tick),
      excluded: this.#excluded,
      idsRise: this.#idsRise
    }
  }

  #frame(frame: TapeFrame): boolean {
    if (Number.isNaN(this.#second)) this.#second = frame.second
    this.#at = (frame.second - this.#second) * nanos + frame.nanosecond
    const trade = tradeKind(frame)
    if (!trade) return true
    if (!trade.isMarket) this.#excluded++
    // A capture may hold every trade twice: one by one, and added up by order.
    this.#event ??= trade.event
    return trade.isMarket && trade.event === this.#event
  }

  #quote({ price, size }: Instrument, quote: Quote): void {
    if (quote.sequence < this.#lastId) this.#idsRise = false
    this.#lastId = quote.sequence
    // A side without a quote has no mid.
    if (Number.isNaN(quote.bid + quote.ask)) return
    this.quotes.push({
      at: this.#at,
      bid: valueOn(price, quote.bid),
      ask: valueOn(price, quote.ask),
      bidSize: valueOn(size, quote.bidSize),
      askSize: valueOn(size, quote.askSize)
    })
  }

  #trades({ price, size }: Instrument, trades: Trades): void {
    for (let i = 0; i < trades.count; i++)
      this.trades.push({
        at: this.#at,
        price: valueOn(price, trades.price[i]!),
        size: valueOn(size, trades.size[i]!),
        aggressor: trades.aggressor[i]!,
        madeAt: trades.at[i]!
      })
  }

  #quotesIn(tick: number): Quotes {
    const rows = this.quotes
    const bid = Float64Array.from(rows, (it) => Math.round(it.bid / tick))
    const ask = Float64Array.from(rows, (it) => Math.round(it.ask / tick))
    return {
      count: rows.length,
      at: Float64Array.from(rows, (it) => it.at),
      bid,
      ask,
      mid2: bid.map((it, i) => it + ask[i]!),
      bidSize: Float64Array.from(rows, (it) => Math.round(it.bidSize * sizeUnit)),
      askSize: Float64Array.from(rows, (it) => Math.round(it.askSize * sizeUnit))
    }
  }

  #printsIn(tick: number): Prints {
    const rows = this.trades
    return {
      count: rows.length,
      at: Float64Array.from(rows, (it) => it.at),
      price: Float64Array.from(rows, (it) => Math.round(it.price / tick)),
      size: Float64Array.from(rows, (it) => it.size),
      aggressor: Float64Array.from(rows, (it) => it.aggressor),
      madeAt: Float64Array.from(rows, (it) => it.madeAt)
    }
  }
}
