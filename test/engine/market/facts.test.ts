import { expect, test } from 'vitest'
import { Chance } from '../../../src-main/engine/market/chance'
import { auc } from '../../support/facts/auc'
import { fitHawkes } from '../../support/facts/hawkes'
import {
  autocorrelation,
  correlation,
  explained,
  kurtosis,
  quantile,
  slope
} from '../../support/facts/statistics'

test('an AUC is 1 for a perfect order, 0 for a reversed one and a half for ties', () => {
  expect(auc([1, 2, 3, 4], [false, false, true, true])).toBe(1)
  expect(auc([4, 3, 2, 1], [false, false, true, true])).toBe(0)
  expect(auc([1, 1, 1, 1], [false, true, false, true])).toBe(0.5)
  expect(auc([1, 2, 3], [false, true, false])).toBe(0.5)
})

test('statistics of numbers a reader can check', () => {
  expect(quantile([3, 1, 2], 0.5)).toBe(2)
  expect(quantile([], 0.5)).toBeNaN()
  expect(autocorrelation([1, -1, 1, -1], 1)).toBe(-0.75)
  expect(correlation([1, 2, 3], [2, 4, 6])).toBeCloseTo(1)
  expect(explained([1, 2, 3], [6, 4, 2])).toBeCloseTo(1)
  expect(slope([0, 1, 2], [1, 3, 5])).toBeCloseTo(2)
  expect(kurtosis([-1, 1, -1, 1])).toBe(1)
})

test('the Hawkes fit finds the branching of a process made by branching', () => {
  const chance = new Chance(5, 'hawkes')
  const times: number[] = []
  const born = (at: number): void => {
    times.push(at)
    if (chance.coin(0.5)) born(at + chance.exponential(1 / 50))
  }
  for (let at = 0; at < 2000; at += chance.exponential(0.5)) born(at)
  times.sort((a, b) => a - b)
  const { branching, beta } = fitHawkes(times.map((it) => it - times[0]!))
  expect(branching).toBeCloseTo(0.5, 1)
  expect(beta).toBeGreaterThan(35)
  expect(beta).toBeLessThan(70)
})
