import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { imbalanceResting } from '../../../src-main/engine/metrics/imbalance-resting'
import type { Sides } from './arbitrary-book'
import { scaled, sides, swapped } from './arbitrary-book'
import { Streamed } from './streamed'

const start = 1_000_000

describe('imbalance of what stays', () => {
  test('leaves a level out until it is a quarter of a second old', () => {
    const streamed = new Streamed(imbalanceResting).snapshot(start, [[9_999, 1]], [[10_001, 3]])
    streamed.change(start + 1_000, [[10_000, 50]], [])
    const young = streamed.figures(start + 1_200)
    expect(young).toMatchObject({ l5: (1 - 3) / 4, youngBid: 50 / 51, youngAsk: 0 })
    expect(streamed.figures(start + 1_250)).toMatchObject({ l5: (51 - 3) / 54, youngBid: 0 })
  })

  test('counts the next level in place of a young one', () => {
    const bids = [9_999, 9_998, 9_997, 9_996, 9_995].map((price) => [price, 1] as const)
    const streamed = new Streamed(imbalanceResting).snapshot(start, bids, [[10_001, 4]])
    streamed.change(start + 1_000, [[10_000, 50]], [])
    expect(streamed.figures(start + 1_100).l5).toBe((5 - 4) / 9)
  })

  test('halves a level that has flickered once', () => {
    const streamed = new Streamed(imbalanceResting).snapshot(start, [[9_999, 6]], [[10_001, 3]])
    expect(streamed.figures(start + 500).calm5).toBe((6 - 3) / 9)
    streamed.change(start + 1_000, [[9_999, 0]], []).change(start + 1_100, [[9_999, 6]], [])
    expect(streamed.figures(start + 1_100).calm5).toBeCloseTo(0, 12)
    expect(streamed.figures(start + 200_000).calm5).toBeCloseTo(1 / 3, 6)
  })

  test('takes what was there before it looked as old, and warms up after a gap', () => {
    const streamed = new Streamed(imbalanceResting).snapshot(start, [[9_999, 1]], [[10_001, 3]])
    expect(streamed.figures(start + 100).l5).toBeNaN()
    expect(streamed.why(start + 100, 'l5')).toMatchObject({ share: 0.4 })
    expect(streamed.figures(start + 250).l5).toBe(-0.5)
    streamed.gap(start + 300)
    expect(streamed.figures(start + 900).l5).toBeNaN()
  })

  const settled = ({ bids, asks }: Sides) =>
    new Streamed(imbalanceResting).snapshot(start, bids, asks).figures(start + 1_000)

  test('stays within [-1, 1], turns with the sides, and does not care for the unit of sizes', () => {
    fc.assert(
      fc.property(sides, fc.integer({ min: 2, max: 99 }), (both, factor) => {
        const [now, mirrored, larger] = [settled(both), settled(swapped(both)), settled(scaled(both, factor))]
        for (const field of ['l5', 'l10', 'calm5', 'calm10']) {
          expect(Math.abs(now[field]!)).toBeLessThanOrEqual(1)
          expect(mirrored[field]! + now[field]!).toBeCloseTo(0, 12)
          expect(larger[field]).toBeCloseTo(now[field]!, 12)
        }
      })
    )
  })

  test('with no age and no flicker is the plain imbalance, whatever comes and goes', () => {
    const levels = fc.array(fc.tuple(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 1, max: 9 })), {
      maxLength: 30
    })
    fc.assert(
      fc.property(levels, (list) => {
        const streamed = new Streamed(imbalanceResting, { age: 0 }).snapshot(
          start,
          [[9_990, 1]],
          [[10_010, 3]]
        )
        for (const [i, [far, size]] of list.entries()) streamed.change(start + i, [[9_980 - far, size]], [])
        const { book } = streamed
        const lots = Array.from({ length: Math.min(5, book.bids.count) }, (_, rank) => book.bids.size(rank))
        const bid = lots.reduce((sum, it) => sum + it, 0)
        expect(streamed.figures(start + 100).l5).toBeCloseTo((bid - 3) / (bid + 3), 12)
      })
    )
  })
})
