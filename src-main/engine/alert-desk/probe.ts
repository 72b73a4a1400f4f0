import type { AlertSide } from '../../../src-shared/alert'
import type { Condition } from '../../../src-shared/alerts/condition'
import { innerOf, leavesOf } from '../../../src-shared/alerts/condition-tree'
import type { ProbedCondition, RuleProbe } from '../../../src-shared/alerts/probe'
import type { Column } from '../../../src-shared/contract/catalogue'
import type { InstrumentId } from '../../../src-shared/instrument'
import type { Rule } from '../../../src-shared/rule'
import type { Millis } from '../../../src-shared/units'
import type { Site } from '../alerts/compile'
import { compile } from '../alerts/compile'
import type { Learned } from '../alerts/figures'
import { Figures } from '../alerts/figures'
import { FigureLeaf } from '../alerts/leaves/figure'
import type { Node } from '../alerts/node'
import { on, past } from '../alerts/node'
import type { Sight, Sighting } from '../alerts/sight'
import { warmUpMs } from '../alerts/sight'
import { sidesOf } from '../alerts/watch'
import type { Signs } from '../metrics/signs'

export interface ProbeWish {
  readonly rule: Rule
  readonly instrument: InstrumentId
}

export interface ProbeSite {
  readonly columns: readonly Column[]
  readonly learned: readonly Learned[]
  /** What the figures are computed with. */
  readonly signs?: Signs
  /** The rule's whole watchlist, for places in it. */
  readonly scope: readonly InstrumentId[]
}

interface Tapped {
  readonly path: string
  readonly side: AlertSide
  readonly condition: Condition
  readonly node: Node
  readonly sight: Sight
  level: number
}

const refreshMs = 5_000
const minute = 60_000

/** The conditions of one rule at work on one instrument, for somebody to look at: the engine's own code, with figures of its own, that tells nobody. */
export class Probe {
  readonly instrument: InstrumentId
  readonly #figures: Figures
  readonly #tick = { count: 0 }
  readonly #tapped: Tapped[] = []
  readonly #roots: Node[] = []
  readonly #staleMs: number
  #refreshedAt = -Infinity
  #fault = ''

  constructor({ rule, instrument }: ProbeWish, { columns, learned, scope, signs }: ProbeSite) {
    this.instrument = instrument
    this.#staleMs = rule.staleMs
    this.#figures = new Figures(columns)
    this.#figures.recall(learned)
    const conditions: readonly (readonly [string, Condition])[] = [
      ['when', rule.when],
      ...(rule.stepUp ? [['stepUp.when', rule.stepUp.when] as const] : [])
    ]
    this.#fault = this.#missing(conditions.map(([, condition]) => condition))
    if (this.#fault !== '') return
    this.#figures.begin(signs)
    for (const side of sidesOf(rule))
      for (const [path, condition] of conditions) {
        const site = { figures: this.#figures, instrument, side, scope, tick: this.#tick, path }
        this.#roots.push(compile(condition, { ...site, staleMs: rule.staleMs, tap: this.#tap }))
      }
  }

  /** Who it looks at beside its own instrument. */
  static instrumentsOf({ rule, instrument }: ProbeWish, scope: readonly InstrumentId[]): Set<InstrumentId> {
    const conditions = rule.stepUp ? [rule.when, rule.stepUp.when] : [rule.when]
    const leaves = conditions.flatMap(leavesOf)
    const isRanked = leaves.some((leaf) => leaf.kind === 'figure' && leaf.by === 'rank')
    const named = leaves.flatMap((leaf) => leaf.instrument ?? [])
    return new Set([instrument, ...named, ...conditions.flatMap(amongOf), ...(isRanked ? scope : [])])
  }

  see(sighting: Sighting): void {
    this.#figures.get(sighting.instrument.id)?.see(sighting)
  }

  /** After everything of this time was seen: some conditions remember. */
  judge(mono: number): void {
    this.#tick.count++
    if (mono - this.#refreshedAt >= refreshMs) {
      this.#refreshedAt = mono
      for (const root of this.#roots) root.refresh()
    }
    for (const root of this.#roots) root.level(mono)
  }

  read(at: Millis): RuleProbe {
    const conditions = this.#tapped.map((it) => this.#read(it))
    return { at, instrument: this.instrument, conditions, fault: this.#fault }
  }

  readonly #tap = (path: string, condition: Condition, node: Node, site: Site): Node => {
    const id = ('instrument' in condition ? condition.instrument : undefined) ?? site.instrument
    const sight = this.#figures.sight(id)
    const tapped: Tapped = { path, side: site.side, condition, node, sight, level: NaN }
    this.#tapped.push(tapped)
    return {
      level: (mono) => (tapped.level = node.level(mono)),
      refresh: () => {
        node.refresh()
      },
      forget: () => {
        node.forget()
      },
      get learned() {
        return node.learned
      },
      get lead() {
        return node.lead
      }
    }
  }

  #read({ path, side, condition, node, sight, level }: Tapped): ProbedCondition {
    const isLeaf = innerOf(condition) === undefined
    const lead = isLeaf ? node.lead : undefined
    const isUnknown = Number.isNaN(level)
    return {
      ...{ path, side, instrument: sight.id },
      state: isUnknown ? 'unknown' : level >= on ? 'true' : level <= past ? 'false' : 'between',
      value: lead?.value ?? NaN,
      on: lead?.threshold ?? NaN,
      off: node instanceof FigureLeaf ? node.sign * node.off : NaN,
      percentile: lead?.percentile ?? NaN,
      why: isUnknown ? (isLeaf ? this.#why(node, sight, lead?.value ?? NaN) : 'a part of it is unknown') : ''
    }
  }

  #why(node: Node, sight: Sight, value: number): string {
    if (Number.isNaN(sight.mono)) return 'nothing is heard of this instrument'
    if (!sight.live) return 'the book is not live'
    if (!sight.warm)
      return `warming up, ${seconds(sight.mono - sight.liveSince)} of ${seconds(warmUpMs)} s after it came live`
    if (sight.ageMs > this.#staleMs) return `the book was last heard ${seconds(sight.ageMs)} s ago`
    if (node.lead && Number.isNaN(value)) return 'this figure is not known now'
    if (node.learned < 1) return this.#young(node)
    if (node.lead && Number.isNaN(node.lead.threshold)) return 'there is no level to hold it against yet'
    return 'not watched for long enough'
  }

  #young({ learned, lead }: Node): string {
    const under = lead && this.#figures.isSet(lead.metric, lead.field) ? ' with the settings it has now' : ''
    return `own history young: ${Math.floor(learned * 30)} of 30 min seen${under}`
  }

  #missing(conditions: readonly Condition[]): string {
    for (const leaf of conditions.flatMap(leavesOf))
      if ('field' in leaf && this.#figures.columnOf(leaf.metric, leaf.field) < 0)
        return `there is no figure ${leaf.metric} ${leaf.field} here`
    return ''
  }
}

/** How much of the past its conditions remember, ms: what is kept in memory of it is played first, so that an edit does not begin from nothing. */
export function remembered({ rule }: ProbeWish): number {
  let most = 2 * warmUpMs
  JSON.stringify([rule.when, rule.stepUp?.when], (key, value: unknown) => {
    if (typeof value !== 'number') return value
    if (key === 'smoothMs') most = Math.max(most, 4 * value)
    if (key === 'overMs' || key === 'withinMs' || key === 'forMs') most = Math.max(most, value + warmUpMs)
    return value
  })
  return Math.min(most, 10 * minute)
}

function amongOf(condition: Condition): readonly InstrumentId[] {
  const own = condition.kind === 'among' ? condition.instruments : []
  return [...own, ...(innerOf(condition)?.flatMap(amongOf) ?? [])]
}

const seconds = (ms: number): string => String(Math.max(0, Math.floor(ms / 1_000)))
