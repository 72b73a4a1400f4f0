import type { Pane, Split, Tab, Tabs } from '../../src-shared/layout'

/** Where a tab lands beside a pane. */
export type Side = 'left' | 'right' | 'top' | 'bottom'

/** What the layout's schema allows. */
export const mostTabs = 20
export const mostKids = 12

/** The tab groups of a tree, in reading order. */
export function groupsOf(pane: Pane): Tabs[] {
  return pane.kind === 'tabs' ? [pane] : pane.kids.flatMap(groupsOf)
}

export const tabsOf = (pane: Pane): Tab[] => groupsOf(pane).flatMap((group) => group.tabs)

export const groupOf = (root: Pane, tab: string): Tabs | undefined =>
  groupsOf(root).find((group) => group.tabs.some(({ id }) => id === tab))

/** The tree with one group changed; a group that becomes undefined is removed and its split closes up. */
function withGroup(pane: Pane, id: string, change: (group: Tabs) => Pane | undefined): Pane | undefined {
  if (pane.kind === 'tabs') return pane.id === id ? change(pane) : pane
  const kids: Pane[] = []
  const sizes: number[] = []
  pane.kids.forEach((kid, i) => {
    const next = withGroup(kid, id, change)
    if (next === undefined) return
    kids.push(next)
    sizes.push(pane.sizes[i]!)
  })
  if (kids.length <= 1) return kids[0]
  if (kids.length === pane.kids.length) return { ...pane, kids }
  return { ...pane, kids, sizes: shares(sizes) }
}

/** Sizes that add up to 100 in the same proportions; equal ones where they add up to nothing. */
export function shares(sizes: readonly number[]): number[] {
  const sum = sizes.reduce((total, size) => total + size, 0)
  return sizes.map((size) => (sum > 0 ? (size / sum) * 100 : 100 / sizes.length))
}

/** With `tab` in the group, in front of all, at `index` or at the end. Unchanged when the group is full or missing. */
export function addTab(root: Pane, group: string, tab: Tab, index?: number): Pane {
  const added = withGroup(root, group, (tabs) => {
    if (tabs.tabs.length >= mostTabs) return tabs
    const all = [...tabs.tabs]
    all.splice(index ?? all.length, 0, tab)
    return { ...tabs, tabs: all, active: tab.id }
  })
  return added ?? root
}

/** Without the tab; undefined when it was the last. */
export function closeTab(root: Pane, tab: string): Pane | undefined {
  const group = groupOf(root, tab)
  if (!group) return root
  return withGroup(root, group.id, (tabs) => {
    const at = tabs.tabs.findIndex(({ id }) => id === tab)
    const rest = tabs.tabs.filter(({ id }) => id !== tab)
    const next = rest[Math.min(at, rest.length - 1)]
    if (!next) return undefined
    return { ...tabs, tabs: rest, active: tabs.active === tab ? next.id : tabs.active }
  })
}

/** Raises a tab in its group. */
export function activate(root: Pane, tab: string): Pane {
  const group = groupOf(root, tab)
  if (!group || group.active === tab) return root
  return withGroup(root, group.id, (tabs) => ({ ...tabs, active: tab })) ?? root
}

/** Takes a tab to another group, or to another place in its own. No tab is ever lost. */
export function moveTab(root: Pane, tab: string, group: string, index?: number): Pane {
  const moved = tabsOf(root).find(({ id }) => id === tab)
  const target = groupsOf(root).find(({ id }) => id === group)
  const from = groupOf(root, tab)
  if (!moved || !target || (from !== target && target.tabs.length >= mostTabs)) return root
  if (from === target && target.tabs.length === 1) return root
  const without = closeTab(root, tab)
  return without ? addTab(without, group, moved, index) : root
}

/** Puts a tab, new or from elsewhere in the tree, into a group of its own beside `group`. */
export function splitOff(root: Pane, tab: Tab, group: string, side: Side, fresh: () => string): Pane {
  const from = groupOf(root, tab.id)
  if (from?.id === group && from.tabs.length === 1) return root
  const without = from ? closeTab(root, tab.id) : root
  if (!without) return root
  const own: Tabs = { kind: 'tabs', id: fresh(), tabs: [tab], active: tab.id }
  return beside(without, group, own, side, fresh) ?? root
}

function beside(pane: Pane, group: string, own: Tabs, side: Side, fresh: () => string): Pane | undefined {
  const direction = side === 'left' || side === 'right' ? 'row' : 'column'
  const before = side === 'left' || side === 'top'
  if (pane.kind === 'tabs') {
    if (pane.id !== group) return undefined
    const kids = before ? [own, pane] : [pane, own]
    return { kind: 'split', id: fresh(), direction, kids, sizes: [50, 50] }
  }
  const at = pane.kids.findIndex((kid) => kid.id === group)
  if (at >= 0 && pane.direction === direction && pane.kids.length < mostKids) {
    return insertedAt(pane, at, own, before)
  }
  for (const [i, kid] of pane.kids.entries()) {
    const next = beside(kid, group, own, side, fresh)
    if (next) return { ...pane, kids: pane.kids.map((other, j) => (j === i ? next : other)) }
  }
  return undefined
}

/** The new kid takes half of the room of the one beside it. */
function insertedAt(split: Split, at: number, own: Tabs, before: boolean): Split {
  const half = split.sizes[at]! / 2
  const kids = [...split.kids]
  const sizes = split.sizes.map((size, i) => (i === at ? half : size))
  const place = before ? at : at + 1
  kids.splice(place, 0, own)
  sizes.splice(place, 0, half)
  return { ...split, kids, sizes }
}

/** With new sizes (percent) for one split. Unchanged when they are not one a kid. */
export function resize(root: Pane, split: string, sizes: readonly number[]): Pane {
  if (root.kind === 'tabs') return root
  if (root.id === split) return sizes.length === root.kids.length ? { ...root, sizes: [...sizes] } : root
  return { ...root, kids: root.kids.map((kid) => resize(kid, split, sizes)) }
}

/** With one tab changed in place. */
export function changeTab(root: Pane, tab: string, change: (tab: Tab) => Tab): Pane {
  const group = groupOf(root, tab)
  if (!group) return root
  return (
    withGroup(root, group.id, (tabs) => ({
      ...tabs,
      tabs: tabs.tabs.map((other) => (other.id === tab ? change(other) : other))
    })) ?? root
  )
}

/** The same tree with ids of its own, so that two layouts never share a tab. */
export function renewed(pane: Pane, fresh: () => string): Pane {
  if (pane.kind === 'split')
    return { ...pane, id: fresh(), kids: pane.kids.map((kid) => renewed(kid, fresh)) }
  const tabs = pane.tabs.map((tab) => ({ ...tab, id: fresh() }))
  const active = tabs[pane.tabs.findIndex(({ id }) => id === pane.active)] ?? tabs[0]!
  return { ...pane, id: fresh(), tabs, active: active.id }
}
