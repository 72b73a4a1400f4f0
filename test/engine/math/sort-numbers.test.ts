import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { remainder } from '../../../src-main/engine/math/remainder'
import { sortNumbers } from '../../../src-main/engine/math/sort-numbers'

describe('numbers in order', () => {
  const number = fc.oneof(
    fc.integer({ min: -5, max: 5 }),
    fc.double({ noNaN: true, min: -1, max: 1 }),
    fc.double({ noNaN: true })
  )

  test('are those that the usual sort gives, however they are spread', () => {
    fc.assert(
      fc.property(fc.array(number, { maxLength: 300, size: 'max' }), (values) => {
        const plain = values.map((it) => it + 0)
        expect([...sortNumbers(Float64Array.from(plain))]).toEqual([...Float64Array.from(plain).sort()])
      })
    )
  })

  test('are in order where most lie together and one lies far off, where all are alike, and with NaN last', () => {
    const close = Array.from({ length: 500 }, (_, n) => ((n * 7_919) % 500) / 1e6)
    const far = [...close, 1e9]
    expect([...sortNumbers(Float64Array.from(far))]).toEqual(far.sort((one, other) => one - other))
    expect([...sortNumbers(new Float64Array(100).fill(3))]).toEqual(Array<number>(100).fill(3))
    const holed = sortNumbers(Float64Array.from([...close, NaN, -Infinity]))
    expect([holed[0], holed[1], holed[501]]).toEqual([-Infinity, 0, NaN])
  })
})

describe('what is left of a number', () => {
  test('is what % says, of times in ms too', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4e12 }), fc.integer({ min: 1, max: 10_000 }), (n, of) => {
        expect(remainder(n, of)).toBe(n % of)
      })
    )
    expect(remainder(NaN, 10)).toBeNaN()
  })
})
