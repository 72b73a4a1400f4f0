import { expect, test } from 'vitest'
import { Chance } from '../../../src-main/engine/market/chance'
import { mean, rms } from '../../support/facts/statistics'

const draws = (chance: Chance, n: number) => Array.from({ length: n }, () => chance.next())

test('the same seed and name give the same numbers', () => {
  expect(draws(new Chance(7, 'BTC-PERP'), 50)).toEqual(draws(new Chance(7, 'BTC-PERP'), 50))
})

test('another name and another seed give other numbers', () => {
  const own = draws(new Chance(7, 'BTC-PERP'), 5)
  expect(draws(new Chance(7, 'ETH-USDT'), 5)).not.toEqual(own)
  expect(draws(new Chance(8, 'BTC-PERP'), 5)).not.toEqual(own)
})

test('uniform numbers never touch 0 or 1 and average to a half', () => {
  const xs = draws(new Chance(1, ''), 20_000)
  expect(Math.min(...xs)).toBeGreaterThan(0)
  expect(Math.max(...xs)).toBeLessThan(1)
  expect(mean(xs)).toBeCloseTo(0.5, 2)
})

test('normals have mean 0 and deviation 1, exponentials their mean', () => {
  const chance = new Chance(2, '')
  const normals = Array.from({ length: 20_000 }, () => chance.normal())
  const waits = Array.from({ length: 20_000 }, () => chance.exponential(40))
  expect(Math.abs(mean(normals))).toBeLessThan(0.03)
  expect(rms(normals)).toBeCloseTo(1, 1)
  expect(mean(waits) / 40).toBeCloseTo(1, 1)
})
