import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fullBar, groupOf, grouped, rowsOf } from '../../../../src-renderer/panels/ladder/rows'
import { frontier } from '../../../../src-renderer/parts/frontier'

const levels = (...pairs: readonly (readonly [number, number])[]) => Float64Array.from(pairs.flat())

describe('grouping', () => {
  it('names a bid group by its lowest price and an ask group by its highest', () => {
    expect(groupOf(1_019, 10, 'bid')).toBe(1_010)
    expect(groupOf(1_011, 10, 'ask')).toBe(1_020)
    expect(groupOf(1_010, 10, 'ask')).toBe(1_010)
  })
  it('adds up the levels of a group, and sums from the touch', () => {
    const side = grouped(levels([1_009, 3], [1_001, 4], [999, 5]), 10, 'bid')
    expect(side.prices).toEqual([1_000, 990])
    expect(side.lots).toEqual([7, 5])
    expect(side.sums).toEqual([7, 12])
  })
  it('conserves volume and never promises a better price, at any width', () => {
    const book = fc.uniqueArray(
      fc.tuple(fc.integer({ min: 1, max: 5_000 }), fc.integer({ min: 1, max: 1_000 })),
      {
        selector: ([price]) => price,
        minLength: 1,
        maxLength: 80
      }
    )
    const widths = fc.constantFrom(1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000)
    fc.assert(
      fc.property(book, widths, fc.constantFrom('bid', 'ask'), (pairs, width, side) => {
        const sorted = [...pairs].sort((a, b) => (side === 'bid' ? b[0] - a[0] : a[0] - b[0]))
        const result = grouped(levels(...sorted), width, side)
        const volume = pairs.reduce((sum, [, size]) => sum + size, 0)
        expect(result.lots.reduce((sum, size) => sum + size, 0)).toBe(volume)
        expect(result.sums.at(-1)).toBe(volume)
        const [best] = sorted[0]!
        if (side === 'bid') expect(result.prices[0]).toBeLessThanOrEqual(best)
        else expect(result.prices[0]).toBeGreaterThanOrEqual(best)
        expect(new Set(result.prices).size).toBe(result.prices.length)
      })
    )
  })
})

describe('rows', () => {
  const asks = grouped(levels([101, 5], [103, 7], [110, 1]), 1, 'ask')

  it('include the empty prices between levels', () => {
    expect(rowsOf(asks, 1, 0, 4, Infinity)).toEqual([
      { side: 'ask', price: 101, lots: 5, sum: 5 },
      { side: 'ask', price: 102, lots: 0, sum: 5 },
      { side: 'ask', price: 103, lots: 7, sum: 12 },
      { side: 'ask', price: 104, lots: 0, sum: 12 }
    ])
  })
  it('are the same whether or not the first ones are in sight', () => {
    expect(rowsOf(asks, 1, 2, 4, Infinity)).toEqual(rowsOf(asks, 1, 0, 4, Infinity).slice(2))
  })
  it('are unknown, not empty, beyond the known depth', () => {
    const [, , known, unknown] = rowsOf(asks, 1, 0, 4, 103)
    expect(known!.lots).toBe(7)
    expect(unknown!.lots).toBeNaN()
    expect(unknown!.sum).toBeNaN()
  })
  it('are unknown where a group reaches beyond the known depth', () => {
    const wide = grouped(levels([101, 5], [103, 7]), 10, 'ask')
    expect(rowsOf(wide, 10, 0, 1, 105)[0]!.lots).toBeNaN()
  })
  it('are none for an empty side', () => {
    expect(rowsOf(grouped(levels(), 1, 'bid'), 1, 0, 10, -Infinity)).toEqual([])
  })
})

describe('what this window knows', () => {
  it('ends at the last level where as many came as were asked for', () => {
    expect(frontier(levels([101, 1], [105, 1]), 'ask', Infinity, 2)).toBe(105)
    expect(frontier(levels([99, 1], [95, 1]), 'bid', -Infinity, 2)).toBe(95)
  })
  it('ends where the venue says when fewer came', () => {
    expect(frontier(levels([101, 1]), 'ask', 120, 2)).toBe(120)
    expect(frontier(levels([101, 1]), 'ask', Infinity, 2)).toBe(Infinity)
  })
})

describe('a full bar', () => {
  it('is the largest size in an even book', () => {
    expect(fullBar([4, 5, 6, 7])).toBe(7)
  })
  it('is cut for a wall, which then is beyond it', () => {
    expect(fullBar([4, 5, 6, 7, 490])).toBe(7)
  })
})
