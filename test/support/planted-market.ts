import type { SortedBook } from '../../src-main/engine/book/sorted-book'
import { Episodes } from '../../src-main/engine/market/episodes/episodes'
import type { EpisodeWish } from '../../src-main/engine/market/episodes/stage'
import { presets } from '../../src-main/engine/market/presets'
import type { EpisodeKind, EpisodeTruth } from '../../src-main/engine/market/truth'
import { World } from '../../src-main/engine/market/world'
import type { Metric, MetricRun, Seen } from '../../src-main/engine/metrics/metric'
import { paramsOf } from '../../src-main/engine/metrics/params'
import { millis } from '../../src-shared/units'
import { btcPerp, MarketBook } from './market-book'

export interface Planned {
  readonly atS: number
  readonly kind: EpisodeKind
  readonly wish?: EpisodeWish
}

/** One metric on a simulated perpetual, BTC-PERP unless another is named, as an engine would see it, with episodes planted and no others, and what really happened beside what was told. */
export class PlantedMarket {
  readonly told: Seen[] = []
  readonly truths: EpisodeTruth[] = []
  readonly run: MetricRun
  readonly #market: MarketBook
  readonly #world: World

  constructor(metric: Metric, seed: number, plan: readonly Planned[], instrument = btcPerp) {
    const { symbol } = instrument
    const preset = presets.find((it) => it.symbol === symbol)!
    this.#market = new MarketBook(symbol, {
      onBook: (_book, changes, at) => this.run.onBook?.(changes, at),
      onTrades: (trades, at) => this.run.onTrades?.(trades, at)
    })
    const scope = {
      book: this.book,
      instrument: () => instrument,
      tell: (seen: Seen) => this.told.push(seen),
      placeOf: () => -1,
      paramsOf: () => ({})
    }
    this.run = metric.start(scope, paramsOf(metric.spec))
    const truth = (fact: { readonly type: string }): void => {
      if (fact.type === 'episode') this.truths.push(fact as EpisodeTruth)
    }
    this.#world = new World({ seed, at: millis(0), regime: 'active', sink: this.#market, truth })
    const episodes = new Episodes(this.#world, {})
    this.#world.start(preset).snapshot(1_000)
    for (const { atS, kind, wish = {} } of plan)
      episodes.plant(atS * 1_000 + 1, kind, symbol, preset.asset, wish)
  }

  get book(): SortedBook {
    return this.#market.book
  }

  /** Plays on until `seconds`, with a sample each second; `look` after each. */
  play(seconds: number, look?: (second: number) => void): this {
    const row = new Float64Array(64)
    for (let second = Math.floor(this.#world.clock / 1_000) + 1; second <= seconds; second++) {
      this.#world.run(second * 1_000)
      this.#market.flush()
      this.run.sample(millis(second * 1_000), row, 0)
      look?.(second)
    }
    return this
  }
}
