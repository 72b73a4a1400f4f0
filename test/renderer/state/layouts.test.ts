import { createKeybindingsHandler } from 'tinykeys'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { bindings } from '../../../src-renderer/shell/keys'
import { groupsOf, tabsOf } from '../../../src-renderer/state/layout-tree'
import { defaultLayouts } from '../../../src-shared/layout'
import { WindowDesk } from '../../support/window-desk'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

function press(window: WindowDesk, key: string, code = key): void {
  const handle = createKeybindingsHandler(bindings(window.desk, () => undefined))
  handle(new KeyboardEvent('keydown', { key, code, ctrlKey: true }))
}

describe('layouts', () => {
  it('are switched by Ctrl and a digit', () => {
    const window = new WindowDesk()
    expect(window.desk.layout.active.id).toBe(defaultLayouts.layouts[0]!.id)
    press(window, '2', 'Digit2')
    expect(window.desk.layout.active.id).toBe(defaultLayouts.layouts[1]!.id)
    press(window, '9', 'Digit9')
    expect(window.desk.layout.active.id).toBe(defaultLayouts.layouts[1]!.id)
  })

  it('go back step by step with Ctrl+Z', () => {
    const window = new WindowDesk()
    const { layout } = window.desk
    const before = layout.active
    layout.add('chart')
    expect(tabsOf(layout.active.root)).toHaveLength(tabsOf(before.root).length + 1)
    press(window, 'z', 'KeyZ')
    expect(layout.active).toEqual(before)
    expect(layout.canUndo).toBe(false)
  })

  it('remember fifty steps', () => {
    const { layout } = new WindowDesk().desk
    const group = groupsOf(layout.active.root)[0]!
    for (let step = 0; step < 60; step++) layout.maximise(group.id)
    let steps = 0
    for (; layout.canUndo; steps++) layout.undo()
    expect(steps).toBe(50)
  })

  it('are saved once after a pause in the changes', () => {
    const window = new WindowDesk()
    window.desk.layout.add('chart')
    window.desk.layout.add('figures')
    expect(window.calls).toEqual([])
    vi.runAllTimers()
    expect(window.calls.map(({ name }) => name)).toEqual(['layouts:save'])
  })

  it('raise a panel that is there instead of adding another', () => {
    const { layout } = new WindowDesk().desk
    const before = tabsOf(layout.active.root).length
    layout.show('figures')
    expect(tabsOf(layout.active.root)).toHaveLength(before)
    const figures = tabsOf(layout.active.root).find(({ panel }) => panel === 'figures')
    expect(groupsOf(layout.active.root).some(({ active }) => active === figures?.id)).toBe(true)
  })

  it('keep the last tab and the last layout', () => {
    const { layout } = new WindowDesk().desk
    for (const tab of tabsOf(layout.active.root)) layout.close(tab.id)
    expect(tabsOf(layout.active.root)).toHaveLength(1)
    for (let i = 0; i < 5; i++) layout.remove()
    expect(layout.layouts).toHaveLength(1)
  })

  it('give the room back when the maximised pane is closed', () => {
    const { layout } = new WindowDesk().desk
    const group = groupsOf(layout.active.root)[0]!
    layout.maximise(group.id)
    for (const tab of group.tabs) layout.close(tab.id)
    expect(layout.active.maximised).toBeUndefined()
  })
})

describe('a watchlist', () => {
  it('is taken back, and the user told, when it cannot be saved', async () => {
    const window = new WindowDesk()
    const before = window.desk.watchlists.active.instruments
    window.answer = { ok: false, reason: 'the disk is full' }
    window.desk.watchlists.drop(before[0]!)
    await vi.runAllTimersAsync()
    expect(window.desk.watchlists.active.instruments).toEqual(before)
    expect(window.desk.notices.list[0]?.text).toBe('The watchlists were not saved: the disk is full')
  })

  it('moves an instrument to a place', () => {
    const { watchlists } = new WindowDesk().desk
    const [first, second, third] = watchlists.active.instruments
    watchlists.move(first!, 1)
    expect(watchlists.active.instruments.slice(0, 3)).toEqual([second, first, third])
  })
})
