import { describe, expect, test } from 'vitest'
import { Chance } from '../../../src-main/engine/market/chance'
import { auc } from '../../../src-main/engine/math/auc'
import {
  areaInterval,
  meanInterval,
  quantileInterval,
  slopeInterval,
  studentReach
} from '../../../src-main/engine/math/stretch-interval'

test('of a few independent values it is Student’s own', () => {
  // Of 1..5: mean 3, standard error sqrt(2.5 / 5), 2.776 of it with four degrees of freedom.
  const [low, high] = meanInterval([1, 2, 3, 4, 5])
  expect((low + high) / 2).toBeCloseTo(3, 12)
  expect((high - low) / 2).toBeCloseTo(2.776 * Math.sqrt(0.5), 1)
  expect(studentReach(19)).toBeCloseTo(2.093, 3)
  expect(studentReach(Infinity)).toBeCloseTo(1.96, 3)
})

test('nothing is claimed of fewer than five rows, nor of no value', () => {
  expect(meanInterval([1, 2, 3, 4])).toEqual([NaN, NaN])
  expect(areaInterval([1, 2, 3, 4, 5], [1, 1, 1, 1, 1])).toEqual([NaN, NaN])
  expect(slopeInterval([1, 1, 1, 1, 1], [1, 2, 3, 4, 5])).toEqual([NaN, NaN])
})

test('weights are shares of the whole: what weighs nothing widens nothing', () => {
  const [low, high] = meanInterval([2, 2, 2, 2, 90, 2], [1, 1, 1, 1, 0, 5])
  expect([low, high]).toEqual([2, 2])
})

test('the area’s interval stands around the area, ties counted half', () => {
  const scores = [1, 2, 2, 3, 4, 4, 5, 6]
  const labels = [0, 0, 1, 0, 1, 0, 1, 1]
  const [low, high] = areaInterval(scores, labels)
  expect((low + high) / 2).toBeCloseTo(auc(scores, labels), 12)
  expect(low).toBeLessThan(high)
})

test('a median of 100 values lies between the 40th and the 61st', () => {
  const values = Array.from({ length: 100 }, (_, i) => 100 - i)
  expect(quantileInterval(values, 0.5)).toEqual([40, 61])
  expect(quantileInterval([3, 1, 2], 0.5)).toEqual([NaN, NaN])
})

describe('rows that follow one another', () => {
  /** Of 300 worlds of 2,000 rows, each carrying 0.9 of the one before, how often the interval holds the truth. */
  const covers = (isIn: (x: Float64Array, y: Float64Array) => boolean): number => {
    let covered = 0
    for (let world = 0; world < 300; world++) {
      const chance = new Chance(world, 'intervals')
      const series = (): Float64Array => {
        let last = 0
        return Float64Array.from({ length: 2_000 }, () => {
          const noise = Math.sqrt(-2 * Math.log(chance.next())) * Math.cos(2 * Math.PI * chance.next())
          return (last = 0.9 * last + noise)
        })
      }
      if (isIn(series(), series())) covered++
    }
    return covered / 300
  }
  const holds = (truth: number, [low, high]: readonly [number, number]) => low <= truth && truth <= high

  test('95 % of the intervals of a mean and of a slope hold the truth, within 5 %', () => {
    const mean = covers((x) => holds(0, meanInterval(x)))
    expect(mean).toBeGreaterThan(0.9)
    expect(mean).toBeLessThan(0.98)
    const slope = covers((x, y) => holds(0, slopeInterval(x, y)))
    expect(slope).toBeGreaterThan(0.9)
    expect(slope).toBeLessThan(0.98)
  })
})
