import type { Condition } from '../../../../src-shared/alerts/condition'
import { innerOf } from '../../../../src-shared/alerts/condition-tree'
import type { MetricSpec } from '../../../../src-shared/contract/catalogue'
import type { MenuItem } from '../../../ui/menu'
import { joined, kinds, turned } from './kinds'

interface Changeable {
  readonly it: Condition
  readonly set: (next: Condition) => void
  /** Undefined where something must stand here. */
  readonly remove: (() => void) | undefined
  readonly metrics: readonly MetricSpec[]
}

/** What can be made of a condition where it stands. */
export function actionsOf({ it, set, remove, metrics }: Changeable): readonly MenuItem[] {
  const to = (label: string, next: () => Condition): MenuItem => ({
    label,
    pick: () => {
      set(next())
    }
  })
  const inner = it.kind === 'all' || it.kind === 'any' ? undefined : innerOf(it)?.[0]
  return [
    to('And also…', () => joined(it, 'all')),
    to('Or else…', () => joined(it, 'any')),
    to('Not this', () => ({ kind: 'not', of: it })),
    ...(inner ? [to('Only what is inside', () => inner)] : []),
    ...(remove ? [{ label: 'Remove', pick: remove }] : []),
    ...kinds.map(({ kind, title }, place) => ({
      ...to(title, () => turned(it, kind, metrics)),
      separated: place === 0,
      checked: it.kind === kind
    }))
  ]
}
