import type { ProbedCondition } from '../../../../src-shared/alerts/probe'
import type { Desk } from '../../../state/desk'
import type { Draft, Problems } from './draft'

/** What every part of the editor knows. Functions, so that a read of them is followed. */
export interface Slots {
  readonly desk: Desk
  /** What is wrong, by place. */
  readonly problems: () => Problems
  readonly doubts: () => Problems
  readonly draft: () => Draft
  /** How conditions stand, by place. */
  readonly probed: () => ReadonlyMap<string, readonly ProbedCondition[]>
  /** Why a condition cannot be played over the past, by place. */
  readonly unfit: () => ReadonlyMap<string, string>
  /** Id of the element that holds the words of what is wrong. */
  readonly described: string
}
export const slots = Symbol('slots')

/** What is known of each condition, one of each side, by where it stands in the rule. */
export function byPath(
  conditions: readonly ProbedCondition[] = []
): ReadonlyMap<string, readonly ProbedCondition[]> {
  const found = new Map<string, ProbedCondition[]>()
  for (const it of conditions) found.set(it.path, [...(found.get(it.path) ?? []), it])
  return found
}
