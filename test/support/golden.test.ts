import { expect, test } from 'vitest'
import { expectGolden } from './golden'

test('a figure off by more than its tolerance, a missing one and one too many are told', () => {
  const golden = { a: 1, b: [2, null] }
  expect(() => {
    expectGolden({ a: 1 + 5e-10, b: [2, null] }, golden)
  }).not.toThrow()
  const wrong = [
    { a: 1 + 5e-9, b: [2, null] },
    { a: 1, b: [2] },
    { a: 1, b: [2, null], c: 0 },
    { a: NaN, b: [2, null] },
    { a: 1, b: null }
  ]
  for (const found of wrong)
    expect(() => {
      expectGolden(found, golden)
    }).toThrow()
})
