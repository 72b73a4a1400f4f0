import type { FigureCondition } from '../../../src-shared/alerts/condition'
import { plain } from '../../../src-shared/format'
import type { InstrumentId } from '../../../src-shared/instrument'
import type { Rule } from '../../../src-shared/rule'
import type { Watchlist } from '../../../src-shared/watchlist'
import type { Band } from '../../parts/imbalance-bands'

/** The levels of a rule, counted in the direction in which it fires: on at `on` and beyond, over below `off`. */
export interface Levels {
  readonly on: number
  readonly off: number
  /** As far down as they can go: magnitudes end at 0. */
  readonly least: number
}
export type End = 'on' | 'off'

/** One level of a rule on one side, as a line. */
export interface Line {
  readonly key: string
  readonly rule: Rule
  readonly end: End
  readonly sign: 1 | -1
  /** With its sign. */
  readonly value: number
}

/** Least distance of OFF below ON, and the grid that levels lie on. */
const step = 0.01

/** The condition of a rule on one of these bands; undefined for a rule of another kind, figure or instrument. */
function figureOf({ when }: Rule, bands: readonly Band[]): FigureCondition | undefined {
  if (when.kind !== 'figure' || when.metric !== 'imbalance' || when.change || when.instrument)
    return undefined
  return bands.some((band) => band === when.field) ? when : undefined
}

/** The levels of a rule that has fixed ones on one of these bands. */
export function levelsOf(rule: Rule, bands: readonly Band[]): Levels | undefined {
  const figure = figureOf(rule, bands)
  if (figure?.by !== 'level') return undefined
  const { op, on, off } = figure
  return op === 'below' ? { on: -on, off: -off, least: -1 } : { on, off, least: op === 'extreme' ? 0 : -1 }
}

/** The rule with other levels; everything else as it was. */
export function withLevels(rule: Rule, { on, off }: Levels): Rule {
  const { when } = rule
  if (when.kind !== 'figure') return rule
  return { ...rule, when: when.op === 'below' ? { ...when, on: -on, off: -off } : { ...when, on, off } }
}

/** Rules on these bands whose levels move with the figure's own history, in words: they have no line. */
export const movingRules = (rules: readonly Rule[], bands: readonly Band[]): string[] =>
  rules.flatMap((rule) => {
    const figure = figureOf(rule, bands)
    if (!figure || figure.by === 'level') return []
    const { by, on, off } = figure
    const paused = rule.enabled ? '' : ', paused'
    const of = by === 'percentile' ? (level: number) => `P${level}` : (level: number) => `${level} (${by})`
    return [`${plain(rule.name, 40)}: on beyond ${of(on)}, over within ${of(off)}${paused}`]
  })

/** The rules whose scope holds an instrument. */
export const rulesOn = (
  id: InstrumentId,
  rules: readonly Rule[],
  lists: readonly Watchlist[]
): readonly Rule[] =>
  rules.filter(({ scope }) =>
    scope.kind === 'instrument'
      ? scope.instrument === id
      : lists.some((list) => list.id === scope.watchlist && list.instruments.includes(id))
  )

/** A line for each level and side of the rules on these bands. */
export function linesOf(rules: readonly Rule[], bands: readonly Band[]): Line[] {
  return rules.flatMap((rule) => {
    const levels = levelsOf(rule, bands)
    if (!levels) return []
    const signs = signsOf(rule)
    return (['on', 'off'] as const).flatMap((end) =>
      signs.map((sign) => ({
        ...{ key: `${rule.id} ${end} ${sign}`, rule, end, sign },
        value: sign * levels[end]
      }))
    )
  })
}

function signsOf({ when, side }: Rule): readonly (1 | -1)[] {
  if (when.kind !== 'figure' || when.op !== 'extreme')
    return when.kind === 'figure' && when.op === 'below' ? [-1] : [1]
  if (side === 'both') return [1, -1]
  return side === 'ask' ? [-1] : [1]
}

/** Levels with one end elsewhere, on the grid: ON in (OFF, 1] and OFF in [least, ON). */
export function moved({ on, off, least }: Levels, end: End, to: number): Levels {
  const at = Math.round(to / step) * step
  const within = (low: number, high: number) => Number(Math.min(high, Math.max(low, at)).toFixed(4))
  return end === 'on'
    ? { on: within(off + step, 1), off, least }
    : { on, off: within(least, on - step), least }
}
