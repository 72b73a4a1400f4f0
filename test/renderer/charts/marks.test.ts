import { describe, expect, it } from 'vitest'
import { largestTrades, radiusOf } from '../../../src-renderer/charts/marks'
import { handSeries } from '../../support/hand-series'

const trade = (at: number, size: number, side: 1 | -1) => [at, 1_000, size, side, at]

describe('trade marks', () => {
  it('are the largest of the stretch, largest first', () => {
    const rows = [trade(1, 900, 1), trade(10, 5, 1), trade(11, 50, -1), trade(12, 20, 1), trade(99, 800, 1)]
    const { trades } = handSeries([], [], rows)
    expect(largestTrades(trades, 10, 20, 2)).toEqual([
      { at: 11, price: 1_000, size: 50, aggressor: 'sell', kind: 'plain' },
      { at: 12, price: 1_000, size: 20, aggressor: 'buy', kind: 'plain' }
    ])
  })
  it('say of a block that it was agreed apart, of a liquidation that it was forced, and of an improved retail order that the book does not show it', () => {
    const flagged = (flags: number) => [11, 1_000, 5, 1, 1, flags]
    const kinds = [0, 1, 2, 4, 5, 8].map((flags) => {
      const { trades } = handSeries([], [], [flagged(flags)])
      return largestTrades(trades, 10, 20, 1)[0]!.kind
    })
    expect(kinds).toEqual(['plain', 'apart', 'apart', 'forced', 'forced', 'unseen'])
  })
  it('grow in area with the square root of the size', () => {
    const area = (size: number) => radiusOf(size, 10_000) ** 2
    expect(area(10_000) / area(100)).toBeCloseTo(10)
    expect(radiusOf(10_000, 10_000, 11)).toBe(11)
  })
})
