import type { InstrumentId } from '../../src-shared/instrument'
import type { Layout } from '../../src-shared/layout'
import { groupsOf, tabsOf } from '../state/layout-tree'

/** Whose panels of one kind are in front, and whose are only behind others: in the layout in front, then in the rest. */
export interface InSight {
  readonly inFront: readonly InstrumentId[]
  readonly hidden: readonly InstrumentId[]
  /** Whether any layout has one, whatever it shows. */
  readonly isOpen: boolean
}

export function inSight(
  panel: string,
  front: Layout,
  layouts: readonly Layout[],
  selected: InstrumentId | undefined
): InSight {
  const groups = groupsOf(front.root)
  const whole = groups.find(({ id }) => id === front.maximised)
  const active = (whole ? [whole] : groups).flatMap(({ tabs, active }) =>
    tabs.filter((tab, place) => (tabs.some(({ id }) => id === active) ? tab.id === active : place === 0))
  )
  const idsOf = (tabs: ReturnType<typeof tabsOf>): InstrumentId[] => [
    ...new Set(
      tabs.filter((tab) => tab.panel === panel).flatMap(({ instrument = selected }) => instrument ?? [])
    )
  ]
  const inFront = idsOf(active)
  const rest = layouts.filter(({ id }) => id !== front.id)
  const all = [front, ...rest].flatMap(({ root }) => tabsOf(root))
  const hidden = idsOf(all).filter((id) => !inFront.includes(id))
  return { inFront, hidden, isOpen: all.some((tab) => tab.panel === panel) }
}
