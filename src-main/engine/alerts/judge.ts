import type { Alert } from '../../../src-shared/alert'
import type { Condition, Leaf } from '../../../src-shared/alerts/condition'
import { innerOf, leavesOf } from '../../../src-shared/alerts/condition-tree'
import type { Column } from '../../../src-shared/contract/catalogue'
import type { InstrumentId } from '../../../src-shared/instrument'
import type { Rule } from '../../../src-shared/rule'
import type { Watchlist } from '../../../src-shared/watchlist'
import type { Signs } from '../metrics/signs'
import { noSigns } from '../metrics/signs'
import { alertOf, testAlert } from './alert-of'
import { Figures } from './figures'
import type { Learned } from './figures'
import type { Half } from './half'
import { Lane } from './lane'
import type { Sighting } from './sight'
import type { Watch, WatchSite } from './watch'
import { freshWatch, scopeOf } from './watch'

export type { Sighting } from './sight'
export { scopeOf } from './watch'

/** Wall clock of the last delivered notice of a rule (by its hash) on an instrument and side, from before this start. */
export type Delivered = (
  ruleHash: string,
  instrument: InstrumentId,
  side: Alert['side']
) => number | undefined

/** All rules on all their instruments and sides: samples in, alerts out. Alerts of one time come in the order of instruments and rules, whoever was sampled first. */
export class Judge {
  readonly #figures: Figures
  readonly #midColumn: number
  readonly #tick = { count: 0 }
  readonly #delivered: Delivered
  #watches: readonly Watch[] = []
  #lanes: readonly Lane[] = []

  constructor(columns: readonly Column[], delivered: Delivered = () => undefined) {
    this.#figures = new Figures(columns)
    this.#midColumn = this.#figures.columnOf('price', 'mid')
    this.#delivered = delivered
  }

  get watches(): readonly Watch[] {
    return this.#watches
  }

  /** Instruments and metrics that rules need, whether or not a window shows them. */
  get needs(): Iterable<readonly [instrument: InstrumentId, metric: string]> {
    return this.#watches.flatMap(({ rule, sight }) => needsOf(rule, sight.id))
  }

  /**
   * Replaces all rules. A rule that is unchanged keeps its machines; an edited one starts anew, and one whose figures are computed otherwise than before (`signs`).
   * Answers, in words, which rules cannot be judged.
   */
  configure(
    rules: readonly Rule[],
    watchlists: readonly Watchlist[],
    signs: Signs = noSigns
  ): readonly string[] {
    const kept = new Map(this.#watches.map((watch) => [watch.key, watch]))
    const faults: string[] = []
    const watches: Watch[] = []
    this.#figures.begin(signs)
    for (const rule of rules) {
      if (!rule.enabled) continue
      const scope = scopeOf(rule, watchlists)
      const missing = this.#missing(rule)
      if (missing !== undefined) faults.push(`Rule “${rule.name}”: there is no figure ${missing}`)
      else if (!scope) faults.push(`Rule “${rule.name}”: its watchlist no longer exists`)
      else for (const instrument of scope) watches.push(this.#watch(rule, { instrument, scope, signs }, kept))
    }
    this.#figures.forgetUnused()
    this.#watches = watches
    this.#lanes = lanesOf(watches)
    return faults
  }

  /** Takes what is to be judged next, one sighting an instrument. */
  see(sighting: Sighting): void {
    this.#figures.get(sighting.instrument.id)?.see(sighting)
  }

  /** Judges everything that was seen since it was last asked. */
  decide(): readonly Alert[] {
    this.#tick.count++
    const alerts: Alert[] = []
    for (const lane of this.#lanes) {
      if (!lane.sight.fresh) continue
      lane.sight.fresh = false
      lane.visit((watch, half) => {
        this.#judge(watch, half, alerts)
      })
    }
    return alerts
  }

  judge(sighting: Sighting): readonly Alert[] {
    this.see(sighting)
    return this.decide()
  }

  /** Continuity was lost: what was smoothed before says nothing of after, and the warm-up begins again. */
  onGap(instrument?: InstrumentId): void {
    this.#figures.forget(instrument)
    for (const { sight, halves } of this.#watches)
      if (instrument === undefined || sight.id === instrument) for (const half of halves) half.forget()
  }

  /** The notice of a rule as if it fired now on what is sighted, marked TEST. It counts for no cooldown. */
  test(rule: Rule, sighting: Sighting): Alert {
    const figure = leavesOf(rule.when).find((leaf) => 'field' in leaf)
    const value = figure ? (sighting.row[this.#figures.columnOf(figure.metric, figure.field)] ?? NaN) : NaN
    return testAlert(rule, sighting, { figure, value, mid: sighting.row[this.#midColumn] ?? NaN })
  }

  /** What the figures were like, for `recall` after a restart. */
  save(): readonly Learned[] {
    return this.#figures.save()
  }

  /** Before the first `configure`. */
  recall(learned: readonly Learned[]): void {
    this.#figures.recall(learned)
  }

  #watch(
    rule: Rule,
    place: Pick<WatchSite, 'instrument' | 'scope' | 'signs'>,
    kept: ReadonlyMap<string, Watch>
  ): Watch {
    const site = { ...place, figures: this.#figures, tick: this.#tick }
    const watch = freshWatch(rule, site)
    // Signals and histories are shared and stay, so a kept watch goes on with its own; compiling anew has said that they are still used.
    return kept.get(watch.key) ?? watch
  }

  #judge({ rule, hash, data, sight }: Watch, half: Half, alerts: Alert[]): void {
    const { mono, at, monoBefore } = sight
    if (rule.expiresAt !== undefined && at >= rule.expiresAt) return
    if (Number.isNaN(half.episodeAt)) this.#recallCooldown(half, hash, sight)
    const said = half.see(mono, monoBefore)
    if (said.length === 0 || rule.trigger === 'level') return
    for (const it of said) {
      if (startsEpisode(it.notice)) half.episodeAt = Math.round(at - (mono - it.since))
      alerts.push(alertOf({ rule, hash, data, sight, half }, it, sight.row[this.#midColumn] ?? NaN))
    }
  }

  /** Cooldowns are of the wall clock and last over restarts. */
  #recallCooldown(half: Half, hash: string, { id, at, mono }: Watch['sight']): void {
    half.episodeAt = -Infinity
    const told = this.#delivered(hash, id, half.side)
    if (told !== undefined && told <= at)
      half.machine = { ...half.machine, lastDeliveredAt: mono - (at - told) }
  }

  #missing(rule: Rule): string | undefined {
    const conditions = rule.stepUp ? [rule.when, rule.stepUp.when] : [rule.when]
    for (const leaf of conditions.flatMap(leavesOf))
      if ('field' in leaf && this.#figures.columnOf(leaf.metric, leaf.field) < 0)
        return `${leaf.metric} ${leaf.field}`
    return undefined
  }
}

const startsEpisode = (notice: Alert['notice']): boolean =>
  notice === 'FIRE' || notice === 'SUPPRESSED' || notice === 'ALREADY_ON'

/** Of an instrument that is looked at without a metric the price stands for it: always computed. */
function needsOf(rule: Rule, own: InstrumentId): (readonly [InstrumentId, string])[] {
  const conditions = rule.stepUp ? [rule.when, rule.stepUp.when] : [rule.when]
  const wanted = conditions.flatMap((condition) => instrumentsIn(condition, own))
  return [[own, 'price'], ...wanted]
}

function instrumentsIn(condition: Condition, own: InstrumentId): (readonly [InstrumentId, string])[] {
  if (condition.kind === 'among')
    return condition.instruments.flatMap((id) => instrumentsIn(condition.when, id))
  const parts = innerOf(condition)
  if (parts) return parts.flatMap((part) => instrumentsIn(part, own))
  const leaf = condition as Leaf
  return [[leaf.instrument ?? own, 'metric' in leaf ? leaf.metric : 'price']]
}

function lanesOf(watches: readonly Watch[]): readonly Lane[] {
  const groups = new Map<InstrumentId, Watch[]>()
  for (const watch of watches) {
    const group = groups.get(watch.sight.id)
    if (group) group.push(watch)
    else groups.set(watch.sight.id, [watch])
  }
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, group]) => new Lane(group))
}
