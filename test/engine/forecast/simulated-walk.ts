import { BookForecast } from '../../../src-main/engine/forecast/book-forecast'
import { horizons } from '../../../src-main/engine/forecast/horizon'
import type { Judgement } from '../../../src-main/engine/forecast/judgement'
import { judge } from '../../../src-main/engine/forecast/judgement'
import { Chance } from '../../../src-main/engine/market/chance'
import { presets } from '../../../src-main/engine/market/presets'
import type { Regime } from '../../../src-main/engine/market/regimes'
import { World } from '../../../src-main/engine/market/world'
import { millis } from '../../../src-shared/units'
import { MarketBook } from '../../support/market-book'

const nothing = (): void => undefined

/** The forecast of one simulated instrument that nobody but it lives through, from its first snapshot on. */
function walkOf(symbol: string): { readonly market: MarketBook; readonly forecast: BookForecast } {
  const market: MarketBook = new MarketBook(symbol, {
    onBook: (_book, changes, at) => {
      forecast.onBook(changes, at)
    },
    onTrades: (trades, at) => {
      forecast.onTrades(trades, at)
    },
    onQuote: (_of, at, id, bid, bidSize, ask, askSize) => {
      forecast.onQuote({ bid, bidSize, ask, askSize }, id, at)
    }
  })
  const forecast = new BookForecast(market.book, { halfLifeMinutes: 45, window: 60_000 })
  return { market, forecast }
}

/** What the forecast of a simulated instrument was worth over so many seconds of one regime, without episodes; by horizon. */
export function walkSimulated(symbol: string, seed: number, seconds: number, regime: Regime) {
  const { market, forecast } = walkOf(symbol)
  const world = new World({ seed, at: millis(0), regime, sink: market, truth: nothing })
  world.start(presets.find((it) => it.symbol === symbol)!).snapshot(1_000)
  for (let second = 1; second <= seconds; second++) world.run(second * 1_000)
  const resampling = new Chance(seed, 'resampling')
  const settings = { takerFeeBps: 5, makerFeeBps: 2, chance: () => resampling.next() }
  const judged = forecast.forecaster.scored.map((scored) => judge(scored, settings))
  return Object.fromEntries(horizons.map(({ id }, h) => [id, judged[h]!])) as Readonly<
    Record<string, Judgement>
  >
}
