import { Backtest } from '../../src-main/engine/replay/backtest'
import { Changes, Trades } from '../../src-main/engine/book/changes'
import { SortedBook } from '../../src-main/engine/book/sorted-book'
import { Episodes } from '../../src-main/engine/market/episodes/episodes'
import type { Levels } from '../../src-main/engine/market/levels'
import type { Preset } from '../../src-main/engine/market/preset'
import { presets } from '../../src-main/engine/market/presets'
import type { MarketSink } from '../../src-main/engine/market/sink'
import type { EpisodeKind, EpisodeTruth } from '../../src-main/engine/market/truth'
import { World } from '../../src-main/engine/market/world'
import type { Metric } from '../../src-main/engine/metrics/metric'
import type { Alert } from '../../src-shared/alert'
import type { Instrument } from '../../src-shared/instrument'
import type { Rule } from '../../src-shared/rule'
import { millis, ticks } from '../../src-shared/units'
import { chanceOf } from './sim-venue/chance'

const watched = 'BTC-PERP'
/** Simulated BTC-PERP: ticks of 0.1 USD, lots of 0.001 BTC. */
const instrument: Instrument = {
  ...{ id: `sim:${watched}`, venue: 'sim', symbol: watched, base: 'BTC', quote: 'USD', product: 'linear' },
  ...{ price: { decimals: 1, step: 1 }, tickSize: ticks(1), size: { decimals: 3, step: 1 } },
  ...{ contract: { of: 1, currency: 'base' }, trading: 'trading', simulated: true }
}
const kinds: readonly EpisodeKind[] = ['wall', 'spoof', 'absorption', 'sweep', 'vacuum', 'metaorder']
/** A fire so long after an episode's end still speaks of it. */
const echoMs = 30_000

/** A span in which something was planted. */
export interface Planted {
  readonly kind: EpisodeKind
  readonly from: number
  readonly to: number
}

/** Rules on hours of the simulated BTC-PERP, four episodes an hour planted and no others, straight from the market's events to the engine's book and metrics. */
export class AlertDay implements MarketSink {
  readonly test: Backtest
  readonly planted: Planted[] = []
  readonly #book = new SortedBook()
  readonly #changes = new Changes()
  readonly #trades = new Trades()
  readonly #world: World
  #tradesAt = NaN

  constructor(rules: readonly Rule[], metrics: readonly Metric[], seed: number, hours: number) {
    this.test = new Backtest(rules, metrics)
    this.test.onInstruments([instrument])
    this.test.onStatus(instrument.id, { state: 'live', reason: '', since: millis(0) })
    const truth = (fact: { readonly type: string }): void => {
      if (fact.type === 'episode') this.#note(fact as EpisodeTruth)
    }
    this.#world = new World({ seed, at: millis(0), sink: this, truth })
    const episodes = new Episodes(this.#world, {})
    this.#world.start(presets.find((it) => it.symbol === watched)!).snapshot(1_000)
    const chance = chanceOf(seed)
    // After the half hour in which rules learn.
    for (let quarter = 3; quarter < hours * 4; quarter++) {
      const at = Math.round((quarter + 0.1 + 0.8 * chance()) * 900_000)
      episodes.plant(at, kinds[quarter % kinds.length]!, watched, 'BTC', {})
    }
  }

  play(hours: number): this {
    for (let at = 100; at <= hours * 3_600_000; at += 100) {
      this.#world.run(at)
      this.#flush()
      this.test.until(millis(at))
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

  #note({ phase, kind, at, start = at }: EpisodeTruth): void {
    if (phase === 'end') this.planted.push({ kind, from: start, to: at })
  }

  #flush(): void {
    if (this.#trades.count > 0) this.test.onTrades(instrument.id, this.#trades, millis(this.#tradesAt))
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
    this.#book.commit(changes)
    this.test.onBook(instrument.id, this.#book, changes, millis(at))
  }
}

/** How fires meet what was planted: a fire is right within an episode or 30 s after; an episode is found by any fire then. */
export interface Meeting {
  readonly fires: number
  readonly right: number
  readonly planted: number
  readonly found: number
  /** From the beginning of an episode to its first fire, seconds; NaN of none. */
  readonly medianS: number
}

export function meeting(fires: readonly Alert[], planted: readonly Planted[]): Meeting {
  const within = ({ at }: Alert, { from, to }: Planted): boolean => at >= from && at <= to + echoMs
  const first = planted.flatMap((it) => {
    const hit = fires.find((fire) => within(fire, it))
    return hit ? [(hit.at - it.from) / 1_000] : []
  })
  first.sort((a, b) => a - b)
  return {
    ...{ fires: fires.length, planted: planted.length, found: first.length },
    right: fires.filter((fire) => planted.some((it) => within(fire, it))).length,
    medianS: first[Math.floor(first.length / 2)] ?? NaN
  }
}
