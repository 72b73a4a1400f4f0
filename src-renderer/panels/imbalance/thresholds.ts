import type { StandingLevels } from '../../../src-shared/alerts/record'
import type { FigureCondition } from '../../../src-shared/alerts/condition'
import { percent, plain } from '../../../src-shared/format'
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
  /** Of a level that moves with the figure's own history: what the rule says of it, as in "P99.5", and where other settings would stand. */
  readonly words?: string
  readonly scale?: StandingLevels['scale']
}

/** Least distance of OFF below ON, and the grid that levels lie on. */
const step = 0.01
/** The same of percents, deviations and multiples. */
export const settingStep = 0.1

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

/** "P99.5", "4 deviations", "3 × median": a setting of a rule by its figure's own history. */
export function settingWords(by: FigureCondition['by'], setting: number): string {
  const words = {
    level: `${setting}`,
    percentile: `P${setting}`,
    deviation: `${setting} deviations`,
    median: `${setting} × median`,
    rank: `place ${setting}`
  } as const
  return words[by]
}

/** Rules on these bands that have no line, in words: places in a watchlist, and levels by an own history that is still too short. */
export const linelessRules = (
  rules: readonly Rule[],
  bands: readonly Band[],
  standing: readonly StandingLevels[]
): string[] =>
  rules.flatMap((rule) => {
    const figure = figureOf(rule, bands)
    const own = standing.filter((it) => it.rule === rule.id)
    if (!figure || figure.by === 'level' || own.some(({ on }) => Number.isFinite(on))) return []
    const { by, on, off } = figure
    const learned = own[0] ? `, learning ${percent(own[0].learned)}` : ''
    const paused = rule.enabled ? learned : ', paused'
    return [
      `${plain(rule.name, 40)}: on beyond ${settingWords(by, on)}, over within ${settingWords(by, off)}${paused}`
    ]
  })

/** Lines of rules by the own history, where their levels stand now; of a rule that is being changed, where the new ones would stand. */
export function movingLines(
  rules: readonly Rule[],
  bands: readonly Band[],
  standing: readonly StandingLevels[],
  stored: readonly Rule[]
): Line[] {
  return rules.flatMap((rule) => {
    const figure = figureOf(rule, bands)
    const before = stored.find(({ id }) => id === rule.id)?.when
    if (!figure || before?.kind !== 'figure') return []
    return standing
      .filter((it) => it.rule === rule.id)
      .flatMap((it) =>
        (['on', 'off'] as const).flatMap((end): Line[] => {
          const value = before[end] === figure[end] ? it[end] : valueOn(it.scale, figure[end])
          if (!Number.isFinite(value)) return []
          const sign = it.side === 'ask' || (it.side === 'none' && figure.op === 'below') ? -1 : 1
          const words = settingWords(figure.by, figure[end])
          return [{ key: `${rule.id} ${end} ${it.side}`, rule, end, sign, value, words, scale: it.scale }]
        })
      )
  })
}

/** Where a setting stands on a scale, by proportion between its neighbours; NaN beyond its ends. */
export function valueOn(scale: StandingLevels['scale'], setting: number): number {
  return between(scale, setting)
}

/** The setting that stands at a value; the nearest end of the scale beyond it. */
export function settingAt(scale: StandingLevels['scale'], value: number): number {
  const rising = scale
    .map(([setting, at]) => [at, setting] as const)
    .filter(([at]) => Number.isFinite(at))
    .sort(([one], [other]) => one - other)
  const [first, last] = [rising[0], rising.at(-1)]
  if (!first || !last) return NaN
  if (value <= first[0]) return first[1]
  return value >= last[0] ? last[1] : between(rising, value)
}

function between(pairs: readonly (readonly [x: number, y: number])[], x: number): number {
  for (let row = 0; row < pairs.length; row++) {
    const [to, y] = pairs[row]!
    if (to === x) return y
    const [from, before] = pairs[row - 1] ?? [NaN, NaN]
    if (from < x && x < to) return before + ((x - from) / (to - from)) * (y - before)
  }
  return NaN
}

/** The rule with another setting at one end, on the grid of tenths: ON stays beyond OFF, and a percentile between 0 and 100. */
export function withSetting(rule: Rule, end: End, setting: number): Rule {
  const { when } = rule
  if (when.kind !== 'figure' || !Number.isFinite(setting)) return rule
  const quiet = when.op === 'below' ? 1 : -1
  const limit = when[end === 'on' ? 'off' : 'on'] + (end === 'on' ? -quiet : quiet) * settingStep
  const isAbove = (end === 'on') === (when.op !== 'below')
  const [least, most] = when.by === 'percentile' ? [0, 100] : [-1_000, 1_000]
  const within = Math.min(isAbove ? most : limit, Math.max(isAbove ? limit : least, setting))
  return { ...rule, when: { ...when, [end]: Number((Math.round(within * 10) / 10).toFixed(1)) } }
}

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
