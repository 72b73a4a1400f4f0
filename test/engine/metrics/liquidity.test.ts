import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { liquidity } from '../../../src-main/engine/metrics/liquidity'
import { SideCurve } from '../../../src-main/engine/metrics/liquidity/side-curve'
import { handBook } from '../../support/hand-book'
import { sides } from './arbitrary-book'
import { Streamed } from './streamed'

const start = 1_000_000
const width = liquidity.spec.table!.columns.length
const row = (rows: Float64Array, bps: number): number[] => {
  for (let from = 0; from < rows.length; from += width)
    if (rows[from] === bps) return [...rows.slice(from + 1, from + width)]
  return []
}

describe('liquidity against usual', () => {
  /** 10 and 20 in turn on the bid, looked at every 5 s. */
  function hour(looks: number): Streamed {
    const streamed = new Streamed(liquidity).snapshot(start, [[9_999, 10]], [[10_001, 10]])
    for (let look = 0; look < looks; look++) {
      streamed.change(start + look * 5_000, [[9_999, look % 2 === 0 ? 10 : 20]], [])
      streamed.figures(start + look * 5_000)
    }
    return streamed
  }

  test('is depth over its own median: 30 where 10 and 20 were usual is twice as much', () => {
    const streamed = hour(101).change(start + 505_000, [[9_999, 30]], [])
    expect(streamed.figures(start + 505_000)).toMatchObject({ bid5: 2, ask5: 1 })
  })

  test('needs 60 looks, says how many it has, and keeps the median over a gap', () => {
    const streamed = hour(30)
    expect(streamed.figures(start + 150_000).bid5).toBeNaN()
    expect(streamed.why(start + 150_000, 'bid5')!.why).toContain('needs 60 looks')
    const known = hour(100)
      .gap(start + 500_000)
      .snapshot(start + 900_000, [[9_999, 15]], [[10_001, 10]])
    expect(known.figures(start + 900_000).ask5).toBe(1)
  })

  test('the hour is the last one: looks from before a night are forgotten, and with too few of today nothing is usual', () => {
    const minute = 60_000
    const streamed = new Streamed(liquidity).snapshot(start, [[9_999, 10]], [[10_001, 10]])
    const look = (from: number, minutes: number): number => {
      let bid5 = NaN
      for (let at = from; at < from + minutes * minute; at += 5_000) bid5 = streamed.figures(at).bid5!
      return bid5
    }
    expect(look(start, 60)).toBe(1)
    const morning = start + 13 * 60 * minute
    streamed.gap(start + 60 * minute).snapshot(morning, [[9_999, 30]], [[10_001, 10]])
    expect(look(morning, 4)).toBeNaN()
    expect(look(morning + 4 * minute, 2)).toBe(1)
    // A look leaves when it is an hour old: at the end of an hour of 20s, the last 30 has gone.
    streamed.change(morning + 6 * minute, [[9_999, 20]], [])
    expect(look(morning + 6 * minute, 5)).toBeCloseTo(2 / 3, 9)
    expect(look(morning + 11 * minute, 55)).toBe(1)
    const [, low, , high] = row(streamed.run.table!((morning + 66 * minute) as never)!, 5)
    expect([low, high].map((it) => it! / 9_999)).toEqual([20, 20])
  })

  test('is not known of prices at or below zero, as combinations have', () => {
    const curve = new SideCurve([5, 10], 100)
    curve.read(handBook([[-11, 5]], [[-9, 5]]).bids, -10, 1, false)
    expect([...curve.money]).toEqual([NaN, NaN])
  })

  test('has a curve of depth with P10, median and P90 of the hour, and how much of the hour they stand on', () => {
    const streamed = new Streamed(liquidity).snapshot(start, [[9_999, 1]], [[10_001, 10]])
    // 1 to 101 in turn: of a hundred and one looks P10 is the eleventh smallest, P90 the ninety-first.
    for (let look = 0; look < 101; look++) {
      streamed.change(start + look * 5_000, [[9_999, look + 1]], [])
      streamed.figures(start + look * 5_000)
    }
    const [bid, low, usual, high, seen, ask] = row(streamed.run.table!((start + 500_100) as never)!, 5)
    expect([bid, low, usual, high].map((it) => it! / 9_999)).toEqual([101, 11, 51, 91])
    expect(seen).toBe(101 / 720)
    expect(ask).toBe(100_010)
  })

  test('has seen the whole hour after an hour, and no more', () => {
    const rows = hour(721).run.table!((start + 3_600_000) as never)!
    expect(row(rows, 5)[4]).toBe(1)
  })

  test('finds the largest level and says where it stands', () => {
    const bids = Array.from({ length: 20 }, (_, i) => [9_999 - i, i === 9 ? 80 : 4] as const)
    const { wallBid, wallBidBps, wallAsk } = new Streamed(liquidity)
      .snapshot(start, bids, [[10_001, 1]])
      .figures(start)
    expect(wallBid).toBeCloseTo((80 * 9_990) / (4 * 9_990), 1)
    expect(wallBidBps).toBe(10)
    expect(wallAsk).toBeNaN()
  })

  test('knows nothing of what lies beyond the horizon', () => {
    const curve = new SideCurve([5, 10], 50)
    curve.read(handBook([[9_994, 2]], [[10_006, 4]], false).bids, 10_000, 1, false)
    expect([...curve.money]).toEqual([0, NaN])
    expect(curve.wallTimes).toBeNaN()
  })

  test('never shrinks with the distance', () => {
    fc.assert(
      fc.property(sides, ({ bids, asks }) => {
        const curve = new SideCurve([1, 5, 10, 50], 50)
        curve.read(handBook(bids, asks).bids, 10_000, 1, true)
        expect([...curve.money].sort((a, b) => a - b)).toEqual([...curve.money])
      })
    )
  })
})
