import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { spread } from '../../../src-main/engine/metrics/spread'
import { ticks } from '../../../src-shared/units'
import { handBook, plainInstrument } from '../../support/hand-book'
import { sides, swapped } from './arbitrary-book'
import { figuresOn } from './figures'

describe('spread', () => {
  test('is 2 ticks and 2 bps between 9,999 and 10,001', () => {
    expect(figuresOn(spread, handBook([[9_999, 1]], [[10_001, 1]]))).toEqual({ ticks: 2, bps: 2 })
  })

  test('counts the venue’s own steps when the grid is finer than they are', () => {
    const finer = { ...plainInstrument, tickSize: ticks(10) }
    expect(figuresOn(spread, handBook([[99_990, 1]], [[100_010, 1]]), finer)).toEqual({ ticks: 2, bps: 2 })
  })

  test('is 12 ticks and no bps between -7 and 5, where a combination trades', () => {
    expect(figuresOn(spread, handBook([[-7, 1]], [[5, 1]]))).toEqual({ ticks: 12, bps: NaN })
  })

  test('is positive, and the same when the sides are swapped', () => {
    fc.assert(
      fc.property(sides, (both) => {
        const mirrored = swapped(both)
        const figures = figuresOn(spread, handBook(both.bids, both.asks))
        expect(figures.bps).toBeGreaterThan(0)
        expect(figuresOn(spread, handBook(mirrored.bids, mirrored.asks))).toEqual(figures)
      })
    )
  })
})
