import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { columnMs, DepthHistory, stepFor } from '../../../src-renderer/charts/depth-history'
import type { Gathered } from '../../../src-renderer/charts/heatmap'
import {
  gather,
  gatherOn,
  heatOf,
  paint,
  rampOf,
  roomFor,
  scaleOf,
  shades
} from '../../../src-renderer/charts/heatmap'

const levels = (...pairs: readonly (readonly [number, number])[]) => Float64Array.from(pairs.flat())
const book = {
  bids: levels([100, 5], [99, 3], [95, 1]),
  asks: levels([102, 4], [104, 8]),
  knownBid: 95,
  knownAsk: 110
}

describe('depth over time', () => {
  it('keeps each level in its row and column', () => {
    const history = new DepthHistory(1)
    history.take(book, 10 * columnMs)
    expect(history.sum(10, 100, 1)).toBe(5)
    expect(history.sum(10, 101, 1)).toBe(0)
    expect(history.sum(10, 99, 6)).toBe(3 + 5 + 4 + 8)
  })
  it('says nothing beyond what is known, and nothing of a row that reaches beyond it', () => {
    const history = new DepthHistory(1)
    history.take(book, 0)
    expect(history.sum(0, 94, 1)).toBeNaN()
    expect(history.sum(0, 94, 2)).toBeNaN()
    expect(history.sum(0, 95, 1)).toBe(1)
    expect(history.sum(0, 110, 1)).toBe(0)
    expect(history.sum(0, 111, 1)).toBeNaN()
  })
  it('shows in wide rows only those that are known whole', () => {
    const history = new DepthHistory(10)
    history.take(book, 0)
    expect(history.sum(0, 9, 1)).toBeNaN()
    expect(history.sum(0, 10, 1)).toBe(5 + 4 + 8)
    expect(history.sum(0, 11, 1)).toBeNaN()
  })
  it('holds an unchanged book, but not for longer than two seconds, and not over a loss', () => {
    const history = new DepthHistory(1)
    history.take(book, 0)
    history.take(book, 3 * columnMs)
    expect(history.sum(2, 100, 1)).toBe(5)
    history.take(book, 20 * columnMs)
    expect(history.sum(10, 100, 1)).toBeNaN()
    history.lose()
    history.take(book, 22 * columnMs)
    expect(history.sum(21, 100, 1)).toBeNaN()
  })
  it('forgets what is older than its room', () => {
    const history = new DepthHistory(1)
    history.take(book, 0)
    history.take(book, 1_200 * columnMs)
    expect(history.sum(0, 100, 1)).toBeNaN()
    expect(history.since).toBe(columnMs)
  })
  it('adds up to the whole book, whatever the prices are', () => {
    const level = fc.tuple(fc.integer({ min: -400, max: 400 }), fc.integer({ min: 1, max: 1_000 }))
    fc.assert(
      fc.property(fc.integer({ min: 1_000, max: 1e7 }), fc.array(level, { maxLength: 50 }), (mid, around) => {
        const history = new DepthHistory(1)
        const bids = [[mid, 1] as const, ...around.map(([off, lots]) => [mid + off, lots] as const)]
        const asks = levels([mid + 1, 1])
        history.take({ bids: levels(...bids), asks, knownBid: -Infinity, knownAsk: Infinity }, 0)
        const total = bids.reduce((sum, [, lots]) => sum + lots, 1)
        expect(history.sum(0, mid - 500, 1_000)).toBe(total)
      })
    )
  })
  it('has rows of a fifth of a basis point, in round ticks', () => {
    expect(stepFor(617_000, 1)).toBe(20)
    expect(stepFor(617_000, 5)).toBe(25)
    expect(stepFor(900, 1)).toBe(1)
  })
})

describe('the picture of it', () => {
  const ramp = rampOf(['#000000', '#ffffff'])
  it('reads a colour the short way too, as a build writes white', () => {
    expect([...rampOf(['#000', '#fff'])]).toEqual([...ramp])
  })
  const cellsOf = (...lots: number[]) => {
    const cells = roomFor(lots.length, 1)
    cells.lots.set(lots)
    return cells
  }

  it('goes from the median of what rests somewhere to the percentile of it', () => {
    const lots = Array.from({ length: 100 }, (_, i) => (i < 90 ? i + 1 : 10 * (i + 1)))
    const { floor, cut } = scaleOf(cellsOf(0, NaN, ...lots), 0.99)
    expect(cut).toBeGreaterThanOrEqual(990 * (1 - 1 / 128))
    expect(cut).toBeLessThanOrEqual(990)
    expect(floor).toBeCloseTo(50, 9)
    expect(scaleOf(cellsOf(0, NaN), 0.99)).toEqual({ floor: NaN, cut: NaN })
  })
  it('makes nothing much of sizes that are all alike: the scale has three octaves at least', () => {
    expect(scaleOf(cellsOf(...Array.from({ length: 50 }, () => 64)), 0.99)).toEqual({ floor: 8, cut: 64 })
  })
  it('rises with size from the floor to the cut-off', () => {
    const scale = { floor: 2, cut: 50 }
    expect([0, 1, 2].map((lots) => heatOf(lots, scale))).toEqual([0, 0, 0])
    // Half way by the logarithm: 10 = sqrt(2 x 50), 0.5 to the power 1.8.
    expect(heatOf(10, scale)).toBeCloseTo(0.5 ** 1.8, 12)
    expect(heatOf(50, scale)).toBe(1)
    expect(heatOf(500, scale)).toBe(1)
    fc.assert(
      fc.property(fc.double({ min: 0, max: 50, noNaN: true }), (lots) => {
        expect(heatOf(lots, scale)).toBeLessThanOrEqual(heatOf(lots * 1.1, scale))
      })
    )
  })
  it('is calm: of sizes as they rest, nine in ten are darker than the third colour, and one in a hundred is the brightest', () => {
    // Lognormal, as the sizes of a book are about: quantiles of a normal distribution by its logistic neighbour.
    const lots = Array.from({ length: 999 }, (_, i) => Math.exp(0.7 * Math.log((i + 1) / (999 - i))))
    const scale = scaleOf(cellsOf(...lots), 0.99)
    const heats = lots.map((it) => heatOf(it, scale))
    expect(heats.filter((heat) => heat < 2 / 6).length).toBeGreaterThan(890)
    expect(heats.filter((heat) => heat === 1).length).toBeLessThanOrEqual(11)
    expect(heats.filter((heat) => heat === 0).length).toBeGreaterThan(490)
  })
  it('has no colour for what is not known, and the darkest for what is empty', () => {
    const cells = cellsOf(NaN, 0, 50)
    const pixels = new Uint32Array(3)
    paint(pixels, cells, Int32Array.of(0, 1, 2), Int32Array.of(0), shades(ramp, { floor: 5, cut: 50 }))
    expect([...pixels]).toEqual([0, 0xff000000, 0xffffffff])
  })
  it('paints every pixel of a cell, and none outside the cells', () => {
    const cells = roomFor(2, 2)
    cells.lots.set([0, 50, 50, 0])
    const pixels = new Uint32Array(4 * 4).fill(7)
    paint(
      pixels,
      cells,
      Int32Array.of(-1, 0, 1, 1),
      Int32Array.of(-1, 1, 1, 0),
      shades(ramp, { floor: 5, cut: 50 })
    )
    const [black, white] = [0xff000000, 0xffffffff]
    const upper = [0, white, black, black]
    expect([...pixels]).toEqual([0, 0, 0, 0, ...upper, ...upper, 0, black, white, white])
  })
  it('gathers the rows of a window, lowest first', () => {
    const history = new DepthHistory(1)
    history.take(book, 0)
    const cells = roomFor(2, 2)
    gather(history, { column: 0, columns: 2, row: 99, rows: 2, per: 2 }, cells)
    expect([...cells.lots]).toEqual([8, NaN, 4, NaN])
  })
  it('moves columns that have ended along, and holds what gathering everything anew would', () => {
    const columns = 6
    const steps = fc.array(
      fc.record({ passed: fc.integer({ min: 0, max: 4 }), size: fc.integer({ min: 1, max: 9 }), row: fc.integer({ min: 97, max: 98 }), past: fc.boolean() }), // prettier-ignore
      { maxLength: 30 }
    )
    fc.assert(
      fc.property(steps, (list) => {
        const history = new DepthHistory(1)
        const [kept, anew] = [roomFor(columns, 8), roomFor(columns, 8)]
        let gathered: Gathered | undefined
        let column = 10
        for (const { passed, size, row, past } of list) {
          column += passed
          history.take({ ...book, bids: levels([100, size]) }, column * columnMs)
          if (past) history.takePast([{ ...book, bids: levels([99, size]), at: 9 * columnMs }])
          const window = { column: column - columns + 1, columns, row, rows: 8, per: 1 }
          gathered = gatherOn(history, window, kept, gathered)
          gather(history, window, anew)
          expect([...kept.lots]).toEqual([...anew.lots])
        }
      })
    )
  })
})
