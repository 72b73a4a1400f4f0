import { Episodes } from '../../src-main/engine/market/episodes/episodes'
import type { EpisodeWish } from '../../src-main/engine/market/episodes/stage'
import type { Ladder } from '../../src-main/engine/market/ladder'
import type { Preset } from '../../src-main/engine/market/preset'
import { presets } from '../../src-main/engine/market/presets'
import type { Regime } from '../../src-main/engine/market/regimes'
import type { MarketSink } from '../../src-main/engine/market/sink'
import type { EpisodeKind, EpisodeTruth } from '../../src-main/engine/market/truth'
import { World } from '../../src-main/engine/market/world'
import { millis } from '../../src-shared/units'

const NEAR_BPS = 10
export const PLANTED_S = 60
/** A hair into the second, so that all of the episode is in the seconds that follow. */
export const PLANTED_MS = PLANTED_S * 1000 + 1
const WATCHED = 'BTC-PERP'

interface Second {
  readonly buy: number
  readonly sell: number
  readonly depth: number
  /** Mids in ticks, by symbol. */
  readonly mids: ReadonlyMap<string, number>
}

interface Plan {
  readonly seed: number
  readonly kind: EpisodeKind
  readonly wish: EpisodeWish
  /** Seconds watched after the minute before the episode. */
  readonly seconds: number
  readonly regime?: Regime
  readonly also?: readonly string[]
  /** Looks into the book at the end of every second. */
  readonly look?: (second: number, ladder: Ladder) => void
}

/** BTC-PERP with one episode planted after a minute and no other, seen second by second. Sizes in lots. */
export class Watched implements MarketSink {
  readonly episodes: EpisodeTruth[] = []
  readonly liquidations: (1 | -1)[] = []
  /** Times of all diffs, quotes and trades. */
  readonly times: number[] = []
  readonly #seconds: Second[] = []
  #buy = 0
  #sell = 0

  constructor({ seed, kind, wish, seconds, regime = 'active', also = [], look }: Plan) {
    const truth = (fact: { readonly type: string }) => {
      if (fact.type === 'episode') this.episodes.push(fact as EpisodeTruth)
    }
    const world = new World({ seed, at: millis(0), regime, sink: this, truth })
    const episodes = new Episodes(world, {})
    const pits = presets
      .filter((it) => it.symbol === WATCHED || also.includes(it.symbol))
      .map((it) => world.start(it))
    episodes.plant(PLANTED_MS, kind, WATCHED, 'BTC', wish)
    for (let second = 1; second <= PLANTED_S + seconds; second++) {
      world.run(second * 1000)
      const mids = new Map(pits.map((it) => [it.preset.symbol, it.ladder.mid]))
      this.#seconds.push({ buy: this.#buy, sell: this.#sell, depth: depthOf(pits[0]!.ladder), mids })
      this.#buy = 0
      this.#sell = 0
      look?.(second, pits[0]!.ladder)
    }
  }

  get end(): EpisodeTruth {
    return this.episodes.find((it) => it.phase === 'end')!
  }

  /** How far the mid went from the end of the last second before the episode to the end of the n-th in it. */
  moveBps(seconds: number, symbol = WATCHED): number {
    const [before, after] = [this.#seconds[PLANTED_S - 1]!, this.#seconds[PLANTED_S + seconds - 1]!]
    return (after.mids.get(symbol)! / before.mids.get(symbol)! - 1) * 1e4
  }

  /** Volume a second over the first seconds of the episode, against the minute before. */
  volumeRatio(seconds: number): number {
    const volume = (from: number, to: number) =>
      this.#seconds.slice(from, to).reduce((sum, it) => sum + it.buy + it.sell, 0) / (to - from)
    return volume(PLANTED_S, PLANTED_S + seconds) / volume(0, PLANTED_S)
  }

  /** Net over gross volume in the first seconds of the episode: +1 is all bought. */
  oneSidedness(seconds: number): number {
    const during = this.#seconds.slice(PLANTED_S, PLANTED_S + seconds)
    const buy = during.reduce((sum, it) => sum + it.buy, 0)
    const sell = during.reduce((sum, it) => sum + it.sell, 0)
    return (buy - sell) / (buy + sell)
  }

  /** Lots within 10 bps at the end of the n-th second of the episode, against the mean of the half minute before. */
  depthRatio(seconds: number): number {
    const before = this.#seconds.slice(PLANTED_S - 30, PLANTED_S).map((it) => it.depth)
    const usual = before.reduce((sum, it) => sum + it, 0) / before.length
    return this.#seconds[PLANTED_S + seconds - 1]!.depth / usual
  }

  trade(of: Preset, at: number, _id: number, _price: number, lots: number, sign: 1 | -1): void {
    if (of.symbol !== WATCHED) return
    this.times.push(at)
    if (sign > 0) this.#buy += lots
    else this.#sell += lots
  }
  quote(of: Preset, at: number): void {
    if (of.symbol === WATCHED) this.times.push(at)
  }
  diff(of: Preset, at: number): void {
    if (of.symbol === WATCHED) this.times.push(at)
  }
  liquidation(_of: Preset, _at: number, _price: number, _lots: number, sign: 1 | -1): void {
    this.liquidations.push(sign)
  }
  snapshot(): void {
    // None is asked for.
  }
  mark(): void {
    // Says nothing about the book.
  }
  heartbeat(): void {
    // Says nothing about the book.
  }
}

function depthOf(ladder: Ladder): number {
  const reach = (ladder.mid * NEAR_BPS) / 1e4
  let lots = 0
  for (let p = ladder.bid; p >= ladder.mid - reach; p = ladder.down(p - 1)) lots += ladder.at(p)
  for (let p = ladder.ask; p <= ladder.mid + reach; p = ladder.up(p + 1)) lots += ladder.at(p)
  return lots
}
