import { expect, test } from 'vitest'
import { MicropriceFit, quoteState } from '../../../src-main/engine/math/microprice-table'

test('60 against 40 is bin 6, all on one side is the last bin, and a wide spread is no state', () => {
  expect(quoteState(10, 11, 60, 40)).toEqual({ bin: 6, spread: 1 })
  expect(quoteState(10, 12, 5, 0)).toEqual({ bin: 9, spread: 2 })
  expect(quoteState(10, 13, 5, 5)).toBeUndefined()
  expect(quoteState(10, 10, 5, 5)).toBeUndefined()
})

test('a spread of no whole ticks is no state: the venue quotes finer than its list tells', () => {
  expect(quoteState(10, 11.5, 5, 5)).toBeUndefined()
  expect(quoteState(10, 11.47, 5, 5)).toBeUndefined()
})

test('a state that waits every other time and then rises a tick expects a whole tick, its mirror image a fall', () => {
  const fit = new MicropriceFit()
  const [heavy, even] = [quoteState(10, 11, 9, 1)!, quoteState(10, 11, 5, 5)!]
  fit.add(heavy, heavy, 0)
  fit.add(heavy, even, 1)
  const table = fit.solve()
  expect(table.transitions).toBe(2)
  expect(table.first(1)[9]).toBeCloseTo(1, 12)
  expect(table.first(1)[0]).toBeCloseTo(-1, 12)
  // Nothing is known of what follows the even state: no more moves are expected.
  expect(table.all(1)[9]).toBeCloseTo(1, 12)
  expect(table.all(2)).toEqual(Array(10).fill(0))
})

test('moves to come are added: up one into a state that rises half', () => {
  const fit = new MicropriceFit()
  const [first, then, even] = [
    quoteState(10, 11, 9, 1)!,
    quoteState(10, 11, 8, 3)!,
    quoteState(10, 11, 5, 5)!
  ]
  fit.add(first, then, 1)
  fit.add(then, even, 0.5)
  expect(fit.solve().all(1)[9]).toBeCloseTo(1.5, 12)
})

test('a move of more than a tick is not counted', () => {
  const fit = new MicropriceFit()
  const even = quoteState(10, 11, 5, 5)!
  fit.add(even, even, 1.5)
  expect(fit.solve().transitions).toBe(0)
})
