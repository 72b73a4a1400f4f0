import type { Metric, Reason } from './metric'

/** What a metric may need, to be added up. */
export const needs = { book: 1, trades: 2 } as const

export const needsOf = ({ spec }: Metric): number =>
  (spec.needs.includes('book') ? needs.book : 0) | (spec.needs.includes('trades') ? needs.trades : 0)

/** Why nothing of a metric can be known while it lacks these `needs`, whatever it says; undefined when it lacks none. */
export function blindness(lacking: number): string | undefined {
  if ((lacking & needs.trades) !== 0) return 'Trades may have been missed: known again after the next one.'
  if ((lacking & needs.book) !== 0)
    return 'The best bid is at or above the best ask, as happens between two messages.'
  return undefined
}

/** Of a metric that says nothing itself. */
export const unexplained = ({ spec }: Metric): Reason => ({
  share: NaN,
  why: spec.needs.includes('trades')
    ? 'Not known yet: the window of trades has not been watched from end to end, or nothing was traded in it.'
    : 'Not known: the book does not reach as far, or a side of it is empty.'
})
