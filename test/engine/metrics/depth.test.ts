import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { depth } from '../../../src-main/engine/metrics/depth'
import { handBook, inverseInstrument, plainInstrument } from '../../support/hand-book'
import { scaled, sides } from './arbitrary-book'
import { figuresOn } from './figures'

describe('depth', () => {
  const book = handBook(
    [
      [9_999, 2],
      [9_980, 5]
    ],
    [[10_001, 4]]
  )

  test('counts each level at its own price: 2 at 9,999 and 5 at 9,980', () => {
    const figures = figuresOn(depth, book)
    expect(figures).toMatchObject({ bidBase5: 2, bidQuote5: 19_998, askBase5: 4, askQuote5: 40_004 })
    expect(figures).toMatchObject({ bidBase25: 7, bidQuote25: 19_998 + 49_900 })
  })

  test('counts inverse contracts as the quote money they are worth, and as base by each price', () => {
    const figures = figuresOn(depth, book, inverseInstrument)
    expect(figures.bidQuote5).toBe(200)
    expect(figures.bidBase5).toBeCloseTo(200 / 9_999, 12)
    expect(figures.bidBase25).toBeCloseTo(200 / 9_999 + 500 / 9_980, 12)
  })

  test('counts a contract of 0.01 base by what it stands for, on grids finer than 1', () => {
    const small = {
      ...plainInstrument,
      price: { decimals: 1, step: 1 },
      size: { decimals: 3, step: 1 },
      contract: { of: 0.01, currency: 'base' as const }
    }
    const { bidBase5, bidQuote5 } = figuresOn(depth, book, small)
    expect(bidBase5).toBeCloseTo(0.00002, 12)
    expect(bidQuote5).toBeCloseTo(0.00002 * 999.9, 12)
  })

  test('is unknown in a band that reaches beyond what a cut snapshot shows', () => {
    const cut = handBook([[9_994, 2]], [[10_006, 4]], false)
    const { bidBase5, bidBase10, askQuote50 } = figuresOn(depth, cut)
    expect(bidBase5).toBe(0)
    expect(bidBase10).toBeNaN()
    expect(askQuote50).toBeNaN()
  })

  test('never shrinks with a wider band, and grows in proportion to size', () => {
    fc.assert(
      fc.property(sides, fc.integer({ min: 2, max: 100 }), (both, factor) => {
        const figures = figuresOn(depth, handBook(both.bids, both.asks))
        const larger = scaled(both, factor)
        const grown = figuresOn(depth, handBook(larger.bids, larger.asks))
        for (const field of ['bidBase', 'askBase', 'bidQuote', 'askQuote']) {
          const bands = [5, 10, 25, 50].map((bps) => figures[`${field}${bps}`]!)
          expect(bands).toEqual([...bands].sort((a, b) => a - b))
          expect(grown[`${field}25`]! / factor).toBeCloseTo(figures[`${field}25`]!, 6)
        }
      })
    )
  })
})
