import type { EpisodeKind, EpisodeTruth } from '../../../../src-main/engine/market/truth'
import { flowReading } from '../../../../src-main/engine/metrics/flow-reading'
import type { Seen } from '../../../../src-main/engine/metrics/metric'
import { btcPerp } from '../../../support/market-book'
import type { Planned } from '../../../support/planted-market'
import { PlantedMarket } from '../../../support/planted-market'

/** Planted kinds and the event that tells of each. */
export const tellers: readonly (readonly [planted: EpisodeKind, told: string])[] = [
  ['wall', 'wall'],
  ['spoof', 'layering'],
  ['iceberg', 'iceberg'],
  ['absorption', 'absorption'],
  ['sweep', 'sweep'],
  ['vacuum', 'vacuum']
]
/** Seconds in which it learns what is usual. */
export const learning = 150
/** Seconds from one episode to the next, in which all of it is over. */
const usualPace = 60
const late = 2_000

export interface Score {
  planted: number
  found: number
  told: number
  right: number
}

/** Each kind planted `times`, one after the other, read in one go. */
export function read(
  seed: number,
  times: number,
  wishes: Readonly<Partial<Record<EpisodeKind, Planned['wish']>>> = {},
  every = usualPace,
  instrument = btcPerp
) {
  const plan = Array.from({ length: times }, () => tellers)
    .flat()
    .map(([kind], i): Planned => ({ atS: learning + i * every, kind, wish: wishes[kind] ?? {} }))
  const market = new PlantedMarket(flowReading, seed, plan, instrument).play(learning + plan.length * every)
  return {
    episodes: episodesOf(market.truths),
    told: market.told.filter((it) => it.at > learning * 1_000),
    market
  }
}

/** A reserve or a wall that is being eaten is absorption as well, and absorption by a reserve is an iceberg. */
const alike: Readonly<Record<string, readonly EpisodeKind[]>> = {
  iceberg: ['iceberg', 'absorption'],
  absorption: ['absorption', 'iceberg', 'wall']
}

export function scoresOf(episodes: readonly Episode[], told: readonly Seen[]): Map<string, Score> {
  return new Map(
    tellers.map(([planted, kind]) => {
      const mine = told.filter((it) => it.kind === kind)
      const own = episodes.filter((it) => it.kind === planted)
      const tellsOf = alike[kind] ?? [planted]
      const others = episodes.filter((it) => tellsOf.includes(it.kind))
      const score = {
        planted: own.length,
        found: own.filter((episode) => mine.some((it) => isOf(it, episode))).length,
        told: mine.length,
        right: mine.filter((it) => others.some((episode) => isOf(it, episode))).length
      }
      return [planted, score] as const
    })
  )
}

/** A wall that stood for less may be missed; one that stood so long gets old. */
const [standing, aged] = [12_000, 30_000]
/** Seconds of one round of endings on both sides. */
const roundOfEndings = 2 * (50 + 110 + 110 + 30)

/**
 * How walls end and what flickers: on each side in turn a wall that is withdrawn after 40 s, one that a large order (from 25 s on) eats, one that is pulled when
 * it comes near, and size that comes and goes at one price.
 */
export function readEndings(seed: number, rounds: number, instrument = btcPerp) {
  const plan: Planned[] = []
  let at = learning
  const plant = (kind: EpisodeKind, wish: Planned['wish'], seconds = 0, later = 0): void => {
    plan.push({ atS: at + later, kind, wish: wish ?? {} })
    at += seconds
  }
  for (let round = 0; round < rounds; round++)
    for (const side of ['bid', 'ask'] as const) {
      const towards = { sign: side === 'bid' ? -1 : 1, touches: 60, seconds: 30 } as const
      plant('wall', { side, shy: false, seconds: 40, bps: 4, touches: 12 }, 50)
      plant('metaorder', towards, 0, 25)
      plant('wall', { side, shy: false, seconds: 100, bps: 3.5, touches: 10 }, 110)
      plant('metaorder', towards, 0, 25)
      plant('wall', { side, shy: true, seconds: 100, bps: 3.5, touches: 10 }, 110)
      plant('spoof', { side, layers: 1, cycles: 8, steady: true, bps: 1.3 }, 30)
    }
  const market = new PlantedMarket(flowReading, seed, plan, instrument).play(
    learning + rounds * roundOfEndings
  )
  return { episodes: episodesOf(market.truths), told: market.told.filter((it) => it.at > learning * 1_000) }
}

/** Of which episodes each event tells, and of these the ones it must be told of. */
const endings: Readonly<
  Record<string, readonly [isOne: (it: Episode) => boolean, isDue: (it: Episode) => boolean]>
> = {
  'wall-aged': [isWall, ({ at, until }) => until - at >= aged],
  'wall-pulled': [(it) => isWall(it) && it.outcome !== 'eaten', hasStood],
  'wall-eaten': [(it) => isWall(it) && it.outcome === 'eaten', hasStood],
  // What was met by takers was no bluff.
  flicker: [({ kind }) => kind === 'spoof', ({ tradedLots }) => tradedLots === 0]
}

function isWall({ kind }: Episode): boolean {
  return kind === 'wall'
}
function hasStood({ at, until }: Episode): boolean {
  return until - at >= standing
}

export function endingScoresOf(episodes: readonly Episode[], told: readonly Seen[]): Map<string, Score> {
  return new Map(
    Object.entries(endings).map(([kind, [isOne, isDue]]) => {
      const own = episodes.filter(isOne)
      const due = own.filter(isDue)
      const mine = told.filter((it) => it.kind === kind)
      const score = {
        planted: due.length,
        found: due.filter((episode) => mine.some((it) => isOf(it, episode))).length,
        told: mine.length,
        right: mine.filter((it) => own.some((episode) => isOf(it, episode))).length
      }
      return [kind, score] as const
    })
  )
}

export interface Episode extends EpisodeTruth {
  readonly until: number
}

function episodesOf(truths: readonly EpisodeTruth[]): Episode[] {
  return truths.filter((it) => it.phase === 'end').map((it) => ({ ...it, until: it.at, at: it.start! }))
}

export function isOf(seen: Seen, { at, until, side, sign, priceTicks }: Episode): boolean {
  const taken = sign === undefined ? side : sign > 0 ? 'ask' : 'bid'
  const isSide = taken === 'both' || seen.side === taken
  const isPrice = priceTicks === undefined || seen.price === priceTicks
  return seen.at >= at && seen.at <= until + late && isSide && isPrice
}
