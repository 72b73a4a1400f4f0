import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { RowRing } from '../../../src-main/engine/math/row-ring'
import { SlidingSum } from '../../../src-main/engine/math/sliding-sum'

describe('a sliding sum', () => {
  test('holds what came in during the window, to the width of a slot', () => {
    const sum = new SlidingSum(1_000, 10)
    sum.add(0, 5)
    sum.add(950, 7)
    expect(sum.at(999)).toBe(12)
    expect(sum.at(1_000)).toBe(7)
    expect(sum.at(1_899)).toBe(7)
    expect(sum.at(1_900)).toBe(0)
  })

  test('lies between the exact sums over the window and over the window less a slot', () => {
    const events = fc.array(fc.tuple(fc.nat(5_000), fc.nat(100)), { maxLength: 200 })
    fc.assert(
      fc.property(events, fc.nat(6_000), (unordered, later) => {
        const inOrder = [...unordered].sort(([one], [other]) => one - other)
        const now = (inOrder.at(-1)?.[0] ?? 0) + later
        const sum = new SlidingSum(1_000, 10)
        for (const [at, value] of inOrder) sum.add(at, value)
        const exact = (span: number) =>
          inOrder.filter(([at]) => at > now - span).reduce((total, [, value]) => total + value, 0)
        expect(sum.at(now)).toBeGreaterThanOrEqual(exact(900))
        expect(sum.at(now)).toBeLessThanOrEqual(exact(1_000))
      })
    )
  })
})

describe('a ring of rows', () => {
  test('is the last rows of an array, whatever was pushed', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 200 }), fc.nat(500), fc.nat(250), (cap, count, from) => {
        const ring = new RowRing(2, cap)
        const rows = Array.from({ length: count }, (_, n) => [n, n * 2])
        const dropped = rows.filter((row) => ring.push(row)).length
        const kept = rows.slice(-cap)
        expect(dropped).toBe(count - kept.length)
        expect(ring.length).toBe(kept.length)
        expect([...ring.copy(from)]).toEqual(kept.slice(from).flat())
        expect(ring.value(0, 1)).toBe(kept[0]?.[1] ?? NaN)
        expect(ring.value(kept.length, 0)).toBeNaN()
      })
    )
  })

  test('gives copies that own their buffer', () => {
    const ring = new RowRing(2, 10)
    ring.push([1, 2])
    expect(ring.copy().buffer.byteLength).toBe(16)
  })
})
