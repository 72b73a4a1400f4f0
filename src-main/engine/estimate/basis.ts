import type { Leaf } from '../../../src-shared/alerts/condition'
import { historyWindows, leavesOf } from '../../../src-shared/alerts/condition'
import type { Rule } from '../../../src-shared/rule'

/** A change is remembered in a hundred steps, and seconds bring no more than one each. */
const leastChangeMs = 100_000
const secondMs = 1_000
/** For learning, before the span that is asked for, ms: a third of what a rule would know by then weighs more than a day that must be read. */
const longestLeadMs = 6 * 3_600_000

export const leavesIn = ({ when, stepUp }: Rule): readonly Leaf[] =>
  [when, ...(stepUp ? [stepUp.when] : [])].flatMap(leavesOf)

/** Whether the figures of each second say as much of a rule as ten samples a second would, near enough: not of the data itself, of silence, and of what is over sooner. */
export function sufficesSeconds(rule: Rule): boolean {
  return leavesIn(rule).every((leaf) => {
    if (leaf.kind === 'data' || leaf.kind === 'silence') return false
    if (leaf.kind === 'event') return true
    const isQuick = leaf.kind === 'figure' && (leaf.change?.overMs ?? leastChangeMs) < leastChangeMs
    return !isQuick && rule.minMs >= secondMs
  })
}

/** How long before the span rows are read, so that levels are known when it begins. */
export function leadMs(rule: Rule): number {
  const windows = leavesIn(rule).map((leaf) =>
    (leaf.kind === 'figure' || leaf.kind === 'band') && leaf.by !== 'level'
      ? historyWindows[leaf.window ?? '24h']
      : 0
  )
  return Math.min(longestLeadMs, Math.max(0, ...windows))
}
