import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { price } from '../../../src-main/engine/metrics/price'
import { handBook } from '../../support/hand-book'
import { scaled, sides, swapped } from './arbitrary-book'
import { figuresOn } from './figures'

describe('price', () => {
  test('leans towards the thinner side: three bid against one asked lie 3/4 of the way up', () => {
    const { mid, microprice, offset } = figuresOn(price, handBook([[9_998, 3]], [[10_002, 1]]))
    expect(mid).toBe(10_000)
    expect(microprice).toBe(10_001)
    expect(offset).toBeCloseTo(1)
  })

  test('is unknown where a side is empty', () => {
    const { mid, microprice, offset } = figuresOn(price, handBook([[99, 3]], []))
    expect([mid, microprice, offset]).toEqual([NaN, NaN, NaN])
  })

  test('keeps the microprice between the touches', () => {
    fc.assert(
      fc.property(sides, ({ bids, asks }) => {
        const { microprice } = figuresOn(price, handBook(bids, asks))
        expect(microprice).toBeGreaterThanOrEqual(bids[0]![0])
        expect(microprice).toBeLessThanOrEqual(asks[0]![0])
      })
    )
  })

  test('turns the offset round when the sides are swapped, and ignores the unit of size', () => {
    fc.assert(
      fc.property(sides, fc.integer({ min: 2, max: 50 }), (both, factor) => {
        const mirrored = swapped(both)
        const larger = scaled(both, factor)
        const { offset } = figuresOn(price, handBook(both.bids, both.asks))
        expect(figuresOn(price, handBook(mirrored.bids, mirrored.asks)).offset).toBeCloseTo(-offset!, 9)
        expect(figuresOn(price, handBook(larger.bids, larger.asks)).offset).toBeCloseTo(offset!, 9)
      })
    )
  })
})
