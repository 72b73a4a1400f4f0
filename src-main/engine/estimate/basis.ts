import type { Leaf } from '../../../src-shared/alerts/condition'
import { historyWindows } from '../../../src-shared/alerts/condition'
import { leavesAt, leavesOf } from '../../../src-shared/alerts/condition-tree'
import type { RuleEstimate } from '../../../src-shared/alerts/record'
import type { Rule } from '../../../src-shared/rule'

/** A change is remembered in a hundred steps, and seconds bring no more than one each. */
const leastChangeMs = 100_000
const secondMs = 1_000
/** For learning, before the span that is asked for, ms: a third of what a rule would know by then weighs more than a day that must be read. */
const longestLeadMs = 6 * 3_600_000

export const leavesIn = ({ when, stepUp }: Rule): readonly Leaf[] =>
  [when, ...(stepUp ? [stepUp.when] : [])].flatMap(leavesOf)

/** The conditions of which the figures of each second tell nothing, where they stand in the rule, and why. */
export function unfitIn({ when, stepUp }: Rule): NonNullable<RuleEstimate['unfit']> {
  const leaves = [...leavesAt(when, 'when'), ...(stepUp ? leavesAt(stepUp.when, 'stepUp.when') : [])]
  return leaves.flatMap(({ path, leaf }) => {
    const why = whyUnfit(leaf)
    return why === '' ? [] : [{ path, why }]
  })
}

function whyUnfit(leaf: Leaf): string {
  if (leaf.kind === 'data') return 'the tape of seconds holds live books alone, and not when one was lost'
  if (leaf.kind === 'silence')
    return `the tape of seconds does not hold when the last ${leaf.what === 'trades' ? 'trade' : 'change'} came`
  const isQuick = leaf.kind === 'figure' && (leaf.change?.overMs ?? leastChangeMs) < leastChangeMs
  return isQuick ? 'a movement over less than 100 s needs more than one figure a second' : ''
}

/** Whether it may fire for what is over between two seconds: more fires then than the seconds tell. */
export const isQuick = (rule: Rule): boolean =>
  rule.minMs < secondMs && leavesIn(rule).some(({ kind }) => kind !== 'event')

/** How long before the span rows are read, so that levels are known when it begins. */
export function leadMs(rule: Rule): number {
  const windows = leavesIn(rule).map((leaf) =>
    (leaf.kind === 'figure' || leaf.kind === 'band') && leaf.by !== 'level'
      ? historyWindows[leaf.window ?? '24h']
      : 0
  )
  return Math.min(longestLeadMs, Math.max(0, ...windows))
}
