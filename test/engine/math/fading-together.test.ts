import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Fadings } from '../../../src-main/engine/forecast/fading'
import { DecayedRate } from '../../../src-main/engine/math/decayed-rate'
import { DecayedRates } from '../../../src-main/engine/math/decayed-rates'
import { orderStatistic } from '../../../src-main/engine/math/order-statistic'

describe('rates that fade together', () => {
  test('are what each would be alone, of events in order', () => {
    const event = fc.tuple(fc.integer({ min: 0, max: 900 }), fc.integer({ min: 0, max: 2 }), fc.nat(50))
    fc.assert(
      fc.property(fc.array(event, { maxLength: 40 }), (events) => {
        const together = new DecayedRates(5_000, 3)
        const alone = [0, 1, 2].map(() => new DecayedRate(5_000))
        let at = 0
        for (const [wait, which, x] of events) {
          at += wait
          together.add(at, which, x)
          alone[which]!.add(at, x)
        }
        for (const [which, rate] of alone.entries())
          expect(together.at(at + 700, which)).toBeCloseTo(rate.at(at + 700), 9)
      })
    )
  })

  test('what is told late counts as if it had been told in time', () => {
    const late = new DecayedRates(1_000, 2)
    late.add(2_000, 0, 4)
    late.add(1_000, 1, 4)
    expect(late.at(2_000, 0)).toBe(4)
    expect(late.at(2_000, 1)).toBeCloseTo(4 / Math.E, 12)
  })
})

test('sums of several time constants fade each with its own, and a clock that goes back stands still', () => {
  const sums = new Fadings([
    [1_000, 2],
    [500, 1]
  ])
  sums.pass(0)
  for (const sum of [0, 1, 2]) sums.add(sum, sum + 1)
  sums.pass(1_000)
  sums.pass(500)
  expect(sums.value(0)).toBeCloseTo(1 / Math.E, 12)
  expect(sums.value(1)).toBeCloseTo(2 / Math.E, 12)
  expect(sums.value(2)).toBeCloseTo(3 / Math.E ** 2, 12)
})

test('an order statistic is what sorting finds there', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 1, maxLength: 40 }),
      fc.nat(),
      (xs, n) => {
        const rank = n % xs.length
        const sorted = [...xs].sort((one, other) => one - other)
        expect(orderStatistic(Float64Array.from(xs), xs.length, rank)).toBe(sorted[rank])
      }
    )
  )
  expect(orderStatistic(new Float64Array(0), 0, 0)).toBeNaN()
})
