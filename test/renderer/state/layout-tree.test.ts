import fc from 'fast-check'
import { safeParse } from 'valibot'
import { describe, expect, it } from 'vitest'
import {
  activate,
  addTab,
  closeTab,
  groupsOf,
  moveTab,
  renewed,
  resize,
  splitOff,
  tabsOf
} from '../../../src-renderer/state/layout-tree'
import type { Pane, Tabs } from '../../../src-shared/layout'
import { defaultLayouts, layoutsSchema } from '../../../src-shared/layout'

const tabs = (id: string, ...names: string[]): Tabs => ({
  kind: 'tabs',
  id,
  tabs: names.map((name) => ({ id: name, panel: name })),
  active: names[0]!
})
const row = (...kids: Pane[]): Pane => ({
  kind: 'split',
  id: 'row',
  direction: 'row',
  kids,
  sizes: kids.map(() => 100 / kids.length)
})
const names = (pane: Pane) => tabsOf(pane).map(({ id }) => id)
function counter(): () => string {
  let n = 0
  return () => `new-${n++}`
}

describe('a layout', () => {
  it('closes up where its last tab leaves', () => {
    const root = row(tabs('left', 'a'), tabs('right', 'b'))
    expect(closeTab(root, 'a')).toEqual(tabs('right', 'b'))
  })
  it('is gone with its very last tab', () => {
    expect(closeTab(tabs('only', 'a'), 'a')).toBeUndefined()
  })
  it('shares the room of a closed pane among the others', () => {
    const root: Pane = {
      ...row(tabs('l', 'a'), tabs('m', 'b'), tabs('r', 'c')),
      sizes: [20, 20, 60]
    } as Pane
    expect(closeTab(root, 'a')).toMatchObject({ sizes: [25, 75] })
  })
  it('raises the neighbour of a closed tab', () => {
    expect(closeTab(tabs('g', 'a', 'b', 'c'), 'a')).toMatchObject({ active: 'b' })
  })
  it('splits a pane in half beside it', () => {
    const root = row(tabs('left', 'a', 'b'), tabs('right', 'c'))
    const split = splitOff(root, { id: 'b', panel: 'b' }, 'left', 'left', counter())
    expect(split).toMatchObject({ sizes: [25, 25, 50] })
    expect(names(split)).toEqual(['b', 'a', 'c'])
  })
  it('nests a split across the other direction', () => {
    const split = splitOff(
      row(tabs('l', 'a', 'b'), tabs('r', 'c')),
      { id: 'b', panel: 'b' },
      'l',
      'bottom',
      counter()
    )
    expect(split.kind === 'split' && split.kids[0]).toMatchObject({ direction: 'column', sizes: [50, 50] })
  })
  it('refuses sizes that are not one a pane', () => {
    const root = row(tabs('l', 'a'), tabs('r', 'b'))
    expect(resize(root, 'row', [100])).toEqual(root)
  })
  it('has ids of its own as a copy', () => {
    const root = row(tabs('l', 'a'), tabs('r', 'b'))
    const copy = renewed(root, counter())
    expect(names(copy).filter((id) => names(root).includes(id))).toEqual([])
    expect(groupsOf(copy).every(({ active, tabs }) => tabs.some(({ id }) => id === active))).toBe(true)
  })
})

describe('whatever is done to a layout', () => {
  const step = fc.record({
    kind: fc.constantFrom('move', 'split', 'raise', 'add', 'close'),
    tab: fc.nat(20),
    group: fc.nat(20),
    side: fc.constantFrom('left', 'right', 'top', 'bottom')
  })

  it('no tab is lost or doubled, and it can be stored', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        const fresh = counter()
        let root: Pane = row(tabs('l', 'a', 'b'), tabs('m', 'c'), tabs('r', 'd', 'e', 'f'))
        for (const { kind, tab: t, group: g, side } of steps) {
          const before = tabsOf(root)
          const groups = groupsOf(root)
          const tab = before[t % before.length]!
          const group = groups[g % groups.length]!
          if (kind === 'move') root = moveTab(root, tab.id, group.id)
          if (kind === 'split') root = splitOff(root, tab, group.id, side, fresh)
          if (kind === 'raise') root = activate(root, tab.id)
          if (kind === 'add') root = addTab(root, group.id, { id: fresh(), panel: 'chart' })
          if (kind === 'close') root = closeTab(root, tab.id) ?? root
          const ids = before.map(({ id }) => id).sort()
          if (kind === 'move' || kind === 'split' || kind === 'raise') expect(names(root).sort()).toEqual(ids)
          expect(new Set(names(root)).size).toBe(names(root).length)
          for (const { active, tabs } of groupsOf(root)) expect(tabs.map(({ id }) => id)).toContain(active)
          const layouts = { ...defaultLayouts, active: 'x', layouts: [{ id: 'x', name: 'X', root }] }
          expect(safeParse(layoutsSchema, layouts).success).toBe(true)
        }
      })
    )
  })
})
