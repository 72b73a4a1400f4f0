import { expect, test } from 'vitest'
import { auc } from '../../../src-main/engine/math/auc'
import { autocorrelation } from '../../../src-main/engine/math/autocorrelation'
import { correlation } from '../../../src-main/engine/math/correlation'
import { covariance } from '../../../src-main/engine/math/covariance'
import { lastAt } from '../../../src-main/engine/math/last-at'
import { fitLogistic } from '../../../src-main/engine/math/logistic'
import { normalCdf } from '../../../src-main/engine/math/normal-cdf'
import { ols } from '../../../src-main/engine/math/ols'
import { principalComponent } from '../../../src-main/engine/math/principal-component'
import { quantile } from '../../../src-main/engine/math/quantile'
import { VolumeBuckets } from '../../../src-main/engine/math/volume-buckets'

test('a quarter of the way between 1 and 5 is 2', () => {
  expect(quantile([5, 1], 0.25)).toBe(2)
  expect(quantile([], 0.5)).toBeNaN()
})

test('covariance and correlation of a line and its mirror', () => {
  expect(covariance([1, 2, 3], [2, 4, 6])).toBe(2)
  expect(covariance([1, 2, 3], [2, 4, 6], 0)).toBeCloseTo(4 / 3, 15)
  expect(correlation([1, 2, 3], [6, 4, 2])).toBeCloseTo(-1, 15)
  expect(correlation([1, 1], [1, 2])).toBeNaN()
})

test('a series that turns every step is its own mirror one step later', () => {
  const turning = Float64Array.from([1, -1, 1, -1, 1, -1])
  expect(autocorrelation(turning, 1)).toBeCloseTo(-1, 15)
  expect(autocorrelation(turning, 2)).toBeCloseTo(1, 15)
  expect(autocorrelation(turning, 6)).toBeNaN()
})

test('auc: every up above every down is 1, a tie is half, a missing label is unknown', () => {
  expect(auc([1, 2, 3, 4], [0, 0, 1, 1])).toBe(1)
  expect(auc([4, 3, 2, 1], [0, 0, 1, 1])).toBe(0)
  expect(auc([1, 1], [0, 1])).toBe(0.5)
  expect(auc([1, 2], [1, 1])).toBeNaN()
})

test('the last of equal times counts, and the first row before all', () => {
  expect([9, 10, 15, 99].map((at) => lastAt([10, 10, 20], at))).toEqual([0, 1, 1, 2])
})

test('the normal distribution at its well known places', () => {
  expect(normalCdf(0)).toBe(0.5)
  expect(normalCdf(1.959963984540054)).toBeCloseTo(0.975, 14)
  expect(normalCdf(-3.090232306167813)).toBeCloseTo(0.001, 15)
  expect(normalCdf(40)).toBe(1)
})

test('ols finds the plane through its points', () => {
  const fit = ols(
    [
      [0, 1, 0, 1, 2],
      [0, 0, 1, 1, 5]
    ],
    [1, 3, 4, 6, 20]
  )
  expect(fit.alpha).toBeCloseTo(1, 12)
  expect(fit.betas[0]).toBeCloseTo(2, 12)
  expect(fit.betas[1]).toBeCloseTo(3, 12)
  expect(fit.r2).toBeCloseTo(1, 12)
})

test('ols of a line with one bump: slope 0.5, half explained', () => {
  // Points (0,0) (1,1) (2,1) about the line 1/6 + x/2: SSR 1/6, SST 2/3, one degree of freedom, so t = 0.5 / sqrt(1/6 / 2).
  const fit = ols([[0, 1, 2]], [0, 1, 1])
  expect(fit.betas[0]).toBeCloseTo(0.5, 14)
  expect(fit.r2).toBeCloseTo(0.75, 14)
  expect(fit.adjustedR2).toBeCloseTo(0.5, 14)
  expect(fit.t[1]).toBeCloseTo(0.5 / Math.sqrt(1 / 12), 12)
})

test('ols refuses collinear regressors and too few rows', () => {
  expect(
    ols(
      [
        [1, 2, 3, 4],
        [2, 4, 6, 8]
      ],
      [1, 0, 1, 0]
    ).r2
  ).toBeNaN()
  expect(ols([[1, 2]], [1, 2]).alpha).toBeNaN()
})

test('a logistic fit meets the shares of both groups, and says when labels are separated', () => {
  const fit = fitLogistic([0, 0, 0, 0, 1, 1, 1, 1], [0, 0, 0, 1, 1, 1, 1, 0])
  expect(fit.intercept).toBeCloseTo(-Math.log(3), 12)
  expect(fit.slope).toBeCloseTo(2 * Math.log(3), 12)
  expect(fitLogistic([0, 1], [0, 1]).slope).toBeNaN()
})

test('two columns that move as one share the first component equally', () => {
  const { weights, explained } = principalComponent([
    [1, 2, 3],
    [1, 2, 3]
  ])
  expect(weights[0]).toBeCloseTo(0.5, 14)
  expect(weights[1]).toBeCloseTo(0.5, 14)
  expect(explained).toBeCloseTo(1, 14)
})

test('volume buckets split trades over their edges and lose nothing', () => {
  const buckets = new VolumeBuckets(10)
  buckets.add(15, 1)
  buckets.add(10, 0)
  // 10 bought; 5 bought and 5 sold; 5 sold stay in the open bucket.
  expect(buckets.imbalances).toEqual([1, 0])
  expect(buckets.vpin(2)).toEqual([0.5])
})
