import { cleanup, fireEvent, render, screen, within } from '@testing-library/svelte'
import * as fc from 'fast-check'
import * as v from 'valibot'
import { afterEach, describe, expect, test } from 'vitest'
import Editor from '../../../../src-renderer/panels/alerts/editor/Editor.svelte'
import { check, doubts, newDraft } from '../../../../src-renderer/panels/alerts/editor/draft'
import { kinds, turned } from '../../../../src-renderer/panels/alerts/editor/kinds'
import type { Condition } from '../../../../src-shared/alerts/condition'
import type { ProbedCondition } from '../../../../src-shared/alerts/probe'
import { ruleSchema, type Rule } from '../../../../src-shared/rule'
import { defaultRules } from '../../../../src-shared/default-rules'
import { millis } from '../../../../src-shared/units'
import { anyRule } from '../../../support/any-rule'
import { faultsOf } from '../../../support/axe'
import { fakeDesk, metrics, start, type FakeDesk } from '../../../support/fake-desk.svelte'
import { plainRule } from '../../../support/plain-rule'

afterEach(cleanup)

const btc = 'sim:BTC-PERP'
const rule = plainRule({ scope: { kind: 'watchlist', watchlist: 'start' }, smoothMs: 2_000 })

function open(desk: FakeDesk, draft: Rule = rule) {
  let closed = false
  render(Editor, { desk, draft, close: () => (closed = true) })
  return { dialog: within(screen.getByRole('dialog')), isClosed: () => closed }
}
/** With a few of the metrics: a list of all figures a slot costs most of a test's time. */
function smallDesk(): FakeDesk {
  const desk = fakeDesk(btc)
  desk.market.metrics = metrics.filter(({ id }) => ['imbalance', 'flow-reading', 'price'].includes(id))
  return desk
}
const save = (dialog: ReturnType<typeof open>['dialog']) =>
  fireEvent.click(dialog.getByRole('button', { name: 'Save rule' }))

const probed = (it: Partial<ProbedCondition>): ProbedCondition => ({
  ...{ path: 'when', side: 'bid', instrument: btc, state: 'false', value: NaN, on: NaN, off: NaN },
  ...{ percentile: NaN, why: '' },
  ...it
})

describe('a document through the editor', () => {
  test('comes out as it went in, whatever it holds', async () => {
    await fc.assert(
      fc.asyncProperty(anyRule, async (any) => {
        const document = v.parse(ruleSchema, any)
        const desk = smallDesk()
        const { dialog } = open(desk, document)
        await save(dialog)
        expect(desk.rules.rules).toEqual([document])
        cleanup()
      }),
      { numRuns: 8 }
    )
  })

  test('as do the shipped rules', async () => {
    for (const shipped of defaultRules.rules.slice(0, 8)) {
      const desk = smallDesk()
      await save(open(desk, shipped).dialog)
      expect(desk.rules.rules).toEqual([shipped])
      cleanup()
    }
  })

  test('a figure, list and channel that are not known here are shown as such', () => {
    const when: Condition = { ...newDraft('r', 'start').when, metric: 'gone', field: 'x' } as Condition
    open(smallDesk(), {
      ...rule,
      when,
      scope: { kind: 'watchlist', watchlist: 'lost' },
      channels: ['feed', 'sound:2']
    })
    expect(screen.getAllByText('gone.x (not known here)').length).toBeGreaterThan(0)
    expect(screen.getAllByText('lost (not known here)').length).toBeGreaterThan(0)
    expect(screen.getByLabelText('sound:2')).toBeTruthy()
  })
})

describe('the sentence', () => {
  test('saves what was typed and chosen, and nothing else', async () => {
    const desk = smallDesk()
    const { dialog, isClosed } = open(desk)
    await fireEvent.input(dialog.getByLabelText('ON level'), { target: { value: '0.8' } })
    await fireEvent.click(dialog.getByRole('button', { name: 'Patient' }))
    await save(dialog)
    expect(desk.rules.rules[0]).toEqual({
      ...rule,
      when: { ...rule.when, on: 0.8, smoothMs: 5_000 },
      minMs: 3_000
    })
    await expect.poll(isClosed).toBe(true)
  })

  test('top half a percent is the percentile 99.5', async () => {
    const desk = smallDesk()
    const { dialog } = open(desk, newDraft('r', 'start'))
    expect(dialog.getByLabelText<HTMLInputElement>('Percent').value).toBe('0.5')
    await fireEvent.input(dialog.getByLabelText('Percent'), { target: { value: '0.2' } })
    await save(dialog)
    expect(desk.rules.rules[0]?.when).toMatchObject({ on: 99.8, off: 95 })
  })

  test('a refused rule says why at its place, and loses nothing', async () => {
    const desk = smallDesk()
    const { dialog } = open(desk)
    await fireEvent.input(dialog.getByLabelText('OFF level'), { target: { value: '0.8' } })
    await save(dialog)
    const words = 'The OFF level must lie on the quiet side of the ON level.'
    expect(dialog.getAllByText(words).length).toBeGreaterThan(0)
    expect(dialog.getByLabelText<HTMLInputElement>('OFF level').value).toBe('0.8')
    expect(desk.rules.rules).toEqual([])
  })

  test('what was changed is not lost in silence: it asks, and goes on or discards', async () => {
    const { dialog, isClosed } = open(smallDesk())
    await fireEvent.input(dialog.getByLabelText('ON level'), { target: { value: '0.8' } })
    await fireEvent.click(dialog.getByRole('button', { name: 'Cancel' }))
    expect(dialog.getByText('This rule was changed and is not saved.')).toBeTruthy()
    await fireEvent.click(dialog.getByRole('button', { name: 'Keep editing' }))
    await fireEvent.keyDown(document.activeElement ?? document.body, { key: 'Escape' })
    expect(dialog.getByLabelText<HTMLInputElement>('ON level').value).toBe('0.8')
    expect(isClosed()).toBe(false)
    await fireEvent.click(dialog.getByRole('button', { name: 'Discard changes' }))
    expect(isClosed()).toBe(true)
  })

  test('what was not changed is left without a question', async () => {
    const { dialog, isClosed } = open(smallDesk())
    await fireEvent.click(dialog.getByRole('button', { name: 'Cancel' }))
    expect(isClosed()).toBe(true)
  })

  test('a missing number is marked in its field', async () => {
    const { dialog } = open(smallDesk())
    const field = dialog.getByLabelText<HTMLInputElement>('ON level')
    await fireEvent.input(field, { target: { value: '' } })
    expect(field.getAttribute('aria-invalid')).toBe('true')
    expect(dialog.getAllByText('Give the ON level as a number.').length).toBeGreaterThan(0)
  })

  test('every condition says beside it how it stands, and why it is unknown', () => {
    const desk = smallDesk()
    const when: Condition = {
      kind: 'all',
      of: [rule.when, { kind: 'silence', what: 'trades', forMs: 5_000 }]
    }
    desk.alertDesk.probed = {
      ...{ at: start, instrument: btc, fault: '' },
      conditions: [
        probed({ path: 'when.of.0', value: 0.42, on: 0.6, off: 0.35 }),
        probed({ path: 'when.of.1', state: 'unknown', why: 'the book is not live' })
      ]
    }
    const { dialog } = open(desk, { ...rule, side: 'bid', when })
    expect(dialog.getAllByText('+0.42').length).toBeGreaterThan(0)
    expect(dialog.getByText(/unknown: the book is not live/)).toBeTruthy()
    expect(desk.alertDesk.probing?.instrument).toBe(btc)
    expect(desk.market.wants).toMatchObject({
      [Object.keys(desk.market.wants)[0] ?? '']: [{ id: btc, metrics: ['imbalance'] }]
    })
  })

  test('what it would have told stands below, with the time it was played over', async () => {
    const desk = smallDesk()
    desk.alertDesk.estimated = {
      ...{ hours: 2, fires: 3, firesPerHour: 1.5, reason: 'Only two hours are recorded.' },
      span: { from: millis(start - 7_200_000), to: start },
      holes: [{ from: millis(start - 3_600_000), to: millis(start - 3_000_000) }],
      times: (['bid', 'bid', 'ask'] as const).map((side, k) => ({
        at: millis(start - (k + 1) * 600_000),
        instrument: btc,
        side
      }))
    }
    const { dialog } = open(desk)
    expect(await dialog.findByText('Would have fired 3 times')).toBeTruthy()
    const text = screen.getByRole('dialog').textContent
    for (const words of ['about 1.5 per hour', '2 bid', '1 ask', '10 min', 'Only two hours are recorded.'])
      expect(text).toContain(words)
    expect(dialog.getByRole('list', { name: 'Would have fired' }).children).toHaveLength(3)
  })

  test('a condition that leaves no trace on the tape says so at its place, and nothing claims to be estimated', async () => {
    const desk = smallDesk()
    const when: Condition = {
      kind: 'all',
      of: [rule.when, { kind: 'silence', what: 'trades', forMs: 5_000 }]
    }
    desk.alertDesk.estimated = {
      ...{ hours: 0, fires: 0, firesPerHour: NaN, reason: 'The tape does not tell.' },
      unfit: [{ path: 'when.of.1', why: 'the tape does not hold when the last trade came' }]
    }
    const { dialog } = open(desk, { ...rule, when })
    expect(
      await dialog.findByText('Not estimated: a condition leaves no trace on the tape of seconds')
    ).toBeTruthy()
    expect(
      dialog.getByText('Cannot be played over the past: the tape does not hold when the last trade came.')
    ).toBeTruthy()
  })

  test('axe finds nothing, of a rule of every kind', async () => {
    const of = kinds.slice(0, 6).map(({ kind }) => turned(rule.when, kind, metrics))
    open(smallDesk(), { ...rule, when: { kind: 'all', of } })
    expect(await faultsOf(screen.getByRole('dialog'))).toEqual([])
  })
})

describe('a condition', () => {
  test.each(kinds.filter(({ kind }) => kind !== 'among'))(
    'turned into “$title” is valid at once',
    ({ kind }) => {
      expect(check({ ...rule, when: turned(rule.when, kind, metrics) })).toMatchObject({ ok: true })
    }
  )

  test('beyond what its figure can reach is doubted, not refused', () => {
    const beyond = plainRule({ on: 1.5 })
    expect(check(beyond).ok).toBe(true)
    expect(doubts(beyond, metrics)['when']).toContain('lies between -1 and 1')
  })
})

describe('a draft', () => {
  const draft = newDraft('r1', 'start')

  test('of a new rule is a valid rule', () => {
    expect(check(draft).ok).toBe(true)
  })
  test.each([
    ['no name', { name: ' ' }, 'name', 'Give the rule a name of at most 60 characters.'],
    [
      'no instrument',
      { scope: { kind: 'instrument', instrument: '' } },
      'scope.instrument',
      'Choose an instrument.'
    ],
    ['too long a cooldown', { cooldownMs: 90_000_000 }, 'cooldownMs', 'The cooldown takes 0 to 86,400 s.']
  ] as const)('with %s is refused in words', (_, change, key, words) => {
    expect(check({ ...draft, ...change })).toEqual({ ok: false, problems: { [key]: words } })
  })
})
