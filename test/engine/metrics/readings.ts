import type { EpisodeKind, EpisodeTruth } from '../../../src-main/engine/market/truth'
import { flowReading } from '../../../src-main/engine/metrics/flow-reading'
import type { Seen } from '../../../src-main/engine/metrics/metric'
import type { Planned } from '../../support/planted-market'
import { PlantedMarket } from '../../support/planted-market'

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
  every = usualPace
) {
  const plan = Array.from({ length: times }, () => tellers)
    .flat()
    .map(([kind], i): Planned => ({ atS: learning + i * every, kind, wish: wishes[kind] ?? {} }))
  const market = new PlantedMarket(flowReading, seed, plan).play(learning + plan.length * every)
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
