import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/svelte'
import { flushSync } from 'svelte'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import AlertCard from '../../../src-renderer/panels/alerts/card/AlertCard.svelte'
import { aroundOf } from '../../../src-renderer/panels/alerts/card/around'
import { levelLines } from '../../../src-renderer/panels/alerts/card/levels'
import { tapePlace } from '../../../src-renderer/panels/alerts/card/tape-place'
import { seriesColumns, type AlertEntry, type AlertEvidence } from '../../../src-shared/alerts/record'
import { ruleHash } from '../../../src-shared/rule'
import { millis } from '../../../src-shared/units'
import { anAlert } from '../../support/an-alert'
import { faultsOf } from '../../support/axe'
import { fakeCanvas } from '../../support/fake-canvas'
import { fakeDesk, start, type FakeDesk } from '../../support/fake-desk.svelte'
import { plainRule } from '../../support/plain-rule'

const id = 'sim:BTC-PERP'
const rule = plainRule({ id: 'r' })
const alert = anAlert({
  ...{ instrument: id, at: start, since: millis(start - 3_000), ruleHash: ruleHash(rule), mid: 642_500.5 },
  withheld: [{ channel: 'sound', why: 'budget' }]
})
const entry: AlertEntry = {
  ...{ alert, peak: -0.81, lastedMs: 58_000, endedUnknown: false, note: 'a wall', tag: '' },
  deliveries: [
    { alert: alert.id, channel: 'desktop', at: millis(start + 104), outcome: 'shown', detail: '' }
  ],
  outcome: {
    ...{ bps: [0.9, 1.8, NaN, 13.3, 4], netBps: [0.7, 1.6, NaN, 13.1, 3.8] },
    ...{ favourableBps: 14, adverseBps: 2.5, halfSpreadBps: 0.2 }
  }
}
const evidence: AlertEvidence = {
  ...{ id: alert.episode, figures: {}, before: new Float32Array(0), after: new Float32Array(0) },
  bids: Float64Array.from([642_500, 1_500, 642_499, 300]),
  asks: Float64Array.from([642_501, 200, 642_502, 51_600])
}

let canvas: ReturnType<typeof fakeCanvas>
beforeEach(() => {
  canvas = fakeCanvas()
})
afterEach(() => {
  cleanup()
  canvas.restore()
})

async function open(change: (desk: FakeDesk) => void = () => undefined): Promise<FakeDesk> {
  const desk = fakeDesk(id)
  desk.rules.rules = [rule]
  desk.alertDesk.kept = [entry]
  desk.alertDesk.keptEvidence = evidence
  const recorded = { from: millis(start - 600_000), to: millis(start + 600_000) }
  desk.tape.contents = { bytes: 1, spans: [recorded], instruments: [id], troubles: [] }
  change(desk)
  desk.alertDesk.open(alert.episode)
  render(AlertCard, { desk })
  await waitFor(() => {
    expect(screen.getByRole('dialog').textContent).not.toContain('Looking')
  })
  return desk
}
const text = () => screen.getByRole('dialog').textContent.replace(/\s+/g, ' ')

describe('the card of an alert', () => {
  test('tells value, level, book, outcome, and what was told where, in the instrument’s own terms', async () => {
    await open()
    for (const part of ['−0.72', '−0.60', 'Peak −0.81', 'over after 58 s', 'Imbalance within 10 bps'])
      expect(text()).toContain(part)
    // 51,600 lots of 0.001 at a tick of 0.1.
    expect(screen.getByRole('row', { name: /64,250\.2 51\.60/ })).toBeTruthy()
    for (const part of ['+0.9', '+13.3', 'net +13.1', '14.00 bps', '2.50 bps', '0.20 bps'])
      expect(text()).toContain(part)
    expect(text()).toContain('shown after 104 ms')
    expect(text()).toContain('not told: over the budget')
    expect(text()).toContain('none judged yet')
    expect(await faultsOf(document.body)).toEqual([])
  })

  test('Enter acknowledges, U and N mark, a note is kept when it is left', async () => {
    const desk = await open()
    const dialog = screen.getByRole('dialog')
    await fireEvent.keyDown(dialog, { key: 'Enter' })
    await fireEvent.keyDown(dialog, { key: 'u' })
    const note = screen.getByRole('textbox')
    await fireEvent.input(note, { target: { value: 'spoofed' } })
    await fireEvent.keyDown(note, { key: 'n' })
    await fireEvent.blur(note)
    const { episode } = alert
    expect(desk.alertDesk.acts).toEqual([
      { kind: 'acknowledge', episode, by: 'card' },
      { kind: 'tag', alert: episode, tag: 'useful' },
      { kind: 'note', alert: episode, text: 'spoofed' }
    ])
  })

  test('R replays from the trigger, a minute before it within reach', async () => {
    const desk = await open()
    await fireEvent.keyDown(screen.getByRole('dialog'), { key: 'r' })
    expect(desk.tape.begun).toEqual([[start - 60_000, start + 300_000, start]])
    expect(desk.selected).toBe(id)
    expect(desk.alertDesk.shown).toBeUndefined()
  })

  test('where the tape does not reach, the card says so and R does nothing', async () => {
    const desk = await open((it) => {
      const later = { from: millis(start + 60_000), to: millis(start + 600_000) }
      it.tape.contents = { bytes: 1, spans: [later], instruments: [id], troubles: [] }
    })
    expect(text()).toContain('The tape does not hold this time: its oldest is of 2026-01-05 15:03:11 UTC.')
    await fireEvent.keyDown(screen.getByRole('dialog'), { key: 'r' })
    expect(desk.tape.begun).toEqual([])
  })

  test('missing evidence, a rule that is gone and an unfinished outcome are told in words', async () => {
    const desk = await open((it) => {
      it.rules.rules = []
      it.alertDesk.keptEvidence = undefined
      const { outcome, ...unjudged } = entry
      it.alertDesk.kept = outcome ? [unjudged] : []
    })
    for (const part of ['Its rule was deleted since', 'Its evidence is not kept', 'waiting'])
      expect(text()).toContain(part)
    desk.pass(400_000)
    flushSync()
    expect(text()).toContain('Not known: nobody watched')
  })

  test('each outcome stands as soon as it is known, the others wait, and one whose time is over is unknown', async () => {
    const desk = await open((it) => {
      const bps = [0.9, NaN, NaN, NaN, NaN]
      const outcome = { bps, netBps: bps, favourableBps: 1.2, adverseBps: 0, halfSpreadBps: 0.2 }
      it.alertDesk.kept = [{ ...entry, outcome }]
    })
    const outcomes = () =>
      [...screen.getByRole('group', { name: 'Mid after the trigger' }).children].map(
        (it) => it.querySelector('.n')?.textContent
      )
    expect(outcomes()).toEqual(['+0.9', 'waiting', 'waiting', 'waiting', 'waiting'])
    desk.pass(40_000)
    flushSync()
    expect(outcomes()).toEqual(['+0.9', '–', '–', 'waiting', 'waiting'])
    expect(text()).toContain('Farthest with it so far')
  })

  test('an alert that only the feed knows is shown, and says why it is not kept', async () => {
    await open((it) => {
      it.alertDesk.kept = []
      it.alertDesk.keptEvidence = undefined
      it.alerts.alerts = [alert]
      it.alertDesk.centre = {
        ...{
          at: start,
          rules: [],
          active: [],
          standing: [],
          snoozes: [],
          withheld: {},
          quiet: [],
          overBudget: 0
        },
        history: { entries: 0, bytes: 0, fault: 'ENOSPC: no space left on device' }
      }
    })
    expect(text()).toContain('Nothing is kept of it: ENOSPC: no space left on device.')
    expect(screen.queryByRole('button', { name: 'Useful' })).toBeNull()
  })

  test('one that nobody knows any more says so', async () => {
    await open((it) => {
      it.alertDesk.kept = []
    })
    expect(text()).toContain('This alert is not kept any more')
  })
})

describe('the minute before and after', () => {
  const row = (offsetMs: number, midBps: number, value = 0.5) =>
    seriesColumns.map((name) => ({ offsetMs, midBps, value })[name as 'value'] ?? NaN)
  const record = (...rows: number[][]) => Float32Array.from(rows.flat())

  test('time of which nothing is known is a hole, at the ends too', () => {
    const before = record(row(-60_000, 1), row(-59_000, 2), row(-10_000, 3), row(-9_900, NaN), row(-8_000, 4))
    const { holes } = aroundOf([before], 'value', 5_000)
    expect(holes).toEqual([
      [-59_000, -10_000],
      [-10_000, -8_000],
      [-8_000, 5_000]
    ])
  })

  test('what is still to come is not missing', () => {
    const { holes, rows } = aroundOf(
      [record(...[...Array(61).keys()].map((n) => row(n * 1_000 - 60_000, 0)))],
      'value',
      1_000
    )
    expect(holes).toEqual([])
    expect(rows).toHaveLength(61)
  })
})

test('a wall deeper than the levels shown is shown all the same, with how many lie between', () => {
  const pairs = Float64Array.from([10, 1, 9, 2, 8, 1, 7, 90, 6, 1])
  expect(levelLines('bid', pairs, 2).map(({ price, skipped, largest }) => [price, skipped, largest])).toEqual(
    [
      [10, 0, false],
      [9, 0, false],
      [7, 1, true]
    ]
  )
})

test('a tape that begins within the minute is replayed from its beginning; one without the instrument is not', () => {
  const desk = fakeDesk(id)
  const from = millis(start - 10_000)
  const contents = { bytes: 1, spans: [{ from, to: start }], instruments: [id], troubles: [] }
  desk.tape.contents = contents
  expect(tapePlace(desk, id, start)).toMatchObject({ ok: true, from, to: start + 1_000 })
  desk.tape.contents = { ...contents, instruments: [] }
  expect(tapePlace(desk, id, start)).toMatchObject({ ok: false })
})

test('what was recorded since the tape was asked can be replayed, unless the recorder paused in between', () => {
  const desk = fakeDesk(id)
  const spans = [{ from: millis(start - 60_000), to: start }]
  desk.tape.contents = { bytes: 1, spans, instruments: [id], troubles: [] }
  desk.pass(30_000)
  const later = millis(start + 20_000)
  expect(tapePlace(desk, id, later).ok).toBe(false)
  const recording = (since: number) =>
    ({ state: 'recording', reason: '', since: millis(since), bytes: 1, dropped: 0 }) as const
  const health = {
    ...{ at: start, startedAt: start, cpu: 0, memory: 0, loopDelayMs: 0, framesPerSecond: 0 },
    ...{ gaps: 0, resyncs: 0, rejected: 0, books: { live: 1, watched: 1 }, links: [], catalogues: [] }
  }
  desk.market.health = { ...health, recording: recording(start - 60_000) }
  expect(tapePlace(desk, id, later)).toMatchObject({ ok: true, to: start + 30_000 })
  desk.market.health = { ...health, recording: recording(start + 10_000) }
  expect(tapePlace(desk, id, later).ok).toBe(false)
})
