import fc from 'fast-check'
import { expect, test } from 'vitest'
import { shareInterval } from '../../../src-main/engine/math/share-interval'

test('5 of 10 lie between 24 and 76 %, as Wilson’s table says', () => {
  const [low, high] = shareInterval(5, 10)
  expect(low).toBeCloseTo(0.2366, 4)
  expect(high).toBeCloseTo(0.7634, 4)
})

test('none of 10 is not never', () => {
  const [low, high] = shareInterval(0, 10)
  expect(low).toBeCloseTo(0, 12)
  expect(high).toBeCloseTo(0.2775, 4)
})

test('holds the share, stays in [0, 1] and knows nothing of nothing', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1e6 }), fc.double({ min: 0, max: 1, noNaN: true }), (n, share) => {
      const hits = Math.round(share * n)
      const [low, high] = shareInterval(hits, n)
      expect(low).toBeGreaterThanOrEqual(0)
      expect(low).toBeLessThanOrEqual(hits / n + 1e-12)
      expect(high).toBeGreaterThanOrEqual(hits / n - 1e-12)
      expect(high).toBeLessThanOrEqual(1)
    })
  )
  expect(shareInterval(0, 0)).toEqual([NaN, NaN])
})
