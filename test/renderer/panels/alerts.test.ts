import { cleanup, fireEvent, render, screen, within } from '@testing-library/svelte'
import { flushSync } from 'svelte'
import { afterEach, describe, expect, test } from 'vitest'
import Alerts from '../../../src-renderer/panels/alerts/Alerts.svelte'
import { millis } from '../../../src-shared/units'
import { anAlert } from '../../support/an-alert'
import { faultsOf } from '../../support/axe'
import { fakeDesk, start, type FakeDesk } from '../../support/fake-desk.svelte'
import { plainRule } from '../../support/plain-rule'

afterEach(cleanup)

const btc = 'sim:BTC-PERP'
const rule = plainRule({ scope: { kind: 'watchlist', watchlist: 'start' }, smoothMs: 2_000 })
const fired = anAlert({
  ...{ id: 'a1', instrument: btc, value: -0.71, at: start, since: millis(start - 3_000) },
  ...{ suppressedBefore: 2, mid: 20_000, simulated: true }
})

function open(desk: FakeDesk, view: 'feed' | 'rules' = 'feed') {
  return render(Alerts, {
    desk,
    tab: { id: 'tab', panel: 'alerts', choices: { view } },
    instrument: undefined,
    choose: () => undefined
  })
}
function deskWithRule(): FakeDesk {
  const desk = fakeDesk(btc)
  desk.rules.rules = [rule]
  return desk
}

describe('the feed', () => {
  test('an entry says what fired, where, how far and how it was delivered', () => {
    const desk = deskWithRule()
    desk.alerts.alerts = [fired]
    desk.alerts.deliveries = { a1: { alert: 'a1', at: start, outcome: 'shown', detail: '' } }
    open(desk)
    const text = screen.getByRole('listitem').textContent
    for (const part of [
      'Strong imbalance',
      'BTC-PERP',
      'SIM',
      '−0.71',
      '−0.60',
      '15:02:11',
      '2 held back before'
    ])
      expect(text).toContain(part)
    expect(text).toContain('shown on the desktop')
  })

  test('an alert without a leading figure shows none, and one that was held back says why', () => {
    const desk = deskWithRule()
    const withheld = [{ channel: 'desktop', why: 'quiet-hours' }] as const
    desk.alerts.alerts = [
      anAlert({ ...fired, metric: '', field: '', value: NaN, threshold: NaN, desktop: false, withheld })
    ]
    open(desk)
    const text = screen.getByRole('listitem').textContent
    expect(text).toContain('Ask side, fired, 2 held back before')
    expect(text).not.toContain('at ON')
    expect(text).toContain('not on desktop: quiet hours')
  })

  test('a failed desktop notification is told with its reason', () => {
    const desk = deskWithRule()
    desk.alerts.alerts = [fired]
    desk.alerts.deliveries = {
      a1: { alert: 'a1', at: start, outcome: 'failed', detail: 'no daemon answered' }
    }
    open(desk)
    expect(screen.getByText(/desktop failed: no daemon answered/)).toBeTruthy()
  })

  test('a click shows the instrument', async () => {
    const desk = deskWithRule()
    desk.alerts.alerts = [fired]
    open(desk)
    await fireEvent.click(within(screen.getByRole('listitem')).getByRole('button'))
    expect(desk.selected).toBe(btc)
  })

  test('what is looked at is seen; what comes while the rules are shown is not', () => {
    const looking = deskWithRule()
    looking.alerts.unseen = 3
    open(looking)
    expect(looking.alerts.unseen).toBe(0)
    const away = deskWithRule()
    away.alerts.unseen = 3
    open(away, 'rules')
    expect(away.alerts.unseen).toBe(3)
  })

  test('without alerts it says how many rules are watching', () => {
    open(deskWithRule())
    expect(screen.getByText(/1 rule is watching/)).toBeTruthy()
  })
})

describe('the rules', () => {
  test('a rule reads as a sentence', () => {
    const desk = deskWithRule()
    open(desk, 'rules')
    expect(
      screen.getByText(/Imbalance within 10 bps of any instrument in Start at 0.60 or more on either side/)
    ).toBeTruthy()
  })

  test('a rule says how it stands: what holds it back, and what its instruments and sides are', () => {
    const desk = deskWithRule()
    const machines = {
      ...{ learning: 2, unknown: 0, armed: 3, pending: 0, firing: 1, recovering: 0, waiting: 0, spent: 0 }
    }
    const autoQuietUntil = millis(start + 900_000)
    desk.alertDesk.centre = {
      ...{ at: start, active: [], standing: [], snoozes: [], withheld: {}, quiet: [], overBudget: 0 },
      rules: [{ ruleId: rule.id, machines, learned: 0.164, autoQuietUntil, expired: false, muted: 0 }],
      history: { entries: 0, bytes: 0, fault: '' }
    }
    open(desk, 'rules')
    const text = screen.getByRole('article').textContent
    for (const words of [
      'Fired too often: feed alone until 15:17 UTC, judged on.',
      '1 firing; 3 armed; 2 learning, 16 % seen'
    ])
      expect(text).toContain(words)
  })

  test('the switch turns a rule off', async () => {
    const desk = deskWithRule()
    open(desk, 'rules')
    await fireEvent.click(screen.getByRole('switch', { name: 'Strong imbalance on' }))
    expect(desk.rules.rules[0]?.enabled).toBe(false)
  })

  test('the test button tells how the test was delivered', async () => {
    const desk = deskWithRule()
    open(desk, 'rules')
    await fireEvent.click(screen.getByRole('button', { name: 'Test Strong imbalance' }))
    expect(desk.rules.tested).toEqual([rule.id])
    desk.alerts.alerts = [{ ...fired, id: 't1', notice: 'TEST' }]
    desk.alerts.deliveries = {
      t1: { alert: 't1', at: start, outcome: 'failed', detail: 'no daemon answered' }
    }
    flushSync()
    expect(screen.getByText('Test: desktop failed: no daemon answered.')).toBeTruthy()
  })

  test('a test that was refused says why', async () => {
    const desk = deskWithRule()
    desk.rules.testAnswer = { ok: false, reason: 'the engine is away' }
    open(desk, 'rules')
    await fireEvent.click(screen.getByRole('button', { name: 'Test Strong imbalance' }))
    expect(await screen.findByText('Test failed: the engine is away')).toBeTruthy()
  })

  test('a rule is deleted only after a second click', async () => {
    const desk = deskWithRule()
    open(desk, 'rules')
    await fireEvent.click(screen.getByRole('button', { name: 'Delete Strong imbalance' }))
    expect(desk.rules.rules).toHaveLength(1)
    await fireEvent.click(screen.getByRole('button', { name: 'Delete' }))
    expect(desk.rules.rules).toHaveLength(0)
  })
})

test.each(['feed', 'rules'] as const)('axe finds nothing in the %s', async (view) => {
  const desk = deskWithRule()
  desk.alerts.alerts = [fired]
  const { container } = open(desk, view)
  expect(await faultsOf(container)).toEqual([])
})
