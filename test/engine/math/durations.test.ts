import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Durations } from '../../../src-main/engine/math/durations'

describe('durations', () => {
  it('are told by their median, 99th percentile and longest, each at most 10 % too long', () => {
    const times = fc.array(fc.double({ min: 0.002, max: 60_000, noNaN: true }), { minLength: 1 })
    fc.assert(
      fc.property(times, (list) => {
        const durations = new Durations()
        for (const ms of list) durations.add(ms)
        const sorted = [...list].sort((one, other) => one - other)
        const { p50, p99, most } = durations.take()
        const exact = (share: number) => sorted[Math.ceil(share * list.length) - 1]!
        for (const [told, share] of [
          [p50, 0.5],
          [p99, 0.99]
        ] as const) {
          // prettier-ignore
          expect(told).toBeGreaterThanOrEqual(exact(share) * (1 - 1e-9))
          expect(told).toBeLessThanOrEqual(exact(share) * (1.1 + 1e-9))
        }
        expect(most).toBe(sorted.at(-1))
      })
    )
  })

  it('begin anew when they are taken, and are nothing without one', () => {
    const durations = new Durations()
    durations.add(5)
    durations.add(NaN)
    expect(durations.take().most).toBe(5)
    expect(durations.take()).toEqual({ p50: NaN, p99: NaN, most: NaN })
  })

  it('of several are counted together, each once', () => {
    const [all, one, other] = [new Durations(), new Durations(), new Durations()]
    one.add(1)
    other.add(3)
    all.absorb(one)
    all.absorb(other)
    all.absorb(other)
    const { p50, most } = all.take()
    expect([Math.round(p50), most]).toEqual([1, 3])
  })
})
