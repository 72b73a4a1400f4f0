import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { imbalanceResting } from '../../../src-main/engine/metrics/imbalance-resting'
import type { Sides } from './arbitrary-book'
import { scaled, sides, swapped } from './arbitrary-book'
import { handBook } from '../../support/hand-book'
import { figuresOn } from './figures'
import { Streamed } from './streamed'

const start = 1_000_000
const ratios = ['l1', 'l5', 'l10', 'calm1', 'calm5', 'calm10'].concat(
  [5, 10].flatMap((bps) => [`bps${bps}`, `calmBps${bps}`])
)

interface Plain {
  readonly price: number
  readonly size: number
  readonly bornAt: number
  readonly goneAt: number
  /** When it came back within ten seconds. */
  readonly backAt: readonly number[]
}

/** Every level that ever was, with all its times. */
class PlainLevels {
  readonly #levels = new Map<number, Plain>()

  constructor({ bids, asks }: Sides) {
    for (const [price, size] of [...bids, ...asks])
      this.#levels.set(price, { price, size, bornAt: -Infinity, goneAt: -Infinity, backAt: [] })
  }

  set(price: number, size: number, at: number): void {
    const before = this.#levels.get(price) ?? { price, size: 0, bornAt: NaN, goneAt: -Infinity, backAt: [] }
    const isBack = before.size === 0 && size > 0
    this.#levels.set(price, {
      ...{ price, size },
      bornAt: isBack ? at : before.bornAt,
      goneAt: before.size > 0 && size === 0 ? at : before.goneAt,
      backAt: isBack && at - before.goneAt < 10_000 ? [...before.backAt, at] : before.backAt
    })
  }

  /** Best first. */
  side(sign: 1 | -1): Plain[] {
    const own = [...this.#levels.values()].filter(
      ({ price, size }) => size > 0 && (price - 10_000) * sign > 0
    )
    return own.sort((a, b) => (a.price - b.price) * sign)
  }
}

describe('imbalance of what stays', () => {
  test('leaves a level out until it is a quarter of a second old', () => {
    const streamed = new Streamed(imbalanceResting).snapshot(start, [[9_999, 1]], [[10_001, 3]])
    streamed.change(start + 1_000, [[10_000, 50]], [])
    const young = streamed.figures(start + 1_200)
    expect(young).toMatchObject({ l5: (1 - 3) / 4, youngBid: 50 / 51, youngAsk: 0 })
    expect(streamed.figures(start + 1_250)).toMatchObject({ l5: (51 - 3) / 54, youngBid: 0 })
  })

  test('counts the next level in place of a young one', () => {
    const bids = [9_999, 9_998, 9_997, 9_996, 9_995].map((price) => [price, 1] as const)
    const streamed = new Streamed(imbalanceResting).snapshot(start, bids, [[10_001, 4]])
    streamed.change(start + 1_000, [[10_000, 50]], [])
    expect(streamed.figures(start + 1_100).l5).toBe((5 - 4) / 9)
  })

  test('halves a level that has flickered once', () => {
    const streamed = new Streamed(imbalanceResting).snapshot(start, [[9_999, 6]], [[10_001, 3]])
    expect(streamed.figures(start + 500).calm5).toBe((6 - 3) / 9)
    streamed.change(start + 1_000, [[9_999, 0]], []).change(start + 1_100, [[9_999, 6]], [])
    expect(streamed.figures(start + 1_100).calm5).toBeCloseTo(0, 12)
    expect(streamed.figures(start + 200_000).calm5).toBeCloseTo(1 / 3, 6)
  })

  test('takes what was there before it looked as old, and warms up after a gap', () => {
    const streamed = new Streamed(imbalanceResting).snapshot(start, [[9_999, 1]], [[10_001, 3]])
    expect(streamed.figures(start + 100).l5).toBeNaN()
    expect(streamed.why(start + 100, 'l5')).toMatchObject({ share: 0.4 })
    expect(streamed.figures(start + 250).l5).toBe(-0.5)
    streamed.gap(start + 300)
    expect(streamed.figures(start + 900).l5).toBeNaN()
  })

  test('of the touch is that of the best level that is old enough, and of a calm one less where it has just come back', () => {
    const streamed = new Streamed(imbalanceResting).snapshot(
      start,
      [
        [9_999, 6],
        [9_998, 2]
      ],
      [[10_001, 3]]
    )
    expect(streamed.figures(start + 500)).toMatchObject({ l1: (6 - 3) / 9, calm1: (6 - 3) / 9 })
    streamed.change(start + 1_000, [[9_999, 0]], []).change(start + 1_000, [[9_999, 6]], [])
    const { l1, calm1 } = streamed.figures(start + 1_000)
    // 6 came back once and is young: half of it is calm, and the old touch is the 2 below.
    expect([l1, calm1]).toEqual([(2 - 3) / 5, 0])
  })

  test('of a band leaves out what is young in it, and counts what flickers less', () => {
    const streamed = new Streamed(imbalanceResting).snapshot(
      start,
      [
        [9_999, 1],
        [9_993, 2],
        [9_970, 9]
      ],
      [
        [10_001, 3],
        [10_020, 9]
      ]
    )
    // Mid 10,000: 5 bps end at 9,995 and 10,005 and 10 bps at 9,990 and 10,010.
    expect(streamed.figures(start + 500)).toMatchObject({ bps5: -2 / 4, bps10: 0 })
    streamed.change(start + 1_000, [[9_994, 5]], [[10_001, 0]]).change(start + 1_000, [], [[10_001, 3]])
    const { bps5, bps10, calmBps5, calmBps10 } = streamed.figures(start + 1_000)
    expect([bps5, bps10, calmBps5]).toEqual([1, 1, (1 - 1.5) / 2.5])
    expect(calmBps10).toBeCloseTo((8 - 1.5) / 9.5, 12)
    // Looked through once a second: a quarter of one later they are old, and are found to be with the next.
    expect(streamed.figures(start + 1_250).bps10).toBe(1)
    expect(streamed.figures(start + 2_000).bps10).toBe((8 - 3) / 11)
    streamed.gap(start + 2_100).snapshot(start + 2_200, [[9_999, 1]], [[10_001, 3]])
    expect(streamed.figures(start + 2_300)).toMatchObject({ bps10: NaN, calmBps10: -2 / 4 })
    expect(streamed.why(start + 2_500, 'bps10')!.why).toContain('needs 1 s of the book, 0 s are watched')
    expect(streamed.figures(start + 3_000)).toMatchObject({ bps10: -2 / 4 })
  })

  test('of a band is unknown where the book does not reach its end', () => {
    const cut = figuresOn(imbalanceResting, handBook([[9_999, 1]], [[10_001, 3]], false))
    expect(cut).toMatchObject({ calm1: -0.5, calmBps5: NaN, calmBps10: NaN })
    const whole = figuresOn(imbalanceResting, handBook([[9_999, 1]], [[10_001, 3]]))
    expect(whole).toMatchObject({ calm1: -0.5, calmBps5: -0.5, calmBps10: -0.5 })
  })

  test('of touch, levels and bands is what a plain computation from all that came and went says', () => {
    const [age, memory] = [250, 10_000]
    const coming = fc.record({
      ...{ isBid: fc.boolean(), off: fc.integer({ min: 1, max: 40 }), size: fc.integer({ min: 0, max: 9 }) },
      after: fc.integer({ min: 1, max: 400 })
    })
    fc.assert(
      fc.property(sides, fc.array(coming, { maxLength: 60 }), (both, list) => {
        const streamed = new Streamed(imbalanceResting).snapshot(start, both.bids, both.asks)
        const plain = new PlainLevels(both)
        let at = start
        for (const { isBid, off, size, after } of list) {
          const price = 10_000 + (isBid ? -off : off)
          at += after
          streamed.change(at, isBid ? [[price, size]] : [], isBid ? [] : [[price, size]])
          plain.set(price, size, at)
        }
        at = Math.max(at, start + age)
        const figures = streamed.figures(at)
        const { bid, ask } = streamed.book.touch
        const mid = (bid + ask) / 2
        const check = (field: string, weigh: (side: readonly Plain[]) => number): void => {
          const [b, a] = [weigh(plain.side(-1)), weigh(plain.side(1))]
          const [found, wanted] = [figures[field]!, (b - a) / (b + a)]
          if (Number.isNaN(wanted)) expect(found, field).toBeNaN()
          else expect(found, field).toBeCloseTo(wanted, 10)
        }
        const old = (level: Plain) => at - level.bornAt >= age
        const sum = (levels: readonly Plain[]) => levels.reduce((all, { size }) => all + size, 0)
        const calm = (levels: readonly Plain[]) =>
          levels.reduce((all, { size, backAt }) => {
            const flicker = backAt.reduce((count, back) => count + Math.exp((back - at) / memory), 0)
            return all + size / (1 + flicker)
          }, 0)
        for (const n of [1, 5, 10]) {
          check(`l${n}`, (side) => sum(side.slice(0, 40).filter(old).slice(0, n)))
          check(`calm${n}`, (side) => calm(side.slice(0, n)))
        }
        for (const bps of [5, 10]) {
          // Of a side without a touch there is no mid.
          const near = ({ price }: Plain) => Math.abs(price - mid) <= (mid * bps) / 1e4
          const isThere = !Number.isNaN(mid)
          check(`bps${bps}`, (side) => (isThere ? sum(side.filter(near).filter(old)) : NaN))
          check(`calmBps${bps}`, (side) => (isThere ? calm(side.filter(near)) : NaN))
        }
      })
    )
  })

  const settled = ({ bids, asks }: Sides) =>
    new Streamed(imbalanceResting).snapshot(start, bids, asks).figures(start + 1_000)

  test('stays within [-1, 1], turns with the sides, and does not care for the unit of sizes', () => {
    fc.assert(
      fc.property(sides, fc.integer({ min: 2, max: 99 }), (both, factor) => {
        const [now, mirrored, larger] = [settled(both), settled(swapped(both)), settled(scaled(both, factor))]
        for (const field of ratios) {
          expect(Math.abs(now[field]!)).toBeLessThanOrEqual(1)
          expect(mirrored[field]! + now[field]!).toBeCloseTo(0, 12)
          expect(larger[field]).toBeCloseTo(now[field]!, 12)
        }
      })
    )
  })

  test('with no age and no flicker is the plain imbalance, whatever comes and goes', () => {
    const levels = fc.array(fc.tuple(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 1, max: 9 })), {
      maxLength: 30
    })
    fc.assert(
      fc.property(levels, (list) => {
        const streamed = new Streamed(imbalanceResting, { age: 0 }).snapshot(
          start,
          [[9_990, 1]],
          [[10_010, 3]]
        )
        for (const [i, [far, size]] of list.entries()) streamed.change(start + i, [[9_980 - far, size]], [])
        const { book } = streamed
        const lots = Array.from({ length: Math.min(5, book.bids.count) }, (_, rank) => book.bids.size(rank))
        const bid = lots.reduce((sum, it) => sum + it, 0)
        expect(streamed.figures(start + 100).l5).toBeCloseTo((bid - 3) / (bid + 3), 12)
      })
    )
  })
})
