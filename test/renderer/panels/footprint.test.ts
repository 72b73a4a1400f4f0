import { cleanup, fireEvent, render, screen } from '@testing-library/svelte'
import fc from 'fast-check'
import { tick } from 'svelte'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { footprint } from '../../../src-renderer/panels/footprint'
import { deltaOf, gridOf, rowDeltas, volumeOf } from '../../../src-renderer/panels/footprint/grid'
import {
  deltaWidth,
  farthest,
  placeOf,
  priceWidth,
  rowHeight
} from '../../../src-renderer/panels/footprint/place'
import { drawFootprint } from '../../../src-renderer/panels/footprint/draw'
import type { Colours } from '../../../src-renderer/charts/theme'
import type { TableRows } from '../../../src-renderer/state/market'
import { faultsOf } from '../../support/axe'
import { drawn, fakeCanvas } from '../../support/fake-canvas'
import { fakeDesk, metrics, start } from '../../support/fake-desk.svelte'

const id = 'sim:BTCUSDT'
const columns = metrics.find((it) => it.id === 'delta')!.table!.columns.map((column) => column.id)
const tableOf = (...rows: readonly (readonly number[])[]): TableRows => ({
  ...{ at: start, columns, rows: Float64Array.from(rows.flat()) }
})
const minute = start / 1_000

it('shows the parts of a coin that inverse contracts are, though contracts are whole', () => {
  const canvas = fakeCanvas()
  const grid = gridOf(tableOf([minute, 1_000, 10, 0.07, 0, 1]))!
  const place = placeOf(180 + deltaWidth + priceWidth, 200, 1, 0, 100)
  const ctx = document.createElement('canvas').getContext('2d')!
  const plain = fakeDesk(id).market.instrument(id)!
  const contract = { of: 100, currency: 'quote' } as const
  const instrument = { ...plain, contract, size: { ...plain.size, decimals: 0 } }
  const pen = { ctx, colours: {} as Colours, ratio: 1 }
  drawFootprint(pen, { grid, place, instrument, intervalMs: 60_000, midRow: NaN })
  const written = canvas.texts.join('')
  canvas.restore()
  // Letter by letter, from the right.
  expect(written).toContain('70.0')
})

it('has nothing rather than a figure that its left edge cuts', () => {
  const canvas = fakeCanvas()
  const minuteOf = (back: number, sold: number, bought: number) => [
    minute - 60 * back,
    1_000,
    10,
    sold,
    bought,
    1
  ]
  const grid = gridOf(tableOf(minuteOf(2, 7, 8), minuteOf(1, 1, 1), minuteOf(0, 1, 1)))!
  // Two and a half columns: the oldest begins 36 px left of the edge, and its middle is there.
  const place = placeOf(180 + deltaWidth + priceWidth, 200, 3, 0, 100)
  const ctx = document.createElement('canvas').getContext('2d')!
  const instrument = fakeDesk(id).market.instrument(id)!
  const pen = { ctx, colours: {} as Colours, ratio: 1 }
  drawFootprint(pen, { grid, place, instrument, intervalMs: 60_000, midRow: NaN })
  // Letter by letter, from the right.
  const written = canvas.texts.join('')
  canvas.restore()
  expect(place.x(2)).toBe(-36)
  expect(written).toContain('00.8')
  expect(written).not.toContain('00.7')
})

describe('the grid', () => {
  it('has its columns in the engine’s catalogue', () => {
    expect(columns).toEqual(['from', 'price', 'step', 'bid', 'ask', 'whole'])
  })
  it('is nothing without rows', () => {
    expect(gridOf(undefined)).toBeUndefined()
    expect(gridOf(tableOf())).toBeUndefined()
  })
  it('knows delta, volume and the point of control of each interval, newest last', () => {
    const grid = gridOf(
      tableOf([minute + 60, 1_010, 10, 1, 2, 1], [minute, 1_000, 10, 2, 3, 1], [minute, 1_010, 10, 0, 4, 0])
    )!
    expect(grid.intervals.map((it) => [it.from, deltaOf(it), volumeOf(it), it.poc, it.whole])).toEqual([
      [minute * 1_000, 5, 9, 100, false],
      [minute * 1_000 + 60_000, 1, 3, 101, true]
    ])
    expect([...rowDeltas(grid)]).toEqual([
      [101, 5],
      [100, 1]
    ])
  })
  it('puts intervals of a finer step on the coarsest one', () => {
    const grid = gridOf(
      tableOf([minute, 1_000, 5, 1, 1, 1], [minute, 1_005, 5, 2, 2, 1], [minute + 60, 1_000, 10, 0, 1, 1])
    )!
    expect(grid.step).toBe(10)
    expect(grid.intervals[0]!.cells).toMatchObject([{ row: 100, sold: 3, bought: 3 }])
  })
  it('marks what is three times the other side along the diagonal, and large', () => {
    const grid = gridOf(
      tableOf(
        // Bought 9 at 1,010 against 3 sold one step lower: marked.
        [minute, 1_000, 10, 3, 0.2, 1],
        [minute, 1_010, 10, 1, 9, 1],
        // Sold 8 at 1,020 against nothing bought one step higher: marked.
        [minute, 1_020, 10, 8, 2, 1]
      )
    )!
    expect(grid.intervals[0]!.cells.map(({ row, mark }) => [row, mark])).toEqual([
      [102, 'bid'],
      [101, 'ask'],
      [100, undefined]
    ])
  })
  it('loses no volume, whatever the steps', () => {
    const row = fc.tuple(
      fc.integer({ min: 0, max: 3 }),
      fc.integer({ min: 1, max: 500 }),
      fc.constantFrom(1, 2, 5, 10),
      fc.integer({ min: 0, max: 99 }),
      fc.integer({ min: 1, max: 99 })
    )
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 60 }), (rows) => {
        const grid = gridOf(
          tableOf(
            ...rows.map(([at, steps, step, bid, ask]) => [minute + 60 * at, steps * step, step, bid, ask, 1])
          )
        )!
        const total = rows.reduce((sum, [, , , bid, ask]) => sum + bid + ask, 0)
        expect(grid.intervals.reduce((sum, it) => sum + volumeOf(it), 0)).toBe(total)
      })
    )
  })
})

describe('where cells lie', () => {
  it('has the latest interval at the right and higher prices above', () => {
    const place = placeOf(800, 400, 20, 0, 100)
    expect(place.x(0) + place.columnWidth).toBe(place.right)
    expect(place.y(101)).toBe(place.y(100) - rowHeight)
    expect(farthest(20, place)).toBe(20 - Math.floor(place.right / place.columnWidth))
  })
})

describe('the footprint', () => {
  let canvas: ReturnType<typeof fakeCanvas>
  beforeEach(() => {
    canvas = fakeCanvas(620, 420)
  })
  afterEach(() => {
    cleanup()
    canvas.restore()
  })
  const open = (...rows: readonly (readonly number[])[]) => {
    const desk = fakeDesk(id)
    if (rows.length > 0) desk.market.tables = { [`${id}|delta`]: tableOf(...rows) }
    const tab = { id: 'tab', panel: 'footprint' }
    return { desk, ...render(footprint.component, { desk, tab, instrument: id, choose: vi.fn() }) }
  }

  it('asks for the table and lets it go', async () => {
    const { desk, unmount } = open()
    await tick()
    expect(desk.market.wants['tab']).toMatchObject([{ id, metrics: ['delta'], tables: ['delta'] }])
    unmount()
    expect(desk.market.wants['tab']).toEqual([])
  })
  it('draws volumes of a live book, and none of one that is not', async () => {
    const { desk } = open([minute, 617_000, 50, 3.5, 12.25, 1])
    await drawn()
    // Figures are set letter by letter, from the right.
    expect(canvas.texts.join('')).toContain('3.21')
    expect(screen.queryByText('No volume yet')).toBeNull()
    desk.market.setStatus(id, { state: 'gap', reason: '3 messages lost', since: start })
    canvas.clear()
    await drawn()
    expect(canvas.texts).toEqual([])
    expect(screen.getByText('No volume yet')).toBeTruthy()
  })
  it('says which interval was seen in part', async () => {
    open([minute, 617_000, 50, 3.5, 12.25, 0])
    await drawn()
    expect(canvas.texts).toContain('15:02 in part')
  })
  it('saves the interval as the metric’s parameter', async () => {
    const { desk } = open()
    await fireEvent.click(screen.getByRole('button', { name: '5 m' }))
    expect(desk.settings.metrics).toEqual({ delta: { interval: 300 } })
    await tick()
    expect(screen.getByRole('button', { name: '5 m' }).getAttribute('aria-pressed')).toBe('true')
  })
  it('scrolls by keys, and Home goes back to the market', async () => {
    open([minute, 617_000, 50, 3.5, 12.25, 1], [minute, 617_500, 50, 3.5, 12.25, 1])
    await drawn()
    const body = screen.getByRole('img', { name: /Footprint of/ })
    await fireEvent.keyDown(body, { key: 'ArrowUp' })
    expect(screen.getByText('Back to live')).toBeTruthy()
    await fireEvent.keyDown(body, { key: 'Home' })
    expect(screen.queryByText('Back to live')).toBeNull()
  })
  it('has no faults of access', async () => {
    const { container } = open([minute, 617_000, 50, 3.5, 12.25, 1])
    await drawn()
    expect(await faultsOf(container)).toEqual([])
  })
})
