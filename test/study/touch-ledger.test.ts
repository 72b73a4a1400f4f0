import fc from 'fast-check'
import { expect, test } from 'vitest'
import { TouchLedger } from '../../src-main/study/reconstruction/touch-ledger'
import type { TouchValues } from '../../src-main/study/reconstruction/touches'

const touch = (bid: number): TouchValues => [bid, 1, bid + 1, 1]

test('what is settled on the way is what would be settled at the end, quotes that come late included', () => {
  const step = fc.tuple(fc.integer({ min: 1, max: 3 }), fc.boolean(), fc.integer({ min: 0, max: 3 }))
  fc.assert(
    fc.property(fc.array(step, { minLength: 30, maxLength: 120 }), fc.boolean(), (steps, areAll) => {
      const [small, large] = [new TouchLedger(areAll, 24, 8), new TouchLedger(areAll)]
      let id = 0
      const late: (() => void)[] = []
      for (const [on, isEqual, delay] of steps) {
        id += on
        const stamped = { id, touch: touch(isEqual ? id : 0) }
        const book = { id, touch: touch(id) }
        // A quote comes up to three books after the book of its id.
        late.push(() => {
          for (const ledger of [small, large]) ledger.quote(stamped)
        })
        for (const ledger of [small, large]) ledger.book(book)
        while (late.length > delay) late.shift()!()
      }
      for (const tell of late) tell()
      expect(small.check).toEqual(large.check)
      expect(large.check.checks).toBeGreaterThan(0)
    })
  )
})

test('a break takes the quotes away, and what was settled stays', () => {
  const ledger = new TouchLedger(true)
  ledger.quote({ id: 1, touch: touch(5) })
  ledger.book({ id: 1, touch: touch(5) })
  ledger.break()
  ledger.book({ id: 2, touch: touch(9) })
  expect(ledger.check).toMatchObject({ checks: 1, matches: 1, worst: null })
})
