import { Changes, Trades } from '../../src-main/engine/book/changes'
import { SortedBook } from '../../src-main/engine/book/sorted-book'
import { Episodes } from '../../src-main/engine/market/episodes/episodes'
import type { EpisodeWish } from '../../src-main/engine/market/episodes/stage'
import type { Levels } from '../../src-main/engine/market/levels'
import type { Preset } from '../../src-main/engine/market/preset'
import { presets } from '../../src-main/engine/market/presets'
import type { Regime } from '../../src-main/engine/market/regimes'
import type { MarketSink } from '../../src-main/engine/market/sink'
import type { EpisodeKind, EpisodeTruth } from '../../src-main/engine/market/truth'
import { World } from '../../src-main/engine/market/world'
import type { Metric, MetricRun, Seen } from '../../src-main/engine/metrics/metric'
import { paramsOf } from '../../src-main/engine/metrics/params'
import type { Instrument } from '../../src-shared/instrument'
import { millis, ticks } from '../../src-shared/units'

const watched = 'BTC-PERP'
/** Simulated BTC-PERP: ticks of 0.1 USD, lots of 0.001 BTC. */
const instrument: Instrument = {
  id: `sim:${watched}`,
  venue: 'sim',
  symbol: watched,
  base: 'BTC',
  quote: 'USD',
  product: 'linear',
  price: { decimals: 1, step: 1 },
  tickSize: ticks(1),
  size: { decimals: 3, step: 1 },
  contract: { of: 1, currency: 'base' },
  trading: 'trading',
  simulated: true
}

export interface Planned {
  readonly atS: number
  readonly kind: EpisodeKind
  readonly wish?: EpisodeWish
}

/** One metric on the simulated BTC-PERP as an engine would see it, with episodes planted and no others, and what really happened beside what was told. */
export class PlantedMarket implements MarketSink {
  readonly told: Seen[] = []
  readonly truths: EpisodeTruth[] = []
  readonly book = new SortedBook()
  readonly run: MetricRun
  readonly #changes = new Changes()
  readonly #trades = new Trades()
  readonly #world: World
  #tradesAt = NaN

  constructor(metric: Metric, seed: number, plan: readonly Planned[], regime: Regime = 'active') {
    const scope = {
      book: this.book,
      instrument: () => instrument,
      tell: (seen: Seen) => this.told.push(seen),
      placeOf: () => -1
    }
    this.run = metric.start(scope, paramsOf(metric.spec))
    const truth = (fact: { readonly type: string }): void => {
      if (fact.type === 'episode') this.truths.push(fact as EpisodeTruth)
    }
    this.#world = new World({ seed, at: millis(0), regime, sink: this, truth })
    const episodes = new Episodes(this.#world, {})
    this.#world.start(presets.find((it) => it.symbol === watched)!).snapshot(1_000)
    for (const { atS, kind, wish = {} } of plan) episodes.plant(atS * 1_000 + 1, kind, watched, 'BTC', wish)
  }

  /** Plays on until `seconds`, with a sample each second; `look` after each. */
  play(seconds: number, look?: (second: number) => void): this {
    const row = new Float64Array(64)
    for (let second = Math.floor(this.#world.clock / 1_000) + 1; second <= seconds; second++) {
      this.#world.run(second * 1_000)
      this.#flush()
      this.run.sample(millis(second * 1_000), row, 0)
      look?.(second)
    }
    return this
  }

  trade(of: Preset, at: number, id: number, price: number, lots: number, sign: 1 | -1): void {
    if (of.symbol !== watched) return
    if (at !== this.#tradesAt) this.#flush()
    this.#tradesAt = at
    this.#trades.push(price, lots, sign, at, id)
  }
  diff(of: Preset, at: number, _prev: number, last: number, bids: Levels, asks: Levels): void {
    if (of.symbol === watched) this.#commit(at, last, bids, asks, false)
  }
  snapshot(of: Preset, at: number, id: number, bids: Levels, asks: Levels): void {
    if (of.symbol === watched) this.#commit(at, id, bids, asks, true)
  }
  quote(): void {
    // The book says it too.
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

  #flush(): void {
    if (this.#trades.count > 0) this.run.onTrades?.(this.#trades, millis(this.#tradesAt))
    this.#trades.reset()
  }

  #commit(at: number, last: number, bids: Levels, asks: Levels, isSnapshot: boolean): void {
    this.#flush()
    const changes = this.#changes.reset()
    changes.isSnapshot = isSnapshot
    changes.last = last
    changes.at = millis(at)
    for (let i = 0; i < bids.count; i++) changes.bids.push(bids.prices[i]!, bids.lots[i]!)
    for (let i = 0; i < asks.count; i++) changes.asks.push(asks.prices[i]!, asks.lots[i]!)
    this.book.commit(changes)
    this.run.onBook?.(changes, millis(at))
  }
}
