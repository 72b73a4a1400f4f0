import type { Millis } from '../../../src-shared/units'
import { millis } from '../../../src-shared/units'
import { Agenda } from './agenda'
import type { Asset } from './assets'
import { assets } from './assets'
import { Chance } from './chance'
import { follow, open } from './fill'
import { Fundamentals, STEP_MS } from './fundamentals'
import { followMove, see } from './moves'
import { Perpetual } from './perpetual'
import type { Counters } from './pit'
import { Pit } from './pit'
import type { Preset } from './preset'
import { valueOf } from './preset'
import type { Regime } from './regimes'
import { Regimes } from './regimes'
import type { MarketSink } from './sink'
import type { Truth } from './truth'
import { strike, wind } from './turn'

const SECOND_MS = 1000
const HEARTBEAT_S = 5
/** News of a move reaches a later venue after half the difference of their lags and about so much. */
const NEWS_MS = 25

export interface WorldOptions {
  readonly seed: number
  readonly at: Millis
  /** Fixed for ever; otherwise active for `holdMs` at least, then free. */
  readonly regime?: Regime | undefined
  readonly holdMs?: number
  readonly sink: MarketSink
  readonly truth?: ((fact: Truth) => void) | undefined
}

/** The virtual clock, the hidden prices and the running pits. Everything happens in here in time order. */
export class World {
  readonly agenda: Agenda<Pit>
  readonly regimes: Regimes
  readonly fundamentals: Fundamentals
  readonly sink: MarketSink
  readonly seed: number
  /** When the market began, on the clock that never leaps. */
  readonly origin: number
  /** Running pits, in the order of their start. */
  readonly pits: Pit[] = []
  readonly #truth: ((fact: Truth) => void) | undefined
  readonly #perpetuals = new Map<Pit, Perpetual>()
  readonly #stopped = new Map<string, { readonly from: Counters; readonly starts: number }>()
  #seconds = 0

  constructor({ seed, at, regime, holdMs = 0, sink, truth }: WorldOptions) {
    this.seed = seed
    this.sink = sink
    this.#truth = truth
    this.origin = at
    this.agenda = new Agenda<Pit>(at)
    this.regimes = new Regimes(new Chance(seed, 'regimes'), at, regime, holdMs)
    this.fundamentals = new Fundamentals(seed, this.regimes)
    this.tell({ type: 'regime', at: this.clock, regime: this.regimes.regime })
    this.agenda.plan(at + STEP_MS, undefined, () => {
      this.#step()
    })
    this.agenda.plan(at + SECOND_MS, undefined, () => {
      this.#second()
    })
  }

  /** Now, as the wire shows it. */
  get clock(): Millis {
    return millis(this.agenda.clock)
  }

  tell(fact: Truth): void {
    this.#truth?.(fact)
  }

  pit(symbol: string): Pit | undefined {
    return this.pits.find((it) => it.preset.symbol === symbol)
  }

  /** A name for the random stream of this start of an instrument: the first start has the plain one. */
  streamOf(symbol: string): string {
    const starts = this.#stopped.get(symbol)?.starts ?? 0
    return starts === 0 ? symbol : `${symbol} again ${starts}`
  }

  /** Opens a pit at the present hidden price. Its ids go on where an earlier run of it stopped. */
  start(preset: Preset): Pit {
    const { agenda, regimes, sink, fundamentals } = this
    const relocated = (from: Pit, sign: 1 | -1) => {
      this.#spread(from, sign)
    }
    const pit = new Pit(
      preset,
      new Chance(this.seed, this.streamOf(preset.symbol)),
      { agenda, regimes, sink, relocated },
      fundamentals.reference(preset.asset),
      fundamentals.seen(preset.asset, preset.lagMs),
      this.#stopped.get(preset.symbol)?.from ?? { change: 0, trade: 0 }
    )
    open(pit)
    this.pits.push(pit)
    if (preset.kind !== 'spot') this.#perpetuals.set(pit, new Perpetual(pit))
    // On a grid of its own, so that the others' times do not depend on it.
    const since = (agenda.now - this.origin - preset.depthPhaseMs) % preset.depthMs
    this.#planDiff(pit, agenda.now + preset.depthMs - (since < 0 ? since + preset.depthMs : since))
    wind(pit)
    return pit
  }

  /** Closes a pit and forgets what was planned in it. */
  stop(pit: Pit): void {
    const { symbol } = pit.preset
    const starts = (this.#stopped.get(symbol)?.starts ?? 0) + 1
    this.#stopped.set(symbol, { from: pit.counters, starts })
    this.pits.splice(this.pits.indexOf(pit), 1)
    this.#perpetuals.delete(pit)
    this.agenda.drop(pit)
  }

  /** Everything up to and including `until`, on the clock that never leaps. Draws nothing at the edge. */
  run(until: number): void {
    const { agenda } = this
    for (;;) {
      const pit = this.#nextPit()
      const pitAt = pit?.nextAt ?? Infinity
      if (Math.min(pitAt, agenda.nextAt) > until) break
      if (agenda.nextAt <= pitAt) this.#handlePlanned()
      else if (pit) {
        agenda.now = pitAt
        strike(pit)
        settle(pit)
      }
    }
    agenda.now = Math.max(agenda.now, until)
  }

  #nextPit(): Pit | undefined {
    let next: Pit | undefined
    for (const pit of this.pits) if (!next || pit.nextAt < next.nextAt) next = pit
    return next
  }

  #handlePlanned(): void {
    const planned = this.agenda.take()
    if (!planned) return
    planned.act()
    if (planned.owner) settle(planned.owner)
  }

  #step(): void {
    const { agenda, regimes, fundamentals } = this
    if (regimes.step(agenda.now, STEP_MS / 1000))
      this.tell({ type: 'regime', at: this.clock, regime: regimes.regime })
    fundamentals.step()
    for (const pit of this.pits) {
      see(pit, fundamentals.seen(pit.preset.asset, pit.preset.lagMs), STEP_MS / 1000)
      wind(pit)
    }
    agenda.plan(agenda.now + STEP_MS, undefined, () => {
      this.#step()
    })
  }

  #second(): void {
    const { agenda, sink } = this
    for (const [pit, perpetual] of this.#perpetuals)
      sink.mark(pit.preset, agenda.clock, perpetual.second(midOf(pit), this.#index(pit.preset.asset)))
    this.#seconds++
    if (this.#seconds % HEARTBEAT_S === 0) sink.heartbeat(agenda.clock)
    this.#tellState()
    agenda.plan(agenda.now + SECOND_MS, undefined, () => {
      this.#second()
    })
  }

  /** The mean mid of the asset's spot books that run; else its hidden price. */
  #index(asset: Asset): number {
    const spots = this.pits.filter((it) => it.preset.kind === 'spot' && it.preset.asset === asset)
    if (spots.length === 0) return this.fundamentals.price(asset)
    return spots.reduce((sum, it) => sum + midOf(it), 0) / spots.length
  }

  #tellState(): void {
    if (!this.#truth) return
    const { fundamentals } = this
    const each = (value: (asset: Asset) => number) =>
      Object.fromEntries(assets.map(({ name }) => [name, value(name)])) as Record<Asset, number>
    this.#truth({
      type: 'state',
      at: this.clock,
      regime: this.regimes.regime,
      volBpsPerSqrtS: each((asset) => fundamentals.volBps(asset)),
      fundamental: each((asset) => fundamentals.price(asset)),
      fair: Object.fromEntries(this.pits.map((it) => [it.preset.symbol, it.fair * valueOf(it.preset.tick)]))
    })
  }

  #planDiff(pit: Pit, at: number): void {
    this.agenda.plan(at, undefined, () => {
      if (!this.pits.includes(pit)) return
      follow(pit)
      pit.flush()
      this.#planDiff(pit, at + pit.preset.depthMs)
    })
  }

  /** Quotes of one venue have moved: those of the asset that see prices later hear of it. An earlier one never depends on a later. */
  #spread(from: Pit, sign: 1 | -1): void {
    const { asset, lagMs } = from.preset
    for (const pit of this.pits) {
      const later = pit.preset.lagMs - lagMs
      if (pit.preset.asset !== asset || later <= 0) continue
      pit.later(later * 0.5 + pit.chance.exponential(NEWS_MS), () => {
        followMove(pit, sign)
      })
    }
  }
}

/** After anything that happened in a pit: its touch is told, its clock drawn anew. */
function settle(pit: Pit): void {
  pit.quote()
  wind(pit)
}

function midOf(pit: Pit): number {
  return pit.ladder.mid * valueOf(pit.preset.tick)
}
