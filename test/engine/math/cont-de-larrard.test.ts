import { existsSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { queueRaceLimit, queueRaceUp } from '../../../src-main/engine/math/cont-de-larrard'

const reference = new URL('../../../../shared/data/reference/closed_forms.json', import.meta.url).pathname
const queue = fc.integer({ min: 1, max: 40 })

describe('the chance that the ask queue empties first', () => {
  test.skipIf(!existsSync(reference))('is the published integral', () => {
    const { cont_delarrard_2013_p_up: golden } = JSON.parse(readFileSync(reference, 'utf8')) as {
      cont_delarrard_2013_p_up: Readonly<Record<string, number>>
    }
    for (const [name, p] of Object.entries(golden)) {
      const [bid, ask] = /^bid(\d+)_ask(\d+)$/.exec(name)!.slice(1).map(Number)
      expect(queueRaceUp(bid!, ask!)).toBeCloseTo(p, 11)
    }
  })

  test('of one order against two is .30235, and the other way round the rest', () => {
    expect(queueRaceUp(1, 2)).toBeCloseTo(0.30234727368645, 12)
    expect(queueRaceUp(2, 1)).toBeCloseTo(1 - 0.30234727368645, 12)
  })

  test('is a race: the sides share one', () => {
    fc.assert(
      fc.property(queue, queue, (bid, ask) => {
        expect(queueRaceUp(bid, ask) + queueRaceUp(ask, bid)).toBeCloseTo(1, 9)
      }),
      { numRuns: 40 }
    )
  })

  test('depends on the ratio alone where queues are long, without a step on the way there', () => {
    expect(queueRaceUp(400, 100)).toBe(queueRaceLimit(4, 1))
    expect(Math.abs(queueRaceUp(40, 10) - queueRaceLimit(40, 10))).toBeLessThan(5e-4)
    expect(queueRaceUp(0.2, 0.2)).toBeCloseTo(0.5, 12)
    expect(queueRaceUp(NaN, 3)).toBeNaN()
  })
})
