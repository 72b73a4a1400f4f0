import type { Asset } from '../assets'
import { assets } from '../assets'
import { Chance } from '../chance'
import type { Pit } from '../pit'
import type { EpisodeKind } from '../truth'
import type { World } from '../world'
import { jump } from './jump'
import type { StagedKind } from './plots'
import { plots } from './plots'
import type { EpisodeRates } from './rates'
import type { EpisodeWish } from './stage'
import { Stage } from './stage'

const HOUR_MS = 3_600_000
/** Nothing is planted so early, nor so soon after another episode of the instrument. */
const QUIET_START_MS = 30_000
const REST_MS = 12_000

/** What comes by chance in one instrument. */
interface Season {
  readonly pit: Pit
  readonly chance: Chance
  readonly kinds: readonly (readonly [kind: StagedKind, perHour: number])[]
  readonly total: number
}

/** Plants episodes, by chance or as asked: the truth that alerts and detectors are tested against. */
export class Episodes {
  readonly #world: World
  readonly #rates: EpisodeRates
  readonly #open = new Map<Pit, Stage>()
  #count = 0

  constructor(world: World, rates: EpisodeRates) {
    this.#world = world
    this.#rates = rates
    for (const { name } of assets)
      this.#planJump(name, new Chance(world.seed, `jump ${name}`), QUIET_START_MS)
  }

  /** An instrument has started: chance may plant on it after `quietMs`, one episode at a time. */
  started(pit: Pit, quietMs = QUIET_START_MS): void {
    const isSpot = pit.preset.kind === 'spot'
    const kinds = (Object.keys(plots) as StagedKind[])
      .filter((kind) => !(kind === 'cascade' && isSpot))
      .map((kind) => [kind, this.#rates[kind] ?? 0] as const)
      .filter(([, perHour]) => perHour > 0)
    const total = kinds.reduce((sum, [, perHour]) => sum + perHour, 0)
    const chance = new Chance(this.#world.seed, `episodes ${this.#world.streamOf(pit.preset.symbol)}`)
    if (total > 0) this.#schedule({ pit, chance, kinds, total }, quietMs)
  }

  /** An instrument stops: what was under way there ends so. */
  stopped(pit: Pit): void {
    this.#open.get(pit)?.end({ outcome: 'stopped' })
  }

  /** Plants one episode at `at`, on the clock that never leaps, whatever else is under way. */
  plant(at: number, kind: EpisodeKind, symbol: string, asset: Asset, wish: EpisodeWish): void {
    const { agenda, seed, origin } = this.#world
    const chance = new Chance(seed, `planted ${symbol} ${kind} ${at - origin}`)
    agenda.plan(at, undefined, () => {
      if (kind === 'jump') {
        jump(this.#world, ++this.#count, asset, wish.bps ?? drawnJump(chance))
        return
      }
      const pit = this.#world.pit(symbol)
      if (pit)
        pit.later(0, () => {
          this.#begin(kind, pit, chance, wish)
        })
      else this.#miss(kind, symbol)
    })
  }

  #schedule(season: Season, restMs: number): void {
    const ms = restMs + season.chance.exponential(HOUR_MS / season.total)
    season.pit.later(ms, () => {
      this.#roll(season)
    })
  }

  #roll(season: Season): void {
    const { pit, chance, kinds, total } = season
    let left = chance.next() * total
    const drawn = kinds.find(([, perHour]) => (left -= perHour) <= 0) ?? kinds[0]!
    if (this.#open.has(pit)) this.#schedule(season, 0)
    else
      this.#begin(drawn[0], pit, chance, {}, () => {
        this.#schedule(season, REST_MS)
      })
  }

  #begin(kind: StagedKind, pit: Pit, chance: Chance, wish: EpisodeWish, after?: () => void): void {
    const stage = new Stage(++this.#count, kind, pit, chance, this.#world, () => {
      if (this.#open.get(pit) === stage) this.#open.delete(pit)
      after?.()
    })
    this.#open.set(pit, stage)
    plots[kind](stage, wish)
  }

  #miss(kind: EpisodeKind, instrument: string): void {
    const at = this.#world.clock
    this.#world.tell({ type: 'episode', at, phase: 'missed', id: ++this.#count, kind, instrument })
  }

  #planJump(asset: Asset, chance: Chance, restMs: number): void {
    const perHour = this.#rates.jump ?? 0
    if (perHour <= 0) return
    const { agenda } = this.#world
    agenda.plan(agenda.now + restMs + chance.exponential(HOUR_MS / perHour), undefined, () => {
      jump(this.#world, ++this.#count, asset, drawnJump(chance))
      this.#planJump(asset, chance, 0)
    })
  }
}

function drawnJump(chance: Chance): number {
  return chance.sign() * chance.between(12, 40)
}
