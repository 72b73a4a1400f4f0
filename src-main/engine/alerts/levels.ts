import type { FigureCondition } from '../../../src-shared/alerts/condition'
import type { FigureHistory } from './figure-history'

/** Both levels of a value that is turned so that more is nearer to firing; NaN while not known. */
export interface Levels {
  on: number
  off: number
}

/** What a rank is held against: the same signal of every instrument of the rule's watchlist. */
export interface Board {
  /** The value at this place, 1 the highest (of `sign` times the values); NaN where too few are known. */
  at(place: number, sign: 1 | -1): number
}

/**
 * Where a figure's levels lie now. The ask side of `extreme`, and `below`, look at -x: their levels are turned too, and percentiles are counted from
 * their own end, because books can be skewed for good.
 */
export function levelsOf(
  figure: FigureCondition,
  side: 1 | -1,
  history: FigureHistory | undefined,
  board: Board | undefined
): Levels {
  const turned = figure.op === 'below' ? -1 : figure.op === 'extreme' ? side : 1
  const at = (level: number): number => placeOf(figure, turned, level, history, board)
  const floor = figure.op === 'below' ? -Infinity : (figure.floor ?? -Infinity)
  const on = Math.max(at(figure.on), floor)
  return { on, off: Math.min(at(figure.off), on) }
}

/** Where a setting of a rule stands, turned by `sign`; without its floor. */
export function placeOf(
  { op, by }: FigureCondition,
  sign: 1 | -1,
  level: number,
  history: FigureHistory | undefined,
  board: Board | undefined
): number {
  const isExtreme = op === 'extreme'
  switch (by) {
    case 'level':
      return isExtreme ? level : sign * level
    case 'percentile': {
      const share = level / 100
      return sign * (history?.quantile(isExtreme && sign < 0 ? 1 - share : share) ?? NaN)
    }
    case 'deviation': {
      const median = history?.quantile(0.5) ?? NaN
      return sign * (median + (isExtreme ? sign * level : level) * (history?.deviation() ?? NaN))
    }
    case 'median': {
      const median = history?.quantile(0.5) ?? NaN
      return median > 0 ? sign * level * median : NaN
    }
    case 'rank':
      return board?.at(level, sign) ?? NaN
    default:
      return by satisfies never
  }
}

/** What may be said of where a level is, close enough together for one between two of them to be read off; empty where levels do not move with a history. */
export function settingsOf(by: FigureCondition['by']): readonly number[] {
  switch (by) {
    case 'percentile':
      return [...tails, ...middle, ...tails.map((percent) => 100 - percent).reverse()]
    case 'deviation':
      return Array.from({ length: 25 }, (_, at) => (at - 12) / 2)
    case 'median':
      return Array.from({ length: 41 }, (_, at) => at / 4)
    default:
      return []
  }
}
/** Percents; an alert is rare, so the ends are what is looked at. */
const tails = [0, 0.1, 0.25, 0.5, 1, 2, 3, 4, 5, 7.5]
const middle = [10, 15, 20, 30, 40, 50, 60, 70, 80, 85, 90]

/** "P99.5 of 24 h", "level": where an ON level comes from. */
export function levelWords({ by, on, window = '24h' }: FigureCondition): string {
  const words = {
    level: 'level',
    percentile: `P${on} of ${window}`,
    deviation: `${on} robust deviations of ${window}`,
    median: `${on} × the median of ${window}`,
    rank: `place ${on} of the watchlist`
  } as const
  return words[by]
}
