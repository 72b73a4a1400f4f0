import { Backtest } from '../../src-main/engine/replay/backtest'
import { Episodes } from '../../src-main/engine/market/episodes/episodes'
import { presets } from '../../src-main/engine/market/presets'
import type { EpisodeKind, EpisodeTruth } from '../../src-main/engine/market/truth'
import { World } from '../../src-main/engine/market/world'
import type { Metric } from '../../src-main/engine/metrics/metric'
import type { Alert } from '../../src-shared/alert'
import type { Rule } from '../../src-shared/rule'
import { millis } from '../../src-shared/units'
import { btcPerp, MarketBook } from './market-book'
import { chanceOf } from './sim-venue/chance'

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
export class AlertDay {
  readonly test: Backtest
  readonly planted: Planted[] = []
  readonly #market: MarketBook
  readonly #world: World

  constructor(rules: readonly Rule[], metrics: readonly Metric[], seed: number, hours: number) {
    this.test = new Backtest(rules, metrics)
    this.test.onInstruments([btcPerp])
    this.#market = new MarketBook(btcPerp.symbol, {
      onBook: (book, changes, at) => {
        this.test.onBook(btcPerp.id, book, changes, at)
      },
      onTrades: (trades, at) => {
        this.test.onTrades(btcPerp.id, trades, at)
      }
    })
    this.test.onStatus(btcPerp.id, { state: 'live', reason: '', since: millis(0) })
    const truth = (fact: { readonly type: string }): void => {
      if (fact.type === 'episode') this.#note(fact as EpisodeTruth)
    }
    this.#world = new World({ seed, at: millis(0), sink: this.#market, truth })
    const episodes = new Episodes(this.#world, {})
    this.#world.start(presets.find((it) => it.symbol === btcPerp.symbol)!).snapshot(1_000)
    const chance = chanceOf(seed)
    // After the half hour in which rules learn.
    for (let quarter = 3; quarter < hours * 4; quarter++) {
      const at = Math.round((quarter + 0.1 + 0.8 * chance()) * 900_000)
      episodes.plant(at, kinds[quarter % kinds.length]!, btcPerp.symbol, 'BTC', {})
    }
  }

  play(hours: number): this {
    for (let at = 100; at <= hours * 3_600_000; at += 100) {
      this.#world.run(at)
      this.#market.flush()
      this.test.until(millis(at))
    }
    return this
  }

  #note({ phase, kind, at, start = at }: EpisodeTruth): void {
    if (phase === 'end') this.planted.push({ kind, from: start, to: at })
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
