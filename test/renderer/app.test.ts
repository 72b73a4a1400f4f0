import { millis } from '../../src-shared/units'
import { render, screen } from '@testing-library/svelte'
import axe from 'axe-core'
import { tick } from 'svelte'
import { afterEach, describe, expect, it } from 'vitest'
import App from '../../src-renderer/App.svelte'
import { groupsOf } from '../../src-renderer/state/layout-tree'
import type { Layouts } from '../../src-shared/layout'
import { WindowDesk } from '../support/window-desk'

const btc = 'sim:BTC-PERP'

/** Two panes that draw on no canvas, which happy-dom lacks. */
const plain: Layouts = {
  version: 1,
  active: 'plain',
  layouts: [
    {
      id: 'plain',
      name: 'Plain',
      root: {
        kind: 'tabs',
        id: 'group',
        tabs: [
          { id: 'figures', panel: 'figures' },
          { id: 'alerts', panel: 'alerts' }
        ],
        active: 'figures'
      }
    }
  ]
}

async function shown(): Promise<WindowDesk> {
  const window = new WindowDesk()
  await window.desk.boot()
  window.desk.layout.take(plain)
  window.desk.select(btc)
  window.hello(btc)
  render(App, { desk: window.desk })
  await tick()
  return window
}

afterEach(() => {
  document.body.replaceChildren()
})

describe('the window', () => {
  it('is clean for a screen reader', async () => {
    const window = await shown()
    window.status(btc, 'live')
    await tick()
    const { violations } = await axe.run(document.body, {
      rules: { 'color-contrast': { enabled: false }, region: { enabled: false } }
    })
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`)).toEqual([])
  })

  it('hatches a book with a gap, with the reason', async () => {
    const window = await shown()
    window.status(btc, 'gap', '3 messages lost at 23:59:14.7')
    await tick()
    expect(screen.getByText(/^Resync/)).toBeTruthy()
    expect(screen.getByText('3 messages lost at 23:59:14.7')).toBeTruthy()
    expect(document.querySelector('.content')?.hasAttribute('inert')).toBe(true)
  })

  it('says that a stale book is shown as it was', async () => {
    const window = await shown()
    window.status(btc, 'stale', 'nothing heard for 4.2 s')
    await tick()
    expect(screen.getByText(/Stale: nothing heard for 4\.2 s\. Shown as it was at/)).toBeTruthy()
  })

  it('moves between tabs with the arrow keys', async () => {
    const window = await shown()
    const tab = screen.getByRole('tab', { name: 'Figures' })
    tab.focus()
    tab.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowRight', bubbles: true }))
    await tick()
    expect(groupsOf(window.desk.layout.active.root)[0]?.active).toBe('alerts')
  })

  it('shows the evaluation runtime and how many of all watched books are live', async () => {
    const window = await shown()
    const figures = {
      cpu: 0.03,
      memory: 1e8,
      loopDelayMs: 1,
      framesPerSecond: 9,
      gaps: 0,
      resyncs: 0,
      rejected: 0
    }
    const at = millis(1)
    const health = {
      at,
      startedAt: at,
      ...figures,
      books: { live: 1, watched: 6 },
      links: [],
      catalogues: []
    }
    window.desk.receive({ kind: 'health', health })
    await tick()
    expect(screen.getByText('evaluation runtime')).toBeTruthy()
    expect(screen.getByText('1 of 6')).toBeTruthy()
  })

  it('shows a notice until it is dismissed', async () => {
    const window = await shown()
    window.tell({
      kind: 'notice',
      notice: { id: 'n', at: window.now, severity: 'warn', text: 'A file was restored.' }
    })
    await tick()
    expect(screen.getByText(/A file was restored\./)).toBeTruthy()
    screen.getByRole('button', { name: 'Dismiss notice' }).click()
    await tick()
    expect(screen.queryByText(/A file was restored\./)).toBeNull()
  })
})
