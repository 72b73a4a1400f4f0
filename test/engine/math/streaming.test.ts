import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ColumnRings } from '../../../src-main/engine/math/column-rings'
import { correlation } from '../../../src-main/engine/math/correlation'
import { DecayedHistogram } from '../../../src-main/engine/math/decayed-histogram'
import { DecayedMoments } from '../../../src-main/engine/math/decayed-moments'
import { HeldAverage } from '../../../src-main/engine/math/held-average'
import { PriceMap } from '../../../src-main/engine/math/price-map'
import { quantile } from '../../../src-main/engine/math/quantile'
import { RollingQuantile } from '../../../src-main/engine/math/rolling-quantile'
import { SlidingColumns } from '../../../src-main/engine/math/sliding-columns'
import { SlidingSum } from '../../../src-main/engine/math/sliding-sum'

describe('a map of prices', () => {
  test('is at every step what a Map is', () => {
    const step = fc.tuple(
      fc.constantFrom('set', 'delete', 'filter', 'rescale'),
      fc.integer({ min: -40, max: 40 }),
      fc.nat()
    )
    fc.assert(
      fc.property(fc.array(step, { maxLength: 300 }), (steps) => {
        const own = new PriceMap(4)
        let plain = new Map<number, number>()
        for (const [what, price, value] of steps) {
          if (what === 'set') {
            own.set(price, value)
            plain.set(price, value)
          } else if (what === 'delete') {
            own.delete(price)
            plain.delete(price)
          } else if (what === 'filter' && value % 7 === 0) {
            own.filter((it) => it % 2 === 0)
            plain = new Map([...plain].filter(([, it]) => it % 2 === 0))
          } else if (what === 'rescale' && value % 13 === 0 && plain.size < 20) {
            own.rescale(10)
            plain = new Map([...plain].map(([at, it]) => [at * 10, it]))
          }
          expect(own.size).toBe(plain.size)
          for (let at = -40; at <= 40; at++) expect(own.get(at)).toBe(plain.get(at) ?? NaN)
        }
      })
    )
  })
})

describe('a histogram that forgets', () => {
  test('counts an observation half after its half-life', () => {
    const histogram = new DecayedHistogram(0, 1, 10, 1_000)
    histogram.add(0, 0.25)
    histogram.add(1_000, 0.75)
    expect(histogram.weight).toBeCloseTo(1.5, 12)
    expect(histogram.rank(0.5)).toBeCloseTo(1 / 3, 12)
    expect(histogram.quantile(0.5)).toBeCloseTo(0.7 + 0.1 * 0.25, 12)
  })

  test('ranks as a plain count does, to within a bin, and gives the quantile of a rank', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 1, maxLength: 200 }),
        fc.double({ min: 0.01, max: 0.99, noNaN: true }),
        (values, share) => {
          const histogram = new DecayedHistogram(-1, 1, 100, 1e15)
          for (const [at, value] of values.entries()) histogram.add(at, value)
          const below = (limit: number) => values.filter((it) => it < limit).length / values.length
          expect(histogram.rank(0.3)).toBeGreaterThanOrEqual(below(0.28) - 1e-9)
          expect(histogram.rank(0.3)).toBeLessThanOrEqual(below(0.3201) + 1e-9)
          expect(histogram.rank(histogram.quantile(share))).toBeCloseTo(share, 6)
        }
      )
    )
  })

  test('knows the median distance, and runs for a year without losing count', () => {
    const histogram = new DecayedHistogram(-1, 1, 200, 60_000)
    for (let second = 0; second < 400_000; second++) histogram.add(second * 1_000, (second % 3) / 2 - 0.5)
    expect(histogram.medianDistance(0.005)).toBeGreaterThan(0.48)
    expect(histogram.weight).toBeCloseTo(1 / (1 - 2 ** (-1 / 60)), 3)
    expect(histogram.rank(0.7)).toBeCloseTo(1, 9)
  })

  test('is after a restart what it was, and takes no nonsense', () => {
    const histogram = new DecayedHistogram(0, 1, 4, 1_000)
    for (const [at, value] of [0.1, 0.3, 0.3, 0.9].entries()) histogram.add(at * 100, value)
    const next = new DecayedHistogram(0, 1, 4, 1_000)
    expect(next.restore([1, 2, 3])).toBe(false)
    expect(next.restore([1, 2, 3, -1])).toBe(false)
    expect(next.rank(0.5)).toBeNaN()
    expect(next.restore(histogram.save())).toBe(true)
    expect(next.rank(0.5)).toBeCloseTo(histogram.rank(0.5), 5)
    next.add(1e9, 0.5)
    expect(next.weight).toBeCloseTo(histogram.weight + 1, 4)
    // Nothing of before is left where the restored one begins higher, and what comes below it counts.
    expect(next.restore([0, 0, 1, 1])).toBe(true)
    expect([next.rank(0.5), next.rank(0.75)]).toEqual([0, 0.5])
    next.add(2e9, 0.1)
    expect([next.quantile(0.1), next.rank(0.5)]).toEqual([expect.closeTo(0.075), expect.closeTo(1 / 3)])
  })
})

describe('what is kept of the latest', () => {
  test('quantiles are those of the latest values, sorted anew', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 60 }), (values) => {
        const rolling = new RollingQuantile(20)
        for (const [i, value] of values.entries()) {
          rolling.add(value)
          const latest = values.slice(Math.max(0, i - 19), i + 1)
          for (const share of [0, 0.25, 0.5, 1])
            expect(rolling.quantile(share)).toBeCloseTo(quantile(latest, share), 12)
        }
      })
    )
  })

  test('columns take no memory before they are known, and hold the latest rows like any ring', () => {
    const rings = new ColumnRings(3, 100)
    for (let at = 0; at < 250; at++) rings.push(Float64Array.of(at, NaN, at >= 200 ? at : NaN))
    expect(rings.known).toEqual([0, 2])
    expect([rings.length, rings.value(0, 0), rings.value(49, 2), rings.value(50, 2)]).toEqual([
      100,
      150,
      NaN,
      200
    ])
    expect([...rings.copy([2, 0], 98)]).toEqual([248, 248, 249, 249])
    rings.scale(2, 10)
    expect(rings.value(99, 2)).toBe(2_490)
    expect(rings.value(99, 1)).toBeNaN()
  })
})

describe('a sum over a window', () => {
  test('is at any time that of its hundred slots, also where the clock went back', () => {
    const step = fc.tuple(fc.integer({ min: -30, max: 300 }), fc.integer({ min: 0, max: 9 }))
    fc.assert(
      fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
        const sum = new SlidingSum(1_000)
        const added: (readonly [slot: number, value: number])[] = []
        let at = 300
        for (const [passed, value] of steps) {
          at += passed
          sum.add(at, value)
          const slot = Math.floor(at / 10)
          // A place serves one slot at a time: the latest to come.
          for (let i = added.length - 1; i >= 0; i--)
            if (added[i]![0] !== slot && (added[i]![0] - slot) % 100 === 0) added.splice(i, 1)
          added.push([slot, value])
          const wanted = added.reduce(
            (total, [it, size]) => (it > slot - 100 && it <= slot ? total + size : total),
            0
          )
          expect(sum.at(at)).toBe(wanted)
          const oldest = Math.floor((at + value * 40) / 10) - 99
          const ahead = added.reduce(
            (total, [it, size]) => (it >= oldest && it < oldest + 100 ? total + size : total),
            0
          )
          expect(sum.at(at + value * 40)).toBe(ahead)
        }
      })
    )
  })
})

describe('sums over one window', () => {
  test('are each what a sum alone is', () => {
    const step = fc.tuple(
      fc.integer({ min: 0, max: 300 }),
      fc.integer({ min: 0, max: 2 }),
      fc.integer({ min: 0, max: 9 })
    )
    fc.assert(
      fc.property(fc.array(step, { maxLength: 80 }), fc.integer({ min: 0, max: 2_000 }), (steps, later) => {
        const together = new SlidingColumns(1_000, 3)
        const alone = [0, 1, 2].map(() => new SlidingSum(1_000))
        let at = 300
        for (const [passed, column, value] of steps) {
          at += passed
          together.turn(at)
          together.add(column, value)
          alone[column]!.add(at, value)
          expect([...together.read(at)]).toEqual(alone.map((sum) => sum.at(at)))
          // Reading ahead, as a sampler does while nothing comes, must not spoil what is read later.
          const ahead = at + value * 40
          expect([...together.read(ahead)]).toEqual(alone.map((sum) => sum.at(ahead)))
        }
        expect([...together.read(at + later)]).toEqual(alone.map((sum) => sum.at(at + later)))
        together.clear()
        expect([...together.read(at)]).toEqual([0, 0, 0])
      })
    )
  })
})

describe('what time weighs', () => {
  test('moments without forgetting are those of a plain computation', () => {
    const pair = fc.tuple(fc.integer({ min: -99, max: 99 }), fc.integer({ min: -99, max: 99 }))
    fc.assert(
      fc.property(fc.array(pair, { minLength: 3, maxLength: 50 }), (pairs) => {
        const moments = new DecayedMoments(1e12)
        for (const [x, y] of pairs) moments.add(x, y)
        const plain = correlation(
          pairs.map(([x]) => x),
          pairs.map(([, y]) => y)
        )
        if (Number.isNaN(plain)) return
        expect(moments.correlation).toBeCloseTo(plain, 9)
      })
    )
  })

  test('an average of a held value is the same however often it is asked', () => {
    const [once, often] = [new HeldAverage(1_000), new HeldAverage(1_000)]
    for (const average of [once, often]) {
      average.hold(0, 0)
      average.hold(500, 1)
    }
    for (let at = 500; at < 2_000; at += 50) often.value(at)
    expect(often.value(2_000)).toBeCloseTo(once.value(2_000), 12)
    once.hold(3_000, NaN)
    expect(once.value(4_000)).toBeNaN()
  })
})
