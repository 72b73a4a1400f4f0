import { cleanup, fireEvent, render, screen } from '@testing-library/svelte'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import Quiet from '../../../../src-renderer/panels/alerts/quiet/Quiet.svelte'
import type { AlertCentre, RuleState } from '../../../../src-shared/alerts/state'
import { millis } from '../../../../src-shared/units'
import { faultsOf } from '../../../support/axe'
import { fakeDesk, start } from '../../../support/fake-desk.svelte'
import { plainRule } from '../../../support/plain-rule'

// Four hundred zones in a list cost most of a test's time.
beforeEach(() => {
  vi.spyOn(Intl, 'supportedValuesOf').mockReturnValue(['Europe/Berlin', 'Asia/Tokyo'])
})
afterEach(cleanup)

const machines = {
  ...{ learning: 0, unknown: 0, armed: 1, pending: 0, firing: 0, recovering: 0, waiting: 0, spent: 0 }
}
const state = (ruleId: string, more: Partial<RuleState> = {}): RuleState => ({
  ...{ ruleId, machines, learned: 1, expired: false, muted: 0 },
  ...more
})
const centre: AlertCentre = {
  ...{ at: start, active: [], standing: [], quiet: [], overBudget: 0 },
  rules: [state('r', { autoQuietUntil: millis(start + 900_000) })],
  snoozes: [{ target: { kind: 'all' }, since: start, until: start + 900_000, muted: 4 }],
  withheld: { snoozed: 4, budget: 2 },
  history: { entries: 0, bytes: 0, fault: '' }
}

function open(change: Partial<AlertCentre> = {}) {
  const desk = fakeDesk('sim:BTC-PERP')
  desk.rules.rules = [plainRule({ scope: { kind: 'watchlist', watchlist: 'start' } })]
  desk.alertDesk.centre = { ...centre, ...change }
  const { container } = render(Quiet, { desk })
  return { desk, container }
}

describe('what is quiet', () => {
  test('says what, why, until when and how much it held back; a click ends it', async () => {
    const { desk, container } = open()
    for (const words of [
      'All alerts',
      'snoozed until 15:17 UTC, 4 held back',
      'fired 10 times in 3 min',
      '4 by a snooze; 2 over the budget'
    ])
      expect(container.textContent).toContain(words)
    await fireEvent.click(screen.getByRole('button', { name: 'End: All alerts' }))
    await fireEvent.click(screen.getByRole('button', { name: 'Tell again: Strong imbalance' }))
    expect(desk.alertDesk.acts).toEqual([
      { kind: 'unsnooze', target: { kind: 'all' } },
      { kind: 'unquiet', rule: 'r' }
    ])
  })

  test('a level that the engine found is raised to with one click, and back with another', async () => {
    const suggests = { state: 'found', on: 0.78, level: '0.78', perHour: 3, overHours: 24 } as const
    const { desk, container } = open({
      rules: [state('r', { autoQuietUntil: millis(start + 900_000), suggests })]
    })
    expect(container.textContent).toContain('With 0.78 it would fire about 3.0 times an hour')
    const level = () => (desk.rules.rules[0]?.when as { on: number }).on
    await fireEvent.click(screen.getByRole('button', { name: 'Raise to 0.78' }))
    await screen.findByText('Its level was raised.')
    expect(level()).toBe(0.78)
    expect(desk.alertDesk.acts).toEqual([{ kind: 'unquiet', rule: 'r' }])
    await fireEvent.click(screen.getByRole('button', { name: 'Undo' }))
    await screen.findByRole('button', { name: 'Raise to 0.78' })
    expect(level()).toBe(0.6)
  })

  test('nothing is said in words too, and so is an engine that is away', () => {
    const { container } = open({ rules: [], snoozes: [] })
    expect(container.textContent).toContain('Nothing is quiet')
    cleanup()
    const desk = fakeDesk('sim:BTC-PERP')
    expect(render(Quiet, { desk }).container.textContent).toContain('not known')
  })

  test('a rule, an instrument, a group or all can be snoozed', async () => {
    const { desk } = open()
    await fireEvent.change(screen.getByLabelText('Snooze what'), {
      target: { value: '{"kind":"rule","rule":"r"}' }
    })
    await fireEvent.change(screen.getByLabelText('Snooze for'), { target: { value: 'tomorrow' } })
    await fireEvent.click(screen.getByRole('button', { name: 'Snooze' }))
    expect(desk.alertDesk.acts).toEqual([
      { kind: 'snooze', target: { kind: 'rule', rule: 'r' }, for: 'tomorrow' }
    ])
  })
})

describe('the policy', () => {
  test('quiet hours are added with a night of all days, and keep a last day and channel', async () => {
    const { desk } = open()
    await fireEvent.click(screen.getByRole('button', { name: 'Add quiet hours' }))
    expect(desk.policy.settings.quiet[0]).toMatchObject({ from: '22:00', to: '07:00', criticalPasses: true })
    for (const day of ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'])
      await fireEvent.click(await screen.findByRole('button', { name: day }))
    expect(desk.policy.settings.quiet[0]?.days).toEqual([7])
  })

  test('hours are of 24, and what is no time of day is refused', async () => {
    const { desk } = open()
    await fireEvent.click(screen.getByRole('button', { name: 'Add quiet hours' }))
    const from = await screen.findByLabelText('From')
    await fireEvent.change(from, { target: { value: '25:00' } })
    expect(screen.getByText('a time such as 22:00')).toBeTruthy()
    expect(desk.policy.settings.quiet[0]?.from).toBe('22:00')
    await fireEvent.change(from, { target: { value: '7.30' } })
    expect(desk.policy.settings.quiet[0]?.from).toBe('07:30')
  })

  test('a number out of its bounds is refused at its place, and changes nothing', async () => {
    const { desk } = open()
    const field = screen.getByLabelText<HTMLInputElement>('Desktop notices a minute')
    await fireEvent.change(field, { target: { value: '99' } })
    expect(screen.getByText('from 1 to 60')).toBeTruthy()
    expect(desk.policy.settings.budget.perMinute).toBe(6)
    await fireEvent.change(field, { target: { value: '9' } })
    expect(desk.policy.settings.budget.perMinute).toBe(9)
  })

  test('axe finds nothing', async () => {
    const { container } = open()
    expect(await faultsOf(container)).toEqual([])
  })
})
