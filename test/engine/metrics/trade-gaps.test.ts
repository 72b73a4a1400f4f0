import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { tradeFlag } from '../../../src-main/engine/book/changes'
import { tradeGaps } from '../../../src-main/engine/metrics/trade-gaps'
import { millis } from '../../../src-shared/units'
import { Streamed } from './streamed'

const start = 1_000_000_000
/** A trade, and one after each of these times (ms). */
function tradesAfter(gaps: readonly number[], streamed = new Streamed(tradeGaps)) {
  let at = start
  streamed.trade(at, 100, 1)
  for (const gap of gaps) streamed.trade((at += gap), 100, 1)
  return { streamed, at, figures: streamed.figures(at) }
}
const rowsOf = (streamed: Streamed) => {
  const rows = streamed.run.table!(millis(start)) ?? new Float64Array()
  return Array.from({ length: rows.length / 4 }, (_, row) => [...rows.slice(4 * row, 4 * row + 4)])
}
/** Times short beside the five minutes after which half counts: each weighs the same within a thousandth. */
const mixed = [...Array<number>(900).fill(1), ...Array<number>(80).fill(10), ...Array<number>(20).fill(100)]

describe('time between trades', () => {
  test('of 900 times of 1 ms, 80 of 10 and 20 of 100: P5 to P75 are 1 ms, P95 is 10 and P99 is 100', () => {
    const { figures } = tradesAfter(mixed)
    // A bin of the histogram is 4.7 % wide.
    for (const [field, wanted] of [
      ['p5', 0.001],
      ['p25', 0.001],
      ['median', 0.001],
      ['p75', 0.001],
      ['p95', 0.01],
      ['p99', 0.1]
    ] as const)
      expect(Math.abs(Math.log(figures[field]! / wanted)), field).toBeLessThan(0.047)
    expect(figures['seen']).toBeGreaterThan(990)
  })

  test('the distribution has the share of each span, and what lies below its end: 90 %, 98 % and all', () => {
    const rows = rowsOf(tradesAfter(mixed).streamed)
    const told = rows.filter(([, , share]) => share! > 0)
    expect(told.map(([from]) => from!.toPrecision(3))).toEqual(['0.00100', '0.0100', '0.100'])
    for (const [place, [share, below]] of [
      [0.9, 0.9],
      [0.08, 0.98],
      [0.02, 1]
    ].entries()) {
      expect(told[place]![2]).toBeCloseTo(share!, 2)
      expect(told[place]![3]).toBeCloseTo(below!, 2)
    }
    // Between them the spans that hold none stand too: two decades, five spans each, and the last.
    expect(rows).toHaveLength(11)
    for (const [n, [, to]] of rows.slice(0, -1).entries()) expect(to).toBe(rows[n + 1]![0])
  })

  test('shares add up to one, quantiles rise, and each lies where the distribution has it', () => {
    const times = fc.array(fc.integer({ min: 1, max: 5_000 }), { minLength: 60, maxLength: 200 })
    fc.assert(
      fc.property(times, (gaps) => {
        const { streamed, figures } = tradesAfter(gaps)
        const rows = rowsOf(streamed)
        expect(rows.reduce((sum, row) => sum + row[2]!, 0)).toBeCloseTo(1, 9)
        const quantiles = ['p5', 'p25', 'median', 'p75', 'p95', 'p99'].map((field) => figures[field]!)
        expect(quantiles).toEqual([...quantiles].sort((a, b) => a - b))
        for (const [place, share] of [0.05, 0.25, 0.5, 0.75, 0.95, 0.99].entries()) {
          const value = quantiles[place]!
          const [, , own = NaN, below = NaN] = rows.find(
            ([from, to]) => value > from! && value <= to! * 1.0001
          )!
          expect(below).toBeGreaterThan(share - 1e-9)
          expect(below - own).toBeLessThan(share + 1e-9)
        }
      }),
      { numRuns: 30 }
    )
  })

  test('needs 50 times, says so, and has no table before', () => {
    const { streamed, at, figures } = tradesAfter(Array<number>(49).fill(5))
    expect(figures).toMatchObject({ p5: NaN, p99: NaN, seen: 49 })
    expect(rowsOf(streamed)).toEqual([])
    expect(streamed.why(at, 'p5')!.why).toBe('Warming up: needs 50 times between trades, 48 are seen.')
    expect(tradesAfter(Array<number>(60).fill(5)).figures['p99']).toBeCloseTo(0.005, 3)
  })

  test('takes trades of one millisecond as one, leaves out blocks and legs, and takes no time over a gap', () => {
    const { streamed, at } = tradesAfter([5, 0, 0, 5])
    expect(streamed.figures(at)['seen']).toBe(2)
    streamed.trade(at + 5, 100, 1, tradeFlag.block).trade(at + 6, 100, 1, tradeFlag.combo)
    expect(streamed.figures(at + 6)['seen']).toBe(2)
    streamed.gap(at + 7).trade(at + 10_000, 100, 1)
    expect(streamed.figures(at + 10_000)['seen']).toBe(2)
    expect(streamed.trade(at + 10_005, 100, 1, tradeFlag.liquidation).figures(at + 10_005)['seen']).toBe(3)
  })
})
