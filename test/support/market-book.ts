import { Changes, Trades } from '../../src-main/engine/book/changes'
import { SortedBook } from '../../src-main/engine/book/sorted-book'
import type { Levels } from '../../src-main/engine/market/levels'
import type { Preset } from '../../src-main/engine/market/preset'
import type { MarketSink } from '../../src-main/engine/market/sink'
import type { Instrument } from '../../src-shared/instrument'
import type { Millis } from '../../src-shared/units'
import { millis, ticks } from '../../src-shared/units'

/** Simulated BTC-PERP: ticks of 0.1 USD, lots of 0.001 BTC. */
export const btcPerp: Instrument = {
  ...{ id: 'sim:BTC-PERP', venue: 'sim', symbol: 'BTC-PERP', base: 'BTC', quote: 'USD', product: 'linear' },
  ...{ price: { decimals: 1, step: 1 }, tickSize: ticks(1), size: { decimals: 3, step: 1 } },
  ...{ contract: { of: 1, currency: 'base' }, trading: 'trading', simulated: true }
}

/** Simulated DOGE-PERP: a tick is about a basis point, lots of 1 DOGE. */
export const dogePerp: Instrument = {
  ...btcPerp,
  ...{ id: 'sim:DOGE-PERP', symbol: 'DOGE-PERP', base: 'DOGE' },
  ...{ price: { decimals: 5, step: 1 }, size: { decimals: 0, step: 1 } }
}

/** Who hears of the book, as an engine would tell it. */
export interface MarketBookParts {
  readonly onBook: (book: SortedBook, changes: Changes, at: Millis) => void
  readonly onTrades: (trades: Trades, at: Millis) => void
  readonly onQuote?: MarketSink['quote']
}

/** The book of one simulated instrument straight from the market's events, without a venue between: trades of one moment are told together, before what follows them. */
export class MarketBook implements MarketSink {
  readonly book = new SortedBook()
  readonly #symbol: string
  readonly #parts: MarketBookParts
  readonly #changes = new Changes()
  readonly #trades = new Trades()
  #tradesAt = NaN

  constructor(symbol: string, parts: MarketBookParts) {
    this.#symbol = symbol
    this.#parts = parts
  }

  /** Tells the trades that wait for what follows them. */
  flush(): void {
    if (this.#trades.count > 0) this.#parts.onTrades(this.#trades, millis(this.#tradesAt))
    this.#trades.reset()
  }

  trade(of: Preset, at: number, id: number, price: number, lots: number, sign: 1 | -1): void {
    if (of.symbol !== this.#symbol) return
    if (at !== this.#tradesAt) this.flush()
    this.#tradesAt = at
    this.#trades.push(price, lots, sign, at, id)
  }
  diff(of: Preset, at: number, _prev: number, last: number, bids: Levels, asks: Levels): void {
    if (of.symbol === this.#symbol) this.#commit(at, last, bids, asks, false)
  }
  snapshot(of: Preset, at: number, id: number, bids: Levels, asks: Levels): void {
    if (of.symbol === this.#symbol) this.#commit(at, id, bids, asks, true)
  }
  quote(of: Preset, ...quote: Tail<Parameters<MarketSink['quote']>>): void {
    if (of.symbol !== this.#symbol || !this.#parts.onQuote) return
    this.flush()
    this.#parts.onQuote(of, ...quote)
  }
  liquidation(): void {
    // Printed as a trade too.
  }
  mark(): void {
    // Says nothing about the book.
  }
  heartbeat(): void {
    // Says nothing about the book.
  }

  #commit(at: number, last: number, bids: Levels, asks: Levels, isSnapshot: boolean): void {
    this.flush()
    const changes = this.#changes.reset()
    changes.isSnapshot = isSnapshot
    changes.last = last
    changes.at = millis(at)
    for (let i = 0; i < bids.count; i++) changes.bids.push(bids.prices[i]!, bids.lots[i]!)
    for (let i = 0; i < asks.count; i++) changes.asks.push(asks.prices[i]!, asks.lots[i]!)
    this.book.commit(changes)
    this.#parts.onBook(this.book, changes, millis(at))
  }
}

type Tail<Given extends readonly unknown[]> = Given extends readonly [unknown, ...infer Rest] ? Rest : never
