import type { Ask } from '../../src-shared/contract/calls'
import type { InstrumentId } from '../../src-shared/instrument'
import type { Layout, Layouts, Pane, Tab } from '../../src-shared/layout'
import { defaultLayouts } from '../../src-shared/layout'
import { freshId } from './fresh-id'
import type { Side } from './layout-tree'
import * as tree from './layout-tree'
import type { NoticesState } from './notices.svelte'

const mostSteps = 50
const mostLayouts = 50
/** Saving waits for a pause in the changes (a splitter being dragged). */
const pauseMs = 300

/** The named layouts, what is in front, and the way back. */
export class LayoutState {
  readonly #ask: Ask
  readonly #notices: NoticesState
  #stored = $state.raw<Layouts>(defaultLayouts)
  #past: Layouts[] = []
  #focused = $state<string>()
  #timer: ReturnType<typeof setTimeout> | undefined
  /** The tab being dragged, so that every pane can offer a place for it. */
  dragged = $state<string>()

  constructor(ask: Ask, notices: NoticesState) {
    this.#ask = ask
    this.#notices = notices
  }

  get layouts(): readonly Layout[] {
    return this.#stored.layouts
  }
  get active(): Layout {
    return this.layouts.find(({ id }) => id === this.#stored.active) ?? this.layouts[0]!
  }
  get selected(): InstrumentId | undefined {
    return this.#stored.selected
  }
  /** The group that has, or last had, the keyboard. */
  get focused(): string {
    const groups = tree.groupsOf(this.active.root)
    return (groups.find(({ id }) => id === this.#focused) ?? groups[0]!).id
  }
  get canUndo(): boolean {
    return this.#past.length > 0
  }

  /** What the main process holds; the way back ends here. */
  take(stored: Layouts): void {
    this.#stored = stored
    this.#past = []
  }

  focus(group: string): void {
    this.#focused = group
  }

  select(instrument: InstrumentId): void {
    if (instrument !== this.selected) this.#set({ ...this.#stored, selected: instrument })
  }

  choose(id: string): void {
    if (this.layouts.some((layout) => layout.id === id)) this.#set({ ...this.#stored, active: id })
  }

  /** The n-th layout, from 0. */
  chooseAt(index: number): void {
    const layout = this.layouts[index]
    if (layout) this.choose(layout.id)
  }

  /** A copy of the layout in front, in front. */
  duplicate(name: string): void {
    if (this.layouts.length >= mostLayouts) {
      this.#notices.tell('warn', `There are ${mostLayouts} layouts already; delete one first.`)
      return
    }
    const root = tree.renewed(this.active.root, () => freshId('pane'))
    const layout: Layout = { id: freshId('layout'), name: name.trim(), root }
    this.#step({ ...this.#stored, active: layout.id, layouts: [...this.layouts, layout] })
  }

  rename(name: string): void {
    if (name.trim()) this.#change({ ...this.active, name: name.trim() })
  }

  /** The last layout stays. */
  remove(): void {
    const layouts = this.layouts.filter((layout) => layout !== this.active)
    const next = layouts[0]
    if (next) this.#step({ ...this.#stored, active: next.id, layouts })
  }

  add(panel: string, group = this.focused): void {
    this.#setRoot(tree.addTab(this.active.root, group, { id: freshId('tab'), panel }))
  }

  /** Raises the panel's tab where there is one. */
  show(panel: string): void {
    const tab = tree.tabsOf(this.active.root).find((other) => other.panel === panel)
    if (!tab) {
      this.add(panel)
      return
    }
    const group = tree.groupOf(this.active.root, tab.id)!
    this.focus(group.id)
    const { maximised } = this.active
    if (maximised !== undefined && maximised !== group.id) this.maximise(group.id)
    this.raise(tab.id)
  }

  /** The last tab of a layout stays. */
  close(tab: string): void {
    const root = tree.closeTab(this.active.root, tab)
    if (root) this.#setRoot(root)
  }

  move(tab: string, group: string, index?: number): void {
    this.#setRoot(tree.moveTab(this.active.root, tab, group, index))
  }

  split(tab: string, group: string, side: Side): void {
    const moved = tree.tabsOf(this.active.root).find(({ id }) => id === tab)
    if (!moved) return
    this.#setRoot(tree.splitOff(this.active.root, moved, group, side, () => freshId('pane')))
  }

  /** Raising a tab is no step of its own. */
  raise(tab: string): void {
    this.#set(this.#with({ ...this.active, root: tree.activate(this.active.root, tab) }))
  }

  resize(split: string, sizes: readonly number[]): void {
    this.#setRoot(tree.resize(this.active.root, split, sizes))
  }

  /** Fills the desk with one group, or gives the others their room back. */
  maximise(group: string): void {
    const { maximised, ...rest } = this.active
    this.#change(maximised === group ? rest : { ...rest, maximised: group })
  }

  /** A panel keeps its own choices; no step of the layout. */
  setChoices(tab: string, choices: NonNullable<Tab['choices']>): void {
    const root = tree.changeTab(this.active.root, tab, (known) => ({ ...known, choices }))
    this.#set(this.#with({ ...this.active, root }))
  }

  /** Keeps a panel on one instrument; undefined lets it follow the selected one. */
  pin(tab: string, instrument: InstrumentId | undefined): void {
    const root = tree.changeTab(this.active.root, tab, ({ id, panel, choices }) => ({
      id,
      panel,
      ...(choices === undefined ? {} : { choices }),
      ...(instrument === undefined ? {} : { instrument })
    }))
    this.#setRoot(root)
  }

  undo(): void {
    const before = this.#past.pop()
    if (before) this.#set({ ...before, ...(this.selected === undefined ? {} : { selected: this.selected }) })
  }

  /** Saves what waits to be saved. */
  flush(): void {
    if (this.#timer === undefined) return
    clearTimeout(this.#timer)
    this.#timer = undefined
    void this.#notices.say(this.#ask('layouts:save', this.#stored), 'The layout was not saved')
  }

  #setRoot(root: Pane): void {
    if (root === this.active.root) return
    const { maximised, ...rest } = this.active
    const stays = tree.groupsOf(root).some(({ id }) => id === maximised)
    this.#change(stays && maximised !== undefined ? { ...rest, root, maximised } : { ...rest, root })
  }

  #change(layout: Layout): void {
    this.#step(this.#with(layout))
  }

  #with(layout: Layout): Layouts {
    return {
      ...this.#stored,
      layouts: this.layouts.map((other) => (other.id === layout.id ? layout : other))
    }
  }

  #step(next: Layouts): void {
    this.#past = [...this.#past, this.#stored].slice(-mostSteps)
    this.#set(next)
  }

  #set(next: Layouts): void {
    this.#stored = next
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => {
      this.flush()
    }, pauseMs)
  }
}
