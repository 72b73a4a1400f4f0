import { describe, expect, test } from 'vitest'
import { trayIcon, trayMenu, trayTip, type TrayState } from '../../../src-main/desktop/tray-menu'
import type { AlertCentre } from '../../../src-shared/alerts/state'
import { millis } from '../../../src-shared/units'
import { anAlert } from '../../support/an-alert'

const at = millis(Date.UTC(2026, 0, 5, 12, 15))
const centre: AlertCentre = {
  ...{ at, rules: [], active: [], snoozes: [], withheld: {}, quiet: [], overBudget: 0, standing: [] },
  history: { entries: 0, bytes: 0, fault: '' }
}
const muted: AlertCentre = {
  ...centre,
  snoozes: [{ target: { kind: 'all' }, since: at, until: at, muted: 4 }]
}
const state: TrayState = {
  ...{ engine: 'running', books: { live: 3, watched: 6, stale: 1 }, centre, alerts: [], unseen: 0 }
}
const labels = (of: TrayState) => trayMenu(of).map(({ label }) => label)

describe('the tray', () => {
  test('counts what is live, stale and offline', () => {
    expect(labels(state)[0]).toBe('3 of 6 books live, 1 stale, 2 offline')
  })
  test('says nothing is judged while the engine is away', () => {
    expect(labels({ ...state, engine: 'failed', books: undefined })[0]).toContain('nothing is judged')
  })
  test('offers to mute, and while muted says until when, and to end it', () => {
    const [, mute] = trayMenu(state)
    expect(mute?.lines?.map(({ act }) => act)).toEqual([
      { kind: 'mute', for: '15m' },
      { kind: 'mute', for: '1h' },
      { kind: 'mute', for: 'tomorrow' }
    ])
    expect(labels({ ...state, centre: muted }).slice(1, 3)).toEqual([
      'Muted until 12:15 UTC, 4 held back',
      'End the mute'
    ])
  })
  test('lists the last five alerts, latest first, as plain text; each opens its own', () => {
    const alerts = [1, 2, 3, 4, 5, 6].map((id) => anAlert({ id: String(id), ruleName: `R&D ${id}\u202e` }))
    const lines = trayMenu({ ...state, alerts }).filter(({ act }) => act?.kind === 'alert')
    expect(lines.map(({ act }) => act?.kind === 'alert' && act.alert.id)).toEqual(['6', '5', '4', '3', '2'])
    expect(lines[0]?.label).toContain('R&&D 6')
    expect(lines[0]?.label).not.toContain('\u202e')
  })
  test('names the first instrument of a market-wide alert, and counts the others', () => {
    const wide = anAlert({ instruments: ['sim:A', 'sim:B', 'sim:C'], instrument: 'sim:A', side: 'none' })
    expect(labels({ ...state, alerts: [wide] })).toContain('12:00:03 A and 2 more Strong imbalance')
  })
  test('has an icon for each state, with a dot for what was not seen', () => {
    const whole = { ...state, books: { live: 2, watched: 2 } }
    expect([whole, state, { ...state, centre: muted }].map(trayIcon)).toEqual(['live', 'degraded', 'muted'])
    expect(trayIcon({ ...whole, unseen: 2 })).toBe('live-unread')
    expect(trayTip({ ...whole, unseen: 2 })).toContain('2 not seen')
  })
})
