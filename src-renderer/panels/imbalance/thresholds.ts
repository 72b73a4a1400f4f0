import type { InstrumentId } from '../../../src-shared/instrument'
import type { Rule } from '../../../src-shared/rule'
import type { Watchlist } from '../../../src-shared/watchlist'
import type { Band } from '../../parts/imbalance-bands'

/** The levels of a rule, magnitudes on its side: ON fires, below OFF it is over. */
export interface Levels {
  readonly on: number
  readonly off: number
}
export type End = keyof Levels

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

/** The levels of a rule on one of these bands; undefined for a rule of another kind or figure. */
export function levelsOf(rule: Rule, bands: readonly Band[]): Levels | undefined {
  if (rule.metric !== 'imbalance' || !bands.some((band) => band === rule.field)) return undefined
  return { on: rule.on, off: rule.off }
}

/** The rule with other levels; everything else as it was. */
export const withLevels = (rule: Rule, { on, off }: Levels): Rule => ({ ...rule, on, off })

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
    const signs: readonly (1 | -1)[] = rule.side === 'bid' ? [1] : rule.side === 'ask' ? [-1] : [1, -1]
    return (['on', 'off'] as const).flatMap((end) =>
      signs.map((sign) => ({
        ...{ key: `${rule.id} ${end} ${sign}`, rule, end, sign },
        value: sign * levels[end]
      }))
    )
  })
}

/** Levels with one end at a magnitude, on the grid, ON in (OFF, 1] and OFF in [0, ON). */
export function moved({ on, off }: Levels, end: End, magnitude: number): Levels {
  const at = Math.round(magnitude / step) * step
  const within = (low: number, high: number) => Number(Math.min(high, Math.max(low, at)).toFixed(4))
  return end === 'on' ? { on: within(off + step, 1), off } : { on, off: within(0, on - step) }
}
