import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { imbalance } from '../../../src-main/engine/metrics/imbalance'
import { handBook, plainInstrument } from '../../support/hand-book'
import { scaled, sides, swapped } from './arbitrary-book'
import { figuresOf, figuresOn, startOn } from './figures'
import { amazon, haveAmazon, play, timeOf } from './lobster-stream'
import { Streamed } from './streamed'

describe('imbalance', () => {
  test('is +1/3 when the touch bids twice what it asks', () => {
    expect(figuresOn(imbalance, handBook([[99, 2]], [[101, 1]])).l1).toBeCloseTo(1 / 3)
  })

  test('counts all there is of a thin book that is completely known', () => {
    const book = handBook([[99, 3]], [[101, 1]])
    expect(figuresOn(imbalance, book)).toMatchObject({ l5: 0.5, l10: 0.5, l20: 0.5 })
  })

  test('is unknown over more levels than a cut snapshot shows', () => {
    const book = handBook([[99, 3]], [[101, 1]], false)
    const { l1, l5, bps50 } = figuresOn(imbalance, book)
    expect(l1).toBe(0.5)
    expect(l5).toBeNaN()
    expect(bps50).toBeNaN()
  })

  test('takes a band by distance from the mid: 5 bps of 10,000 is 5 ticks', () => {
    const book = handBook(
      [
        [9_995, 3],
        [9_994, 100]
      ],
      [[10_005, 1]]
    )
    expect(figuresOn(imbalance, book)).toMatchObject({ bps5: 0.5, bps10: (103 - 1) / (103 + 1) })
  })

  test('stays within [-1, 1]', () => {
    fc.assert(
      fc.property(sides, ({ bids, asks }) => {
        for (const value of Object.values(figuresOn(imbalance, handBook(bids, asks))))
          expect(Math.abs(value)).toBeLessThanOrEqual(1)
      })
    )
  })

  test('changes sign when the sides are swapped', () => {
    fc.assert(
      fc.property(sides, (both) => {
        const mirrored = swapped(both)
        const before = figuresOn(imbalance, handBook(both.bids, both.asks))
        const after = figuresOn(imbalance, handBook(mirrored.bids, mirrored.asks))
        for (const [field, value] of Object.entries(before)) expect(after[field]! + value).toBeCloseTo(0, 12)
      })
    )
  })

  test('does not care in what unit sizes are counted', () => {
    fc.assert(
      fc.property(sides, fc.integer({ min: 2, max: 1_000 }), (both, factor) => {
        const larger = scaled(both, factor)
        const before = figuresOn(imbalance, handBook(both.bids, both.asks))
        const after = figuresOn(imbalance, handBook(larger.bids, larger.asks))
        for (const [field, value] of Object.entries(before)) expect(after[field]).toBeCloseTo(value, 12)
      })
    )
  })

  test('weighs levels by distance or by rank: 2 at 99 and 4 at 98 against 3 at 101', () => {
    const book = handBook(
      [
        [99, 2],
        [98, 4]
      ],
      [[101, 3]]
    )
    const run = startOn(imbalance, book, plainInstrument, { decay: Math.log(4) })
    // 2 + 4 / 4 and 2 + 4 / 2.
    expect(figuresOf(imbalance, run)).toMatchObject({ exp: 0, rank: expect.closeTo(1 / 7, 12) as number })
  })

  test('weighs nothing where it does not know all that it would weigh', () => {
    const book = handBook([[99, 3]], [[101, 1]], false)
    expect(figuresOn(imbalance, book)).toMatchObject({ exp: NaN, rank: NaN })
  })

  test.skipIf(!haveAmazon(5))(
    'equals the queues of a real day, at the touch and over five levels',
    async () => {
      const session = await amazon(5)
      const streamed = new Streamed(imbalance)
      const sum = (sizes: readonly Float64Array[], row: number, levels: number) =>
        sizes.slice(0, levels).reduce((total, column) => total + column[row]!, 0)
      play(session, 5_000, streamed, (row) => {
        if (row % 53 !== 0) return
        const figures = streamed.figures(timeOf(session, row))
        for (const levels of [1, 5]) {
          const [bid, ask] = [sum(session.bids.sizes, row, levels), sum(session.asks.sizes, row, levels)]
          expect(figures[`l${levels}`]).toBe((bid - ask) / (bid + ask))
        }
      })
    }
  )
})
