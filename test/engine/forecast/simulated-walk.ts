import { Changes, Trades } from '../../../src-main/engine/book/changes'
import { SortedBook } from '../../../src-main/engine/book/sorted-book'
import { BookForecast } from '../../../src-main/engine/forecast/book-forecast'
import { horizons } from '../../../src-main/engine/forecast/horizon'
import type { Judgement } from '../../../src-main/engine/forecast/judgement'
import { judge } from '../../../src-main/engine/forecast/judgement'
import { Chance } from '../../../src-main/engine/market/chance'
import type { Levels } from '../../../src-main/engine/market/levels'
import type { Preset } from '../../../src-main/engine/market/preset'
import { presets } from '../../../src-main/engine/market/presets'
import type { Regime } from '../../../src-main/engine/market/regimes'
import type { MarketSink } from '../../../src-main/engine/market/sink'
import { World } from '../../../src-main/engine/market/world'
import { millis } from '../../../src-shared/units'

const nothing = (): void => undefined

/** The forecast of one simulated instrument that nobody but it lives through, from its first snapshot on. */
class Walk implements MarketSink {
  readonly forecast: BookForecast
  readonly #book = new SortedBook()
  readonly #changes = new Changes()
  readonly #trades = new Trades()
  #tradesAt = NaN
  readonly liquidation = nothing
  readonly mark = nothing
  readonly heartbeat = nothing

  constructor() {
    this.forecast = new BookForecast(this.#book, { halfLifeMinutes: 45, window: 60_000 })
  }

  trade(_of: Preset, at: number, id: number, price: number, lots: number, sign: 1 | -1): void {
    if (at !== this.#tradesAt) this.#flush()
    this.#tradesAt = at
    this.#trades.push(price, lots, sign, at, id)
  }
  quote(_: Preset, at: number, id: number, bid: number, bidSize: number, ask: number, askSize: number): void {
    this.#flush()
    this.forecast.onQuote({ bid, bidSize, ask, askSize }, id, at)
  }
  diff(_of: Preset, at: number, _prev: number, last: number, bids: Levels, asks: Levels): void {
    this.#commit(at, last, bids, asks, false)
  }
  snapshot(_of: Preset, at: number, id: number, bids: Levels, asks: Levels): void {
    this.#commit(at, id, bids, asks, true)
  }

  #flush(): void {
    if (this.#trades.count > 0) this.forecast.onTrades(this.#trades, this.#tradesAt)
    this.#trades.reset()
  }

  #commit(at: number, last: number, bids: Levels, asks: Levels, isSnapshot: boolean): void {
    this.#flush()
    const changes = this.#changes.reset()
    Object.assign(changes, { isSnapshot, last, at })
    for (let i = 0; i < bids.count; i++) changes.bids.push(bids.prices[i]!, bids.lots[i]!)
    for (let i = 0; i < asks.count; i++) changes.asks.push(asks.prices[i]!, asks.lots[i]!)
    this.#book.commit(changes)
    this.forecast.onBook(changes, at)
  }
}

/** What the forecast of a simulated instrument was worth over so many seconds of one regime, without episodes; by horizon. */
export function walkSimulated(symbol: string, seed: number, seconds: number, regime: Regime) {
  const walk = new Walk()
  const world = new World({ seed, at: millis(0), regime, sink: walk, truth: nothing })
  world.start(presets.find((it) => it.symbol === symbol)!).snapshot(1_000)
  for (let second = 1; second <= seconds; second++) world.run(second * 1_000)
  const resampling = new Chance(seed, 'resampling')
  const settings = { takerFeeBps: 5, makerFeeBps: 2, chance: () => resampling.next() }
  const judged = walk.forecast.forecaster.scored.map((scored) => judge(scored, settings))
  return Object.fromEntries(horizons.map(({ id }, h) => [id, judged[h]!])) as Readonly<
    Record<string, Judgement>
  >
}
