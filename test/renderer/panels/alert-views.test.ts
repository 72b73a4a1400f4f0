import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/svelte'
import { flushSync } from 'svelte'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import Alerts from '../../../src-renderer/panels/alerts/Alerts.svelte'
import { csv, jsonLines } from '../../../src-renderer/panels/alerts/history/export'
import { HistoryPages } from '../../../src-renderer/panels/alerts/history/pages.svelte'
import type { AlertEntry, RuleScore } from '../../../src-shared/alerts/record'
import type { AlertCentre } from '../../../src-shared/alerts/state'
import { millis } from '../../../src-shared/units'
import { anAlert } from '../../support/an-alert'
import { faultsOf } from '../../support/axe'
import { fakeDesk, start, type FakeDesk } from '../../support/fake-desk.svelte'
import { plainRule } from '../../support/plain-rule'

const id = 'sim:BTC-PERP'
const rule = plainRule({ id: 'r' })
const entry = (n: number, other: Partial<AlertEntry> = {}): AlertEntry => ({
  alert: anAlert({ id: `e${n}|FIRE`, episode: `e${n}`, instrument: id, at: millis(start - n * 1_000) }),
  ...{ peak: -0.8, lastedMs: 4_000, endedUnknown: false, deliveries: [], note: '', tag: '' },
  ...other
})
const machines = {
  learning: 0,
  unknown: 0,
  armed: 1,
  pending: 0,
  firing: 0,
  recovering: 0,
  waiting: 0,
  spent: 0
}
const centre: AlertCentre = {
  ...{ at: start, active: [], standing: [], snoozes: [], withheld: {}, quiet: [], overBudget: 0 },
  rules: [{ ruleId: 'r', machines, learned: 1, expired: false, muted: 0 }],
  history: { entries: 0, bytes: 0, fault: '' }
}

beforeEach(() => {
  vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(240)
  vi.spyOn(HTMLElement.prototype, 'clientWidth', 'get').mockReturnValue(600)
})
afterEach(() => {
  cleanup()
  vi.restoreAllMocks()
})

function open(view: string, change: (desk: FakeDesk) => void = () => undefined): FakeDesk {
  const desk = fakeDesk(id)
  desk.rules.rules = [rule]
  desk.alertDesk.centre = centre
  change(desk)
  const tab = { id: 'tab', panel: 'alerts', choices: { view } }
  render(Alerts, { desk, tab, instrument: undefined, choose: () => undefined })
  return desk
}
const rows = () => within(screen.getByRole('grid')).getAllByRole('row').slice(1)
const panel = () => screen.getByRole('tabpanel').textContent.replace(/\s+/g, ' ')

describe('the history', () => {
  test('draws what is in sight of many, reads further pages while one scrolls, and opens the card', async () => {
    const desk = open('history', (it) => {
      it.alertDesk.kept = Array.from({ length: 450 }, (_, n) => entry(n))
    })
    await screen.findByRole('grid')
    await waitFor(() => {
      expect(rows().length).toBeGreaterThan(5)
    })
    expect(rows().length).toBeLessThan(40)
    expect(desk.alertDesk.wishes).toHaveLength(1)
    const scroller = screen.getByRole('grid').querySelector('.scroll')!
    scroller.scrollTop = 2_200
    await fireEvent.scroll(scroller)
    await waitFor(() => {
      expect(screen.getByRole('grid').getAttribute('aria-rowcount')).toBe('201')
    })
    expect(desk.alertDesk.wishes.at(-1)).toMatchObject({ before: 'e99' })
    await fireEvent.click(rows()[2]!)
    expect(desk.alertDesk.shown).toMatch(/^e\d+$/)
  })

  test('a filter and a pressed head become the question', async () => {
    const desk = open('history', (it) => {
      it.alertDesk.kept = [entry(1)]
    })
    await screen.findByRole('grid')
    await fireEvent.change(screen.getByRole('combobox', { name: 'Severity' }), {
      target: { value: 'critical' }
    })
    await waitFor(() => {
      expect(desk.alertDesk.wishes.at(-1)).toEqual({ severity: 'critical', by: 'time', rising: false })
    })
    await fireEvent.click(screen.getByRole('button', { name: /Net 60 s/ }))
    await waitFor(() => {
      expect(desk.alertDesk.wishes.at(-1)).toEqual({ severity: 'critical', by: 'net', rising: false })
    })
    const head = screen.getByRole('columnheader', { name: /Net 60 s/ })
    expect(head.getAttribute('aria-sort')).toBe('descending')
    expect(await faultsOf(screen.getByRole('tabpanel').parentElement!)).toEqual([])
  })

  test('R replays from a row; a time that the tape lacks is told', async () => {
    const desk = open('history', (it) => {
      it.alertDesk.kept = [entry(1)]
      const span = { from: millis(start - 600_000), to: start }
      it.tape.contents = { bytes: 1, spans: [span], instruments: [id], troubles: [] }
    })
    await screen.findByRole('grid')
    await waitFor(() => {
      expect(rows()).toHaveLength(1)
    })
    await fireEvent.keyDown(rows()[0]!, { key: 'r' })
    expect(desk.tape.begun).toEqual([[start - 61_000, start, start - 1_000]])
    desk.tape.contents = { bytes: 0, spans: [], instruments: [], troubles: [] }
    flushSync()
    await fireEvent.keyDown(rows()[0]!, { key: 'r' })
    expect(desk.tape.begun).toHaveLength(1)
    expect(panel()).toContain('nothing was recorded yet')
  })

  test('exports all that fits, and says why it could not', async () => {
    const desk = open('history', (it) => {
      it.alertDesk.kept = Array.from({ length: 150 }, (_, n) => entry(n))
    })
    await screen.findByRole('grid')
    await fireEvent.click(screen.getByRole('button', { name: 'Export' }))
    await fireEvent.click(await screen.findByRole('menuitem', { name: /CSV/ }))
    expect(await screen.findByText('150 alerts kept.')).toBeTruthy()
    const [name, text] = desk.files[0]!
    expect(name).toBe('steelyard-alerts-2026-01-05.csv')
    expect(text.trimEnd().split('\r\n')).toHaveLength(151)
  })

  test('a journal that cannot be written, an engine that is away and an empty history are told apart', async () => {
    open('history', (it) => {
      it.alertDesk.centre = { ...centre, history: { entries: 0, bytes: 0, fault: 'ENOSPC: no space left' } }
    })
    expect(await screen.findByText(/Alerts are not kept: ENOSPC/)).toBeTruthy()
    expect(await screen.findByText('No alerts yet')).toBeTruthy()
    cleanup()
    open('history', (it) => {
      it.alertDesk.away = 'the engine is away'
    })
    expect(await screen.findByText('The history is away')).toBeTruthy()
  })

  test('what changes is put in its place; what is new is counted, and nothing jumps', async () => {
    const desk = fakeDesk(id)
    desk.alertDesk.kept = [entry(1), entry(2)]
    const pages = new HistoryPages(desk.alertDesk)
    await pages.wish({})
    pages.change(entry(2, { tag: 'noise' }))
    pages.change(entry(0))
    expect(pages.entries.map(({ alert, tag }) => `${alert.episode}${tag}`)).toEqual(['e1', 'e2noise'])
    expect(pages.newer).toBe(1)
  })

  test('a text that a spreadsheet would run is no formula, and what is not known is empty', () => {
    const text = csv([entry(1, { note: '=HYPERLINK("http://x","y"), or so', lastedMs: NaN })])
    const [head = '', line = ''] = text.split('\r\n')
    expect(line).toContain(`"'=HYPERLINK(""http://x"",""y""), or so"`)
    expect(line.split(',')[head.split(',').indexOf('lasted_ms')]).toBe('')
    expect(JSON.parse(jsonLines([entry(1, { lastedMs: NaN })]))).toMatchObject({ lastedMs: null })
  })
})

describe('the scores', () => {
  const score: RuleScore = {
    ...{ ruleId: 'r', fires: 412, hours: 100, firesPerHour: 4.12, n: 400, hits: 224, hitRate: 0.56 },
    ...{ hitLow: 0.511, hitHigh: 0.608, meanNetBps: 0.8, useful: 3, noise: 1 }
  }
  const scores = async (kept: readonly RuleScore[]) => {
    open('history', (it) => {
      it.alertDesk.keptScores = kept
    })
    await fireEvent.click(screen.getByRole('button', { name: 'Scores' }))
    await screen.findByRole('table')
    return panel()
  }

  test('give rate, interval and net with their n', async () => {
    const text = await scores([score])
    for (const part of ['4.1', '400', '56 %', '51 % to 61 %', '+0.80', '3 / 1']) expect(text).toContain(part)
  })

  test('give no rate from too few, and none for a rule that never fired', async () => {
    const text = await scores([{ ...score, n: 99, hits: 60 }])
    expect(text).toContain('not enough history')
    expect(text).not.toContain('56 %')
    cleanup()
    expect(await scores([])).toContain('none judged yet')
  })
})

describe('what fires now', () => {
  const alert = anAlert({
    ...{ instrument: id, severity: 'critical', at: millis(start - 70_000) },
    withheld: [
      { channel: 'desktop', why: 'quiet-hours' },
      { channel: 'sound', why: 'quiet-hours' }
    ]
  })
  const active = { alert, peak: -0.9, acknowledged: false, blind: false }

  test('says how long, how far, how it escalates and why it is quiet; it is acknowledged on the spot', async () => {
    const desk = open('active', (it) => {
      const escalation = { carried: 1, nextAt: start + 30_000 }
      const standing = [{ ruleId: 'r', instrument: id, side: 'bid', phase: 'waiting' } as const]
      it.alertDesk.centre = { ...centre, active: [{ ...active, escalation }], standing }
    })
    for (const part of [
      '−0.90',
      '1 min',
      'told 2 of 3 times, louder in 30 s',
      'not on desktop, sound: quiet hours'
    ])
      expect(panel()).toContain(part)
    expect(panel()).toContain('true since watching began')
    await fireEvent.click(screen.getByRole('button', { name: /^Acknowledge Strong/ }))
    expect(desk.alertDesk.acts).toEqual([{ kind: 'acknowledge', episode: alert.episode, by: 'active' }])
    expect(await faultsOf(screen.getByRole('tabpanel').parentElement!)).toEqual([])
  })

  test('nothing firing, and an engine that is away, are two things', () => {
    open('active')
    expect(panel()).toContain('Nothing fires')
    cleanup()
    open('active', (it) => {
      it.alertDesk.centre = undefined
    })
    expect(panel()).toContain('Nothing is judged now')
  })
})

describe('the self-test', () => {
  const health = {
    ...{ at: start, startedAt: start, cpu: 0, memory: 0, loopDelayMs: 0, framesPerSecond: 0 },
    ...{ gaps: 0, resyncs: 0, rejected: 0, books: { live: 1, watched: 1 }, links: [], catalogues: [] }
  }

  test('tells when rules were judged last, and that a judge who fell silent is not well', () => {
    const desk = open('health', (it) => {
      it.market.health = { ...health, judged: { at: start, machines: 24 } }
    })
    expect(panel()).toContain('last 15:02:11 UTC, 24 conditions')
    expect(panel()).not.toContain('not well')
    desk.pass(9_000)
    flushSync()
    expect(panel()).toContain('and nothing for 9.0 s')
    expect(panel()).toContain('1 thing is not well')
  })

  test('a channel’s last failure stands beside its test button, from before this window too', async () => {
    const desk = open('health', (it) => {
      it.rules.rules = [{ ...rule, channels: ['feed', 'desktop'] }]
      const failed = {
        alert: 'e1|FIRE',
        channel: 'desktop',
        at: start,
        outcome: 'failed',
        detail: 'no daemon'
      } as const
      it.alertDesk.kept = [entry(1, { deliveries: [failed] })]
    })
    expect(await screen.findByText(/15:02:11 UTC: failed, no daemon/)).toBeTruthy()
    await fireEvent.click(screen.getByRole('button', { name: 'Test Desktop' }))
    expect(desk.rules.tested).toEqual(['r'])
    expect(await faultsOf(screen.getByRole('tabpanel').parentElement!)).toEqual([])
  })

  test('what is muted says why, until when and how much, and can be ended', async () => {
    const target = { kind: 'rule', rule: 'r' } as const
    const desk = open('health', (it) => {
      const snoozes = [{ target, since: start, until: start + 900_000, muted: 7 }]
      const [state] = centre.rules
      it.alertDesk.centre = {
        ...{ ...centre, snoozes, withheld: { snoozed: 7 }, quiet: ['night'] },
        rules: [{ ...state!, autoQuietUntil: millis(start + 60_000) }]
      }
    })
    for (const part of [
      'snoozed until 15:17 UTC, 7 held back',
      'Quiet hours',
      'fired too often',
      '7 snoozed'
    ])
      expect(panel()).toContain(part)
    await fireEvent.click(screen.getByRole('button', { name: /^End: .*snoozed/ }))
    await fireEvent.click(screen.getByRole('button', { name: /^End: .*too often/ }))
    expect(desk.alertDesk.acts).toEqual([
      { kind: 'unsnooze', target },
      { kind: 'unquiet', rule: 'r' }
    ])
  })
})
