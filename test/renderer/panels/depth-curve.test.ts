import { cleanup, fireEvent, render, screen } from '@testing-library/svelte'
import fc from 'fast-check'
import { tick } from 'svelte'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { depthCurve } from '../../../src-renderer/panels/depth-curve'
import { curvesOf, within } from '../../../src-renderer/panels/depth-curve/curve'
import { ceilingOf } from '../../../src-renderer/panels/depth-curve/draw'
import { seenOf, usualOf } from '../../../src-renderer/panels/depth-curve/usual'
import type { BookView } from '../../../src-shared/contract/frames'
import { millis } from '../../../src-shared/units'
import { faultsOf } from '../../support/axe'
import { drawn, fakeCanvas } from '../../support/fake-canvas'
import { fakeDesk, live, metrics, perpetual, start } from '../../support/fake-desk.svelte'

const id = 'sim:BTCUSDT'
const bitcoin = perpetual('sim', 'BTCUSDT')

/** Mid 1,000.0: a tick is 1 bps of it. */
const book: BookView = {
  instrument: id,
  at: start,
  sequence: 1,
  bids: Float64Array.of(9_999, 1_000, 9_995, 2_000, 9_990, 3_000),
  asks: Float64Array.of(10_001, 500, 10_020, 500),
  knownBid: 9_980,
  knownAsk: Infinity
}
const columns = ['bps', 'bid', 'bidLow', 'bidUsual', 'bidHigh', 'bidSeen', 'ask', 'askLow', 'askUsual', 'askHigh', 'askSeen'] // prettier-ignore
const table = {
  at: millis(start),
  columns,
  rows: Float64Array.from([
    ...[5, 1, 900, 1_000, 1_100, 0.2, 1, NaN, NaN, NaN, 0],
    ...[10, 1, 2_000, 3_000, 4_000, 0.15, 1, NaN, NaN, NaN, 0]
  ])
}

describe('cumulative depth', () => {
  const curves = curvesOf(bitcoin, book, 25, 1_000)!

  it('adds up quote money by distance from the mid', () => {
    expect(curves.bid.bps).toEqual([1, 5, 10])
    expect(within(curves.bid, 0.5)).toBe(0)
    expect(within(curves.bid, 1)).toBeCloseTo(999.9, 9)
    expect(within(curves.bid, 10)).toBeCloseTo(999.9 + 2 * 999.5 + 3 * 999, 9)
  })
  it('does not know what lies beyond the known depth', () => {
    expect(curves.bid.knownTo).toBeCloseTo(20, 9)
    expect(within(curves.bid, 20.1)).toBeNaN()
    expect(within(curves.ask, 25)).toBeCloseTo(0.5 * 1_000.1 + 0.5 * 1_002, 9)
  })
  it('ends at the last level when as many came as were asked for', () => {
    expect(curvesOf(bitcoin, book, 25, 2)!.ask.knownTo).toBeCloseTo(20, 9)
  })
  it('is nothing without both sides', () => {
    expect(curvesOf(bitcoin, { ...book, asks: new Float64Array(0) }, 25, 1_000)).toBeUndefined()
  })
  it('splits a group into shares that add up to it', () => {
    const size = fc.tuple(fc.integer({ min: 0, max: 50 }), fc.integer({ min: 1, max: 50 }))
    fc.assert(
      fc.property(fc.array(size, { minLength: 1, maxLength: 20 }), (sizes) => {
        const bids = Float64Array.from(sizes.flatMap(([a, b], i) => [9_999 - i, a + b]))
        const asks = Float64Array.of(10_001, 1)
        const members = {
          ids: ['x:A', 'y:B'],
          bids: Float64Array.from(sizes.flat()),
          asks: Float64Array.of(1, 0)
        }
        const whole = curvesOf(bitcoin, { ...book, bids, asks, knownBid: -Infinity, members }, 100, 1_000)!
        const parts = whole.members.map((member) => within(member.bid, 100))
        expect(parts[0]! + parts[1]!).toBeCloseTo(within(whole.bid, 100), 6)
      })
    )
  })
})

describe('what is usual', () => {
  it('is read from the liquidity table by its column names, where it is known', () => {
    const usual = usualOf(table)
    expect(usual.bid).toEqual([
      { bps: 5, low: 900, median: 1_000, high: 1_100, seen: 0.2 },
      { bps: 10, low: 2_000, median: 3_000, high: 4_000, seen: 0.15 }
    ])
    expect(usual.ask).toEqual([])
    expect(usualOf(undefined)).toEqual({ bid: [], ask: [] })
  })
  it('is in a table that the engine has under these names', () => {
    const names = metrics.find(({ id: metric }) => metric === 'liquidity')?.table?.columns.map((it) => it.id)
    expect(names).toEqual(columns)
  })
  it('is held by the scale as well as the curve', () => {
    const curves = curvesOf(bitcoin, book, 25, 1_000)!
    const scene = { curves, usual: usualOf(table), reach: 25, names: [] }
    expect(ceilingOf(scene)).toBe(8_000)
    expect(
      ceilingOf({
        ...scene,
        usual: { bid: [{ bps: 20, low: 1, median: 2, high: 40_000, seen: 1 }], ask: [] }
      })
    ).toBe(60_000)
  })
})

describe('the depth curve', () => {
  let canvas: ReturnType<typeof fakeCanvas>
  beforeEach(() => {
    canvas = fakeCanvas()
  })
  afterEach(() => {
    cleanup()
    canvas.restore()
  })
  const open = () => {
    const desk = fakeDesk(id)
    const choose = vi.fn()
    const tab = { id: 'tab', panel: 'depth-curve' }
    return { desk, choose, ...render(depthCurve.component, { desk, tab, instrument: id, choose }) }
  }
  it('asks for levels and for the hour of the liquidity metric', async () => {
    const { desk } = open()
    await tick()
    const want = {
      id,
      levels: 1_000,
      trades: false,
      metrics: ['liquidity'],
      tables: ['liquidity'],
      readiness: true
    }
    expect(desk.market.wants['tab']).toEqual([want])
  })
  it('tells the money within 10 bps, and how many times the usual that is', async () => {
    const { desk } = open()
    desk.market.setBook(book)
    desk.market.tables = { [`${id}|liquidity`]: table }
    await drawn()
    expect(canvas.texts).toContain('bid 10 bps')
    expect(canvas.texts).toContain('6.00\u00a0k')
    expect(canvas.texts).toContain('2.0 × usual')
  })
  it('says on how much of the hour its band stands: the least of what is in sight', async () => {
    const { desk } = open()
    desk.market.setBook(book)
    desk.market.tables = { [`${id}|liquidity`]: table }
    await drawn()
    expect(screen.getByText('usual: 9 min of the hour').title).toContain('15 % of the last hour')
    expect([seenOf(usualOf(table), 5), seenOf(usualOf(undefined), 25)]).toEqual([0.2, NaN])
  })
  it('says that the median is not known yet', async () => {
    const { desk } = open()
    desk.market.setBook(book)
    await drawn()
    expect(screen.getByTitle(/median is not known yet/)).toBeTruthy()
  })
  it('draws no money of a book that has a gap', async () => {
    const { desk } = open()
    desk.market.setBook(book)
    desk.market.setStatus(id, { ...live, state: 'gap', reason: '3 messages lost' })
    await drawn()
    expect(canvas.texts).toEqual([])
    expect(screen.getByText('No depth yet')).toBeTruthy()
  })
  it('keeps the distance shown as its own choice', async () => {
    const { choose } = open()
    await fireEvent.click(screen.getByRole('button', { name: '50' }))
    expect(choose).toHaveBeenCalledWith({ reach: 50 })
  })
  it('has no faults of access', async () => {
    const { desk, container } = open()
    desk.market.setBook(book)
    await drawn()
    expect(await faultsOf(container)).toEqual([])
  })
})
