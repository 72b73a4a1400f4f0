import { describe, expect, it } from 'vitest'
import { inSight } from '../../../src-renderer/panes/in-sight'
import { changeTab, activate } from '../../../src-renderer/state/layout-tree'
import type { Layout } from '../../../src-shared/layout'
import { defaultLayouts } from '../../../src-shared/layout'

const { layouts } = defaultLayouts
const named = (name: string): Layout => layouts.find(({ id }) => id === name)!
const desk = named('desk')

describe('what of a panel is in sight', () => {
  it('is the tab in front', () => {
    expect(inSight('heatmap', desk, layouts, 'sim:A')).toEqual({
      inFront: ['sim:A'],
      hidden: [],
      isOpen: true
    })
  })
  it('hides behind another tab, under a maximised pane, and in another layout', () => {
    const hidden = { inFront: [], hidden: ['sim:A'], isOpen: true }
    const behind = { ...desk, root: activate(desk.root, 'desk-chart') }
    expect(inSight('heatmap', behind, [behind], 'sim:A')).toEqual(hidden)
    const under = { ...desk, maximised: 'desk-tabs-imbalance' }
    expect(inSight('heatmap', under, [under], 'sim:A')).toEqual(hidden)
    expect(inSight('heatmap', named('venues'), layouts, 'sim:A')).toEqual(hidden)
  })
  it('is what a pane is pinned to, or else what is selected', () => {
    const pinned = {
      ...named('focus'),
      root: changeTab(named('focus').root, 'focus-heatmap', (tab) => ({ ...tab, instrument: 'sim:B' }))
    }
    expect(inSight('heatmap', desk, [desk, pinned], 'sim:A')).toEqual({
      inFront: ['sim:A'],
      hidden: ['sim:B'],
      isOpen: true
    })
    expect(inSight('heatmap', desk, [desk], undefined)).toEqual({ inFront: [], hidden: [], isOpen: true })
  })
  it('says of a panel without an instrument whether any layout has it', () => {
    expect(inSight('scanner', desk, [desk], undefined).isOpen).toBe(true)
    expect(inSight('scanner', named('focus'), layouts, undefined).isOpen).toBe(true)
    expect(inSight('scanner', named('focus'), [named('focus')], 'sim:A').isOpen).toBe(false)
  })
})
