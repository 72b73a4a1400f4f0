import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { lastAt } from '../../../src-main/engine/math/last-at'
import { principalComponent } from '../../../src-main/engine/math/principal-component'
import { ofi } from '../../../src-main/engine/metrics/ofi'
import { cumulativeOrderFlow } from '../../../src-main/study/lobster/order-flow'
import type { HandLevel } from '../../support/hand-book'
import { amazon, haveAmazon, play, timeOf } from './lobster-stream'
import { Streamed } from './streamed'

const start = 1_000_000
const quiet = (streamed: Streamed): Streamed => streamed.snapshot(start, [[99, 5]], [[101, 4]])

describe('order flow imbalance', () => {
  test('is what was added to the bid less what was added to the ask: +3, then -2, then a bid gone', () => {
    const streamed = quiet(new Streamed(ofi))
    streamed.change(start + 1_000, [[99, 8]], [])
    streamed.change(start + 2_000, [], [[101, 6]])
    expect(streamed.figures(start + 10_000).ofi10).toBe(3 - 2)
    // A better bid of 2 counts whole; when it goes, it counts whole again.
    streamed.change(start + 10_500, [[100, 2]], [])
    expect(streamed.figures(start + 10_600).ofi1).toBe(2)
    streamed.change(start + 10_700, [[100, 0]], [])
    expect(streamed.figures(start + 10_800).ofi1).toBe(2 - 2)
  })

  test('over depth is flow over the mean size of the touch, ((8 + 4) / 2 + (8 + 6) / 2) / 2', () => {
    const streamed = quiet(new Streamed(ofi))
    streamed.change(start + 1_000, [[99, 8]], []).change(start + 2_000, [], [[101, 6]])
    expect(streamed.figures(start + 10_000).norm10).toBeCloseTo(1 / 6.5, 12)
  })

  test('counts nothing for a snapshot or over a gap, and says how long it still needs', () => {
    const streamed = quiet(new Streamed(ofi))
    streamed.change(start + 1_000, [[99, 8]], []).gap(start + 2_000)
    expect(streamed.why(start + 2_000, 'ofi10')!.share).toBe(0)
    streamed.snapshot(start + 3_000, [[90, 50]], [[110, 4]])
    expect(streamed.why(start + 8_000, 'ofi10')).toMatchObject({ share: 0.5 })
    expect(streamed.figures(start + 8_000)).toMatchObject({ ofi1: 0, ofi10: NaN })
    expect(streamed.figures(start + 13_000)).toMatchObject({ ofi10: 0, norm10: 0 })
  })

  const moves = fc.array(
    fc.tuple(fc.boolean(), fc.integer({ min: 0, max: 5 }), fc.integer({ min: 0, max: 9 })),
    { maxLength: 40 }
  )
  const messages = (list: readonly (readonly [boolean, number, number])[], swap: boolean, scale = 1) =>
    list.map(([isBid, far, size]) => {
      const level: HandLevel = [isBid !== swap ? 99 - far : 101 + far, size * scale]
      return isBid !== swap ? ([[level], []] as const) : ([[], [level]] as const)
    })
  const flowOf = (list: ReturnType<typeof messages>, swap: boolean, scale = 1) => {
    const streamed = new Streamed(ofi)
    const [bids, asks] = [[[99, 5 * scale]], [[101, 4 * scale]]] as [HandLevel[], HandLevel[]]
    if (swap) streamed.snapshot(start, [[99, 4 * scale]], [[101, 5 * scale]])
    else streamed.snapshot(start, bids, asks)
    for (const [i, [bid, ask]] of list.entries()) streamed.change(start + 9_000 + i, bid, ask)
    return streamed.figures(start + 10_000)
  }

  test('changes its sign when the sides are swapped', () => {
    fc.assert(
      fc.property(moves, (list) => {
        const [one, other] = [flowOf(messages(list, false), false), flowOf(messages(list, true), true)]
        for (const field of ['ofi10', 'norm10', 'multi1', 'multi10'])
          expect(one[field]! + other[field]!).toBeCloseTo(0, 9)
      })
    )
  })

  test('over depth does not care in what unit sizes are counted', () => {
    fc.assert(
      fc.property(moves, fc.integer({ min: 2, max: 50 }), (list, scale) => {
        const one = flowOf(messages(list, false), false)
        const other = flowOf(messages(list, false, scale), false, scale)
        expect(other.ofi10! / scale).toBeCloseTo(one.ofi10!, 9)
        for (const field of ['norm10', 'multi10']) expect(other[field]).toBeCloseTo(one[field]!, 9)
      })
    )
  })

  test('levels are put together over each window: 10 of 11 lots of flow lie 30 s back', () => {
    const streamed = quiet(new Streamed(ofi))
    const half = [0.5, 0.5, 0, 0, 0, 0, 0, 0, 0, 0]
    expect(streamed.run.restore!([0.8, ...half])).toBe(true)
    // The second bid level gets 10 lots, then the touch 1: depths a level (5 + 10 + 4) / 20 and (6 + 10 + 4) / 20.
    streamed.change(start + 40_000, [[98, 10]], []).change(start + 69_900, [[99, 6]], [])
    const { multi1, multi10, multi60, integrated1, integrated10, integrated60 } = streamed.figures(
      start + 70_000
    )
    expect(multi1).toBeCloseTo(0.1 / 1, 12)
    expect(multi10).toBeCloseTo(0.1 / 1, 12)
    expect(multi60).toBeCloseTo(1.1 / 0.975, 12)
    expect(integrated1).toBeCloseTo(0.5 / 1, 12)
    expect(integrated10).toBeCloseTo(0.5 / 1, 12)
    expect(integrated60).toBeCloseTo(5.5 / 0.975, 12)
    expect(quiet(new Streamed(ofi)).why(start + 30_000, 'multi60')!.share).toBeCloseTo(0.5, 9)
  })

  test('remembers how it weighs the levels, and nothing that is no weighing', () => {
    const { run } = new Streamed(ofi)
    expect(run.save!()).toEqual([])
    const weights = [0.8, ...Array<number>(10).fill(0.1)]
    expect(run.restore!(weights)).toBe(true)
    expect(run.save!()).toEqual(weights)
    expect(run.restore!([0.8, 1])).toBe(false)
    expect(run.restore!([2, ...Array<number>(10).fill(0.1)])).toBe(false)
  })

  test.skipIf(!haveAmazon(5))(
    'equals the offline study on a real day, at the touch and put together',
    async () => {
      const session = await amazon(5)
      const rows = lastAt(session.times, 34_200 + 400)
      const flows = Array.from({ length: 5 }, (_, level) => cumulativeOrderFlow(session, level))
      const at = Array.from({ length: rows }, (_, row) => timeOf(session, row))
      const meanDepth = Float64Array.from({ length: rows }, (_, row) => {
        let sum = 0
        for (let level = 0; level < 5; level++)
          sum += session.bids.sizes[level]![row]! + session.asks.sizes[level]![row]!
        return sum / 2 / 10
      })
      // Of rows after `from` up to `to`.
      const depthOf = (from: number, to: number) =>
        meanDepth.slice(from + 1, to + 1).reduce((sum, it) => sum + it, 0) / (to - from)
      const spans: number[][] = []
      for (let first = 1; first < rows;) {
        const second = Math.floor(at[first]! / 1_000)
        let last = first
        while (last + 1 < rows && Math.floor(at[last + 1]! / 1_000) === second) last++
        if (last + 1 < rows)
          spans.push(flows.map((flow) => (flow[last]! - flow[first - 1]!) / depthOf(first - 1, last)))
        first = last + 1
      }
      const columns = Array.from({ length: 10 }, (_, level) => spans.map((span) => span[level] ?? 0))
      const fitted = principalComponent(columns)

      const streamed = new Streamed(ofi)
      let compared = 0
      play(session, rows, streamed, (row) => {
        if (row % 97 !== 0 || at[row]! < at[0]! + 60_000) return
        const { ofi1, ofi10, ofi60 } = streamed.figures(at[row]!)
        for (const [seconds, found] of [
          [1, ofi1],
          [10, ofi10],
          [60, ofi60]
        ] as const) {
          // The window's oldest hundredth leaves as a whole.
          const slot = seconds * 10
          const from = (Math.floor(at[row]! / slot) - 99) * slot
          const before = at.findIndex((time) => time >= from) - 1
          expect(found).toBeCloseTo(flows[0]![row]! - flows[0]![before]!, 6)
        }
        compared++
      })
      expect(compared).toBeGreaterThan(10)
      // Fitted anew when asked a minute later.
      const end = at[rows - 1]!
      const { explained, integrated10 } = streamed.figures(end + 60_000)
      expect(explained).toBeCloseTo(fitted.explained, 9)
      expect(integrated10).toBe(0)
      const now = streamed.figures(end)
      const before = at.findIndex((time) => time >= (Math.floor(end / 100) - 99) * 100) - 1
      const together = flows.reduce(
        (sum, flow, level) => sum + fitted.weights[level]! * (flow[rows - 1]! - flow[before]!),
        0
      )
      expect(now.integrated10).toBeCloseTo(together / depthOf(before, rows - 1), 9)
      const long = at.findIndex((time) => time >= (Math.floor(end / 600) - 99) * 600) - 1
      const plain = flows.reduce((sum, flow) => sum + (flow[rows - 1]! - flow[long]!) / 10, 0)
      expect(now.multi60).toBeCloseTo(plain / depthOf(long, rows - 1), 9)
    }
  )
})
