import type { InstrumentId } from '../../src-shared/instrument'
import type { Tab, Tabs } from '../../src-shared/layout'
import { panelOf } from '../panels'
import type { DeskState } from '../state/desk.svelte'
import { groupsOf, tabsOf } from '../state/layout-tree'
import type { MenuItem } from '../ui/menu'

/** What can be done with the tab in front of a group. */
export function paneMenu(
  desk: DeskState,
  group: Tabs,
  tab: Tab,
  instrument: InstrumentId | undefined
): MenuItem[] {
  const { layout } = desk
  const { root, maximised } = layout.active
  const alone = group.tabs.length === 1
  return [
    ...pinItems(desk, tab, instrument),
    {
      label: maximised === group.id ? 'Restore' : 'Maximise',
      hint: 'Ctrl+Enter',
      separated: true,
      pick: () => {
        layout.maximise(group.id)
      }
    },
    ...(['right', 'bottom'] as const).map((side) => ({
      label: side === 'right' ? 'Split right' : 'Split down',
      disabled: alone,
      pick: () => {
        layout.split(tab.id, group.id, side)
      }
    })),
    ...moveItems(desk, group, tab),
    {
      label: 'Close panel',
      hint: 'Del on the tab',
      separated: true,
      disabled: tabsOf(root).length === 1,
      pick: () => {
        layout.close(tab.id)
      }
    }
  ]
}

function pinItems({ layout }: DeskState, tab: Tab, instrument: InstrumentId | undefined): MenuItem[] {
  if (panelOf(tab.panel)?.ofInstrument !== true) return []
  const pinned = tab.instrument !== undefined
  return [
    {
      label: 'Stay on this instrument',
      checked: pinned,
      disabled: instrument === undefined,
      pick: () => {
        layout.pin(tab.id, pinned ? undefined : instrument)
      }
    }
  ]
}

function moveItems({ layout }: DeskState, group: Tabs, tab: Tab): MenuItem[] {
  return groupsOf(layout.active.root)
    .filter(({ id }) => id !== group.id)
    .map((other, i) => ({
      label: `Move to ${other.tabs.map(({ panel }) => panelOf(panel)?.title ?? panel).join(' and ')}`,
      separated: i === 0,
      pick: () => {
        layout.move(tab.id, other.id)
      }
    }))
}
