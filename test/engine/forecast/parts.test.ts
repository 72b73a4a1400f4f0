import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Calibration } from '../../../src-main/engine/forecast/calibration'
import { judge } from '../../../src-main/engine/forecast/judgement'
import { Lead } from '../../../src-main/engine/forecast/lead'
import { Learner, saidColumns } from '../../../src-main/engine/forecast/learner'
import { Scored, scoredWidth } from '../../../src-main/engine/forecast/scored'
import { signalCount, Signals } from '../../../src-main/engine/forecast/signals'
import { Trail } from '../../../src-main/engine/forecast/trail'
import { Chance } from '../../../src-main/engine/market/chance'
import { noDepth } from './planted-market'

const event = fc.record({
  gap: fc.nat(400),
  bid: fc.integer({ min: 95, max: 104 }),
  spread: fc.integer({ min: 1, max: 4 }),
  bidSize: fc.integer({ min: 1, max: 500 }),
  askSize: fc.integer({ min: 1, max: 500 }),
  trade: fc.integer({ min: -50, max: 50 })
})
type Event = typeof event extends fc.Arbitrary<infer It> ? It : never

/** Signals after the events; `mirrored` swaps bid and ask about the price 200. */
function rowOf(events: readonly Event[], mirrored: boolean): Float64Array {
  const signals = new Signals()
  let at = 1_000
  for (const { gap, bid, spread, bidSize, askSize, trade } of events) {
    at += gap
    const sign = mirrored ? -1 : 1
    if (trade !== 0) signals.onTrade(Math.abs(trade), sign * Math.sign(trade), at)
    signals.onTouch(
      mirrored
        ? { bid: 200 - bid - spread, ask: 200 - bid, bidSize: askSize, askSize: bidSize }
        : { bid, ask: bid + spread, bidSize, askSize },
      at
    )
  }
  const row = new Float64Array(signalCount)
  expect(signals.read(at, noDepth, NaN, row)).toBe(true)
  return row
}

describe('signals', () => {
  test('change their sign when the sides are swapped, and stay within -1 and 1', () => {
    fc.assert(
      fc.property(fc.array(event, { minLength: 1, maxLength: 30 }), (events) => {
        const row = rowOf(events, false)
        const mirror = rowOf(events, true)
        for (let i = 0; i < signalCount; i++) {
          expect(row[i]! + mirror[i]!).toBeCloseTo(0, 10)
          expect(Math.abs(row[i]!)).toBeLessThanOrEqual(1)
        }
      })
    )
  })

  test('do not depend on the unit of size', () => {
    fc.assert(
      fc.property(fc.array(event, { minLength: 1, maxLength: 20 }), (events) => {
        const scaled = events.map((it) => ({
          ...it,
          ...{ bidSize: it.bidSize * 1_000, askSize: it.askSize * 1_000, trade: it.trade * 1_000 }
        }))
        const [one, other] = [rowOf(events, false), rowOf(scaled, false)]
        for (let i = 0; i < signalCount; i++) expect(one[i]).toBeCloseTo(other[i]!, 10)
      })
    )
  })
})

describe('the learner', () => {
  const row = (queue: number) => Float64Array.from({ length: signalCount }, (_, i) => (i === 0 ? queue : 0))
  const start = new Float64Array(signalCount)
  const settings = { start, rate: 0.1, calibrationRate: 0.002, overlap: 1, halfLife: 10_000 }
  const said = new Float64Array(saidColumns)
  /** Says what it thinks of the row, and then learns what came. */
  const step = (learner: Learner, queue: number, label: number) => {
    const p = learner.say(row(queue), 0, said, 0)
    learner.learn(row(queue), 0, said, 0, label, 1)
    return p
  }

  test('moves towards what came, and is listened to once that has paid', () => {
    const learner = new Learner(settings)
    expect(step(learner, 1, 1)).toBe(0.5)
    expect(learner.share).toBe(0)
    for (let n = 0; n < 500; n++) step(learner, 1, 1)
    expect(learner.weights[0]).toBeGreaterThan(1)
    expect(learner.share).toBeGreaterThan(0.9)
    expect(step(learner, 1, 1)).toBeGreaterThan(0.7)
  })

  test('what it learned from noise is not listened to', () => {
    const learner = new Learner(settings)
    for (let n = 0; n < 2_000; n++) step(learner, n % 2 === 0 ? 1 : -1, n % 4 < 2 ? 1 : 0)
    expect(learner.share).toBeLessThan(0.2)
  })

  test('what it saved it takes up again', () => {
    const learner = new Learner(settings)
    for (let n = 0; n < 50; n++) step(learner, 1, 1)
    const other = new Learner(settings)
    expect(other.restore(learner.save())).toBe(true)
    expect(other.save()).toEqual(learner.save())
  })

  test('takes up nothing that is not of its shape', () => {
    const learner = new Learner(settings)
    const saved = learner.save()
    expect(learner.restore({ ...saved, weights: [1] })).toBe(false)
    expect(learner.restore({ ...saved, weights: saved.weights.map(() => NaN) })).toBe(false)
    expect(learner.restore({ ...saved, squares: saved.squares.map(() => 0) })).toBe(false)
    expect(learner.restore({ ...saved, calibration: { ...saved.calibration, shifts: [] } })).toBe(false)
    expect(learner.save()).toEqual(saved)
  })
})

describe('the calibration', () => {
  test('of a side that wins seven times of ten comes to say so, whatever the score claims', () => {
    const calibration = new Calibration(0.02)
    const chance = new Chance(3, 'wins')
    let gap = 0
    for (let n = 0; n < 4_000; n++) {
      const p = calibration.probability(0)
      const up = chance.coin(0.7) ? 1 : 0
      if (n >= 1_000) gap += p - up
      calibration.learn(0, p, up, 1)
    }
    expect(calibration.probability(0)).toBeCloseTo(0.7, 1)
    expect(Math.abs(gap) / 3_000).toBeLessThan(0.01)
  })
})

describe('the lead of other venues', () => {
  test('is what they moved and this one has not followed, apart from what always lies between', () => {
    const lead = new Lead()
    expect(lead.look(1_000, 100)).toBeNaN()
    lead.onPeer('a:X', 2_000)
    lead.onPeer('b:X', 500)
    expect(lead.look(1_000, 100)).toBe(0)
    lead.onPeer('a:X', 2_000 * 1.001)
    expect(lead.look(1_000, 100)).toBeCloseTo((1_000 * Math.log(1.001)) / 2, 6)
    lead.onPeer('a:X', NaN)
    expect(lead.look(1_000, 100)).toBe(0)
  })
})

describe('scored forecasts', () => {
  const line = (at: number, p: number, up: number, rest: Readonly<Record<number, number>> = {}) =>
    Float64Array.from({ length: scoredWidth }, (_, i) => rest[i] ?? [at, p, up, 0, 0.5, 0, 0.5][i] ?? 0)

  test('the oldest make room', () => {
    const scored = new Scored(2)
    for (const at of [1, 2, 3]) scored.push(line(at, 0.5, 1))
    expect([...scored.column('at')]).toEqual([2, 3])
  })

  test('some rows of a column are those rows, before and after the ring has turned', () => {
    const scored = new Scored(4)
    for (let at = 1; at <= 7; at++) {
      scored.push(line(at, at / 10, 1))
      const column = scored.column('p')
      const places = [0, column.length - 1]
      expect(scored.some('p', places)).toEqual(places.map((place) => column[place]))
    }
  })

  test('of three forecasts, by hand', () => {
    const scored = new Scored(10)
    // Half spread, moves, what placing brought, filled.
    scored.push(line(0, 0.9, 1, { 7: 0.1, 8: 2, 9: 1.5, 10: 1, 11: 0.5, 12: -1, 13: 1 }))
    scored.push(line(30_000, 0.4, 1))
    scored.push(line(60_000, 0.2, 0))
    const found = judge(scored, { takerFeeBps: 5, makerFeeBps: 2, chance: () => 0.5 })
    expect(found).toMatchObject({ n: 3, blocks: 3, auc: 1, verdict: 'too-little' })
    expect(found.brier).toBeCloseTo((0.01 + 0.36 + 0.04) / 3, 12)
    expect(found.baselines.baseRateLogLoss).toBeCloseTo(Math.LN2, 12)
    // The surest is the first: it gained 2 bps, 1.5 of them after 50 ms, and pays twice half the spread and 5 bps.
    expect(found.money).toMatchObject({ n: 1, grossBps: 2, halfSpreadBps: 0.1, fillShare: 1 })
    expect(found.money.takingBps[0]).toBeCloseTo(1.5 - 0.2 - 10, 12)
    expect(found.money.placingBps).toBeCloseTo(-1 - 7 - 0.1, 12)
  })
})

test('the trail knows what it still holds and nothing else', () => {
  const trail = new Trail(4)
  for (let step = 10; step < 16; step++) trail.push(step, step, step + 2)
  expect([11, 12, 15, 16].map((step) => trail.mid2(step))).toEqual([NaN, 26, 32, NaN])
})

test('whether the touch was beyond a price between two steps is what step by step says', () => {
  const steps = fc.array(fc.option(fc.integer({ min: 1, max: 9 }), { nil: NaN }), { maxLength: 30 })
  const bound = fc.integer({ min: 95, max: 135 })
  fc.assert(
    fc.property(steps, fc.integer({ min: 1, max: 9 }), bound, bound, (bids, price, from, to) => {
      const trail = new Trail(8)
      for (const [place, bid] of bids.entries()) trail.push(100 + place, bid, bid + 1)
      const between = Array.from({ length: Math.max(0, to - from + 1) }, (_, place) => from + place)
      expect(trail.bidWasBelow(price, from, to)).toBe(between.some((step) => trail.bid(step) < price))
      expect(trail.askWasAbove(price, from, to)).toBe(between.some((step) => trail.ask(step) > price))
      expect(trail.bidWasBelow(price, from, NaN) || trail.askWasAbove(price, from, NaN)).toBe(false)
    })
  )
})
