import { cleanup, fireEvent, render, screen } from '@testing-library/svelte'
import { tick } from 'svelte'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import EventFlags from '../../../src-renderer/parts/EventFlags.svelte'
import { evidenceOf } from '../../../src-renderer/parts/evidence'
import { flagsOf, letters } from '../../../src-renderer/parts/flags'
import type { MarketEvent } from '../../../src-shared/contract/frames'
import type { Alert } from '../../../src-shared/alert'
import { millis } from '../../../src-shared/units'
import { anAlert } from '../../support/an-alert'
import { fakeDesk, metrics, perpetual, start } from '../../support/fake-desk.svelte'

const id = 'sim:BTCUSDT'
/** Nothing is known of what follows it. */
const fresh: MarketEvent = {
  ...{ id: 'w1', instrument: id, metric: 'flow-reading', kind: 'wall', at: start, side: 'bid' },
  ...{ price: 617_000, confidence: 0.71, words: 'A very large bid was put into the book and stands.' },
  evidence: [
    { title: 'Most that rested there', value: 41.25, unit: 'base' },
    { title: 'Walls here that were pulled', value: NaN, unit: 'share' }
  ]
}
const wall: MarketEvent = {
  ...fresh,
  suggests: 'up',
  followed: { n: 34, share: 0.5588, low: 0.3945, high: 0.7112, meanBps: 0.31, horizonMs: 10_000 }
}
const at = (ms: number, more: Partial<MarketEvent> = {}): MarketEvent => ({
  ...wall,
  id: `e${ms}`,
  at: millis(start + ms),
  ...more
})

describe('flags', () => {
  const edges = [start, start + 60_000] as const

  it('stand where their event happened, and share a place when they are too near', () => {
    const flags = flagsOf([at(6_000), at(6_500), at(30_000)], edges, 600)
    expect(flags.map(({ events }) => events.length)).toEqual([2, 1])
    expect(flags[0]!.x).toBeGreaterThan(50)
    expect(Math.abs(flags[0]!.x - 62.5)).toBeLessThanOrEqual(12)
    expect(Math.abs(flags[1]!.x - 300)).toBeLessThanOrEqual(12)
  })
  it('never lie on one another, nor are cut off at an end', () => {
    const flags = flagsOf(
      Array.from({ length: 120 }, (_, i) => at(i * 500)),
      edges,
      600
    ).sort((one, other) => one.x - other.x)
    flags.slice(2, -1).forEach(({ x }, place) => {
      expect(x - flags[place + 1]!.x).toBeGreaterThanOrEqual(18 - 1e-6)
    })
    expect(flags[0]!.x).toBeGreaterThanOrEqual(12)
    expect(flags.at(-1)!.x).toBeLessThanOrEqual(588)
  })
  it('leave out what lies outside', () => {
    expect(flagsOf([at(-1), at(60_001)], edges, 600)).toEqual([])
  })
  it('do not regroup while time passes', () => {
    const events = [at(20_000), at(21_900), at(23_800), at(25_700)]
    const groups = (by: number) =>
      flagsOf(events, [edges[0] + by, edges[1] + by], 600).map(({ key, events: { length } }) => [key, length])
    for (const by of [100, 1_300, 2_399, 7_777]) expect(groups(by)).toEqual(groups(0))
  })
  it('carry letters of the kind', () => {
    expect(['Wall appears', 'Layering suspected', 'Absorption'].map(letters)).toEqual(['Wa', 'L', 'A'])
  })
})

describe('the evidence', () => {
  it('tells what was seen, how sure, and what followed such events', () => {
    const told = evidenceOf(metrics, perpetual('sim', 'BTCUSDT'), wall)
    expect(told.title).toBe('Wall appears')
    expect(told.where).toBe('15:02:11.000, bid, 61,700.00')
    expect(told.confidence).toBe('0.71')
    expect(told.rows).toEqual([
      { title: 'Most that rested there', text: '41.25 BTC' },
      { title: 'Walls here that were pulled', text: '–' }
    ])
    expect(told.followed).toBe(
      'It suggests up. After 56 % of 34 of its kind the mid moved as they suggested within 10 s ' +
        '(95 %: 39 % to 71 %), +0.31 bps on average, before any cost. Not enough history: n below 100.'
    )
  })
  it('claims no move where none was followed up', () => {
    expect(evidenceOf(metrics, undefined, fresh).followed).toBe(
      'It suggests no move, so none is followed up.'
    )
    expect(evidenceOf(metrics, undefined, { ...fresh, suggests: 'up' }).followed).toBe(
      'It suggests up. None of its kind was followed up here yet.'
    )
  })
})

describe('the track of flags', () => {
  beforeEach(() => {
    vi.spyOn(HTMLElement.prototype, 'clientWidth', 'get').mockReturnValue(600)
  })
  afterEach(() => {
    cleanup()
    vi.restoreAllMocks()
  })
  const open = (events: readonly MarketEvent[]) => {
    const desk = fakeDesk(id)
    desk.market.seen = events
    render(EventFlags, { desk, id, edges: [start - 60_000, start + 60_000], right: 100 })
    return desk
  }

  it('is reached at its latest flag, and arrows go to the others', async () => {
    open([at(-30_000), at(0)])
    await tick()
    const [first, last] = screen.getAllByRole('button')
    expect([first!.tabIndex, last!.tabIndex]).toEqual([-1, 0])
    last!.focus()
    await fireEvent.keyDown(last!, { key: 'ArrowLeft' })
    expect(document.activeElement).toBe(first)
  })
  it('opens the evidence of a flag', async () => {
    open([wall])
    await tick()
    await fireEvent.click(screen.getByRole('button', { name: 'Wall appears bid 15:02:11' }))
    await tick()
    expect(screen.getByText('A very large bid was put into the book and stands.')).toBeTruthy()
    expect(screen.getByText('41.25 BTC')).toBeTruthy()
  })
  it('flags what fired: alone it opens the card, beside events it is a line above their evidence', async () => {
    const fired = (n: number, other: Partial<Alert> = {}) => ({
      alert: anAlert({ episode: `e${n}`, instrument: id, at: millis(start - n), ...other }),
      ...{ peak: 1, lastedMs: NaN, endedUnknown: false, deliveries: [], note: '', tag: '' as const }
    })
    const desk = fakeDesk(id)
    desk.market.seen = [at(0)]
    desk.alertDesk.kept = [fired(30_000), fired(0), fired(10_000, { notice: 'SUPPRESSED' })]
    render(EventFlags, { desk, id, edges: [start - 60_000, start + 60_000], right: 100 })
    await tick()
    expect(desk.alertDesk.askedEntries).toBe(1)
    expect(screen.getByText('2 alerts, 1 event')).toBeTruthy()
    await fireEvent.click(screen.getByRole('button', { name: 'Alert Strong imbalance ask 15:01:41' }))
    expect(desk.alertDesk.shown).toBe('e30000')
    await fireEvent.click(screen.getByRole('button', { name: /15:02:11, Wall appears bid 15:02:11/ }))
    await tick()
    expect(screen.getByText('A very large bid was put into the book and stands.')).toBeTruthy()
    await fireEvent.click(screen.getByRole('button', { name: 'Alert Strong imbalance ask 15:02:11' }))
    expect(desk.alertDesk.shown).toBe('e0')
  })
  it('says when there is nothing to show', async () => {
    open([])
    await tick()
    expect(screen.getByText('no events')).toBeTruthy()
  })
})
