import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { tradeFlag, Trades } from '../../../src-main/engine/book/changes'
import { SortedBook } from '../../../src-main/engine/book/sorted-book'
import { delta } from '../../../src-main/engine/metrics/delta'
import { roundStep } from '../../../src-main/engine/metrics/delta/footprint'
import type { Seen } from '../../../src-main/engine/metrics/metric'
import { cumulativeSignedVolume } from '../../../src-main/study/lobster/order-flow'
import { isTrade } from '../../../src-main/study/lobster/session'
import { millis } from '../../../src-shared/units'
import { changesOf, handBook, inverseInstrument, plainInstrument } from '../../support/hand-book'
import { amazon, haveAmazon, timeOf } from './lobster-stream'
import { Streamed } from './streamed'

const dayMs = 86_400_000
const midnight = 20_000 * dayMs
const quiet = (streamed: Streamed, at = midnight): Streamed => streamed.snapshot(at, [[99, 5]], [[101, 4]])
const tableOf = (streamed: Streamed, at: number) => {
  const rows = streamed.run.table!(millis(at)) ?? new Float64Array()
  return Array.from({ length: rows.length / 6 }, (_, row) => [...rows.slice(6 * row, 6 * row + 6)])
}

describe('volume delta', () => {
  test('is bought less sold: 6 - 2 now, and nothing of it an hour later but in the session', () => {
    const streamed = quiet(new Streamed(delta)).trade(midnight + 1_000, 101, 6)
    streamed.trade(midnight + 2_000, 99, -2)
    expect(streamed.figures(midnight + 60_000)).toMatchObject({ cvd: 4, cvd60: 4, cvd300: NaN, session: 4 })
    expect(streamed.figures(midnight + 3_700_000)).toMatchObject({ cvd: 4, cvd3600: 0, session: 4 })
  })

  test('counts inverse contracts as the base currency they stand for', () => {
    const streamed = quiet(new Streamed(delta, {}, inverseInstrument)).trade(midnight + 1_000, 100, 3)
    expect(streamed.figures(midnight + 2_000).cvd).toBe(3)
  })

  test('a session that was watched in part is unknown, and a new day begins at nothing', () => {
    const streamed = quiet(new Streamed(delta), midnight + dayMs / 2).trade(midnight + dayMs / 2, 100, 3)
    expect(streamed.figures(midnight + dayMs * 0.75)).toMatchObject({ session: NaN, sessionSeen: 1 / 3 })
    expect(streamed.why(midnight + dayMs * 0.75, 'session')!.why).toContain('33 %')
    streamed.trade(midnight + dayMs + 1, 100, -1)
    expect(streamed.figures(midnight + dayMs + 2)).toMatchObject({ session: -1, sessionSeen: 1, cvd: 2 })
  })

  test('counts nothing over a gap', () => {
    const streamed = quiet(new Streamed(delta)).trade(midnight + 59_000, 101, 6)
    quiet(streamed.gap(midnight + 60_000), midnight + 61_000)
    expect(streamed.figures(midnight + 62_000)).toMatchObject({ cvd: 0, cvd60: NaN })
    expect(streamed.figures(midnight + 121_000).cvd60).toBe(0)
  })

  test('another footprint interval begins the footprint anew, and nothing else: sums, session and large orders go on', () => {
    const streamed = quiet(new Streamed(delta))
    for (let n = 0; n < 12_000; n++) streamed.trade(midnight + 100_000 + n, 101, 1)
    const before = streamed.figures(midnight + 3_600_000)
    expect(before).toMatchObject({ cvd: 12_000, cvd60: 0, cvd3600: 12_000, session: 12_000, largeNet: 0 })
    expect(before['large']).toBeGreaterThan(100)
    expect(tableOf(streamed, midnight + 3_600_000)).toHaveLength(1)
    streamed.adjust({ interval: 10 })
    expect(streamed.figures(midnight + 3_600_000)).toEqual(before)
    expect(tableOf(streamed, midnight + 3_600_000)).toEqual([])
    streamed.trade(midnight + 3_600_001, 101, 2).trade(midnight + 3_611_000, 101, 3)
    // The interval that the change fell into began with it, and 10 s later there is the next.
    const from = midnight / 1_000 + 3_600
    expect(tableOf(streamed, midnight + 3_612_000)).toEqual([
      [from, 101, 1, 0, 2, 1],
      [from + 10, 101, 1, 0, 3, 1]
    ])
    streamed.trade(midnight + 3_615_000, 99, -1).adjust({ interval: 300 })
    streamed.trade(midnight + 3_616_000, 101, 4)
    expect(tableOf(streamed, midnight + 3_617_000)).toEqual([[from, 101, 1, 0, 4, 0]])
  })

  test('another history of orders begins what is large anew, with the orders it knows, and nothing else', () => {
    const streamed = quiet(new Streamed(delta))
    for (let n = 0; n < 12_000; n++) streamed.trade(midnight + 1_000 + n, 101, 1)
    streamed.trade(midnight + 200_000, 101, 500).trade(midnight + 200_001, 99, -1)
    const before = streamed.figures(midnight + 400_000)
    expect(before['largeNet']).toBe(101 * 500)
    const after = streamed.adjust({ history: 600 }).figures(midnight + 400_000)
    expect(after['largeNet']).toBeNaN()
    expect(streamed.why(midnight + 500_000, 'largeNet')!.why).toBe(
      'Warming up: needs 5 min of trades, 100 s are watched.'
    )
    expect(after['large']).toBeCloseTo(before['large']!, 4)
    expect({ ...after, large: 0, largeNet: 0 }).toEqual({ ...before, large: 0, largeNet: 0 })
    expect(streamed.figures(midnight + 700_000)).toMatchObject({ largeNet: 0, cvd: 12_499 })
  })

  test('how much of a session must be watched changes the session alone', () => {
    const streamed = quiet(new Streamed(delta), midnight + dayMs / 2).trade(midnight + dayMs / 2, 100, 3)
    expect(streamed.figures(midnight + dayMs * 0.75)).toMatchObject({ session: NaN, cvd: 3 })
    streamed.adjust({ coverage: 0.3 })
    expect(streamed.figures(midnight + dayMs * 0.75)).toMatchObject({ session: 3, cvd: 3 })
  })

  test('leaves out blocks and legs of combinations, not liquidations', () => {
    const streamed = quiet(new Streamed(delta)).trade(midnight + 1, 101, 6, tradeFlag.block)
    streamed.trade(midnight + 1, 101, 5, tradeFlag.combo).trade(midnight + 1, 101, 1, tradeFlag.liquidation)
    expect(streamed.figures(midnight + 2).cvd).toBe(1)
  })

  test('turns with the aggressors, adds up over parts, and scales with size', () => {
    const tape = fc.array(fc.integer({ min: -99, max: 99 }).filter(Boolean), { minLength: 1 })
    const of = (sizes: readonly number[]) => {
      const streamed = quiet(new Streamed(delta))
      for (const size of sizes) streamed.trade(midnight + 1, 100, size)
      return streamed.figures(midnight + 2).cvd!
    }
    fc.assert(
      fc.property(tape, tape, (one, other) => {
        expect(of(one.map((it) => -it))).toBe(-of(one) + 0)
        expect(of([...one, ...other])).toBe(of(one) + of(other))
        expect(of(one.map((it) => 3 * it))).toBe(3 * of(one))
      })
    )
  })

  test('a restart goes on with the session, and refuses nonsense', () => {
    const first = quiet(new Streamed(delta)).trade(midnight + 30_000, 100, 5)
    const saved = first.run.save!()
    const next = new Streamed(delta)
    expect(next.run.restore!(saved)).toBe(true)
    quiet(next, midnight + 30_500)
    expect(next.figures(midnight + 31_000)).toMatchObject({ session: 5, cvd: 0 })
    expect(next.run.restore!([midnight, -1, 0])).toBe(false)
  })

  test.skipIf(!haveAmazon(1))(
    'equals the offline study at times of a real day',
    async () => {
      const session = await amazon(1)
      const signed = cumulativeSignedVolume(session, isTrade)
      const streamed = new Streamed(delta)
      let looked = 0
      for (let row = 0; row < session.rows; row++) {
        if (!isTrade(session.types[row]!)) continue
        streamed.trade(
          timeOf(session, row),
          session.prices[row]!,
          -session.directions[row]! * session.sizes[row]!
        )
        if (looked++ % 100 === 0) expect(streamed.figures(timeOf(session, row)).cvd).toBe(signed[row])
      }
      expect(looked).toBeGreaterThan(1_000)
    },
    30_000
  )
})

describe('the footprint', () => {
  test('has bid and ask volume by price step and minute', () => {
    const streamed = new Streamed(delta, { step: 100 }).snapshot(midnight, [[1_000, 5]], [[1_001, 4]])
    streamed
      .trade(midnight + 1, 1_001, 3)
      .trade(midnight + 2, 1_009, -2)
      .trade(midnight + 3, 1_010, 4)
    streamed.trade(midnight + 60_000, 990, -7)
    const from = midnight / 1_000
    expect(tableOf(streamed, midnight + 60_001)).toEqual([
      [from, 1_000, 10, 2, 3, 1],
      [from, 1_010, 10, 0, 4, 1],
      [from + 60, 990, 5, 7, 0, 1]
    ])
  })

  test('says which interval was not watched from its beginning', () => {
    const streamed = quiet(new Streamed(delta), midnight + 500).trade(midnight + 501, 100, 1)
    expect(tableOf(streamed, midnight + 502)[0]!.at(-1)).toBe(0)
    streamed.trade(midnight + 60_000, 100, 1).gap(midnight + 61_000)
    quiet(streamed, midnight + 62_000)
    expect(tableOf(streamed, midnight + 62_000).map((row) => row.at(-1))).toEqual([0, 0])
  })

  test('says which interval was watched no more at its end, whenever watching goes on', () => {
    const streamed = quiet(new Streamed(delta), midnight)
      .trade(midnight + 10_000, 100, 1)
      .gap(midnight + 30_000)
    quiet(streamed, midnight + 130_000).trade(midnight + 180_000, 100, 1)
    expect(tableOf(streamed, midnight + 181_000).map((row) => row.at(-1))).toEqual([0, 1])
  })

  test('conserves volume, and widens its step when an interval knows too many prices', () => {
    const trades = fc.array(fc.tuple(fc.integer({ min: 1, max: 5_000 }), fc.integer({ min: 1, max: 99 })), {
      minLength: 1,
      maxLength: 400
    })
    fc.assert(
      fc.property(trades, (list) => {
        const streamed = quiet(new Streamed(delta, { step: 0.01 }))
        for (const [price, size] of list) streamed.trade(midnight + 1, price, price % 2 === 0 ? size : -size)
        const rows = tableOf(streamed, midnight + 2)
        const total = rows.reduce((sum, [, , , bid, ask]) => sum + bid! + ask!, 0)
        expect(total).toBe(list.reduce((sum, [, size]) => sum + size, 0))
        expect(rows.length).toBeLessThanOrEqual(128)
        expect(new Set(rows.map(([, price]) => price)).size).toBe(rows.length)
      }),
      { numRuns: 50 }
    )
  })

  test('steps are round', () => {
    expect([roundStep(600_000, 1), roundStep(617_000, 1), roundStep(5, 1), roundStep(1e6, 1)]).toEqual([
      50, 50, 1, 100
    ])
  })
})

describe('large trades', () => {
  test('the thousandth largest of ten thousand is told, with what it was held against', () => {
    const told: Seen[] = []
    const scope = {
      book: handBook([[99, 1]], [[101, 1]]),
      instrument: () => plainInstrument,
      tell: (seen: Seen) => told.push(seen),
      placeOf: () => -1,
      paramsOf: () => ({})
    }
    const run = delta.start(scope, { interval: 60, step: 1, coverage: 0.95, history: 86_400 })
    const trade = (at: number, size: number, sign: 1 | -1 = 1) => {
      const trades = new Trades()
      trades.push(100, size, sign, at, NaN)
      run.onTrades!(trades, millis(at))
    }
    for (let i = 0; i < 10_100; i++) trade(midnight + i * 10, 1 + (i % 100))
    expect(told).toEqual([])
    // Three prints of one order count as one.
    for (let i = 0; i < 3; i++) trade(midnight + 200_000, 60, -1)
    trade(midnight + 300_000, 1)
    expect(told).toMatchObject([{ kind: 'large-trade', side: 'bid', price: 100 }])
    const [money, threshold] = told[0]!.evidence
    expect(money!.value).toBe(18_000)
    expect(threshold!.value / 10_000).toBeCloseTo(1, 1)
    // Half at the threshold, 1 at twice that.
    expect(told[0]!.confidence).toBeCloseTo(18_000 / 10_000 / 2, 1)
    expect(told[0]!.confidence).toBeLessThan(1)
  })

  test('each says how often the mid went on the same way within ten seconds after the ones before', () => {
    const told: Seen[] = []
    const book = new SortedBook()
    const tell = (seen: Seen) => told.push(seen)
    const scope = { book, instrument: () => plainInstrument, tell, placeOf: () => -1, paramsOf: () => ({}) }
    const params = { interval: 60, step: 1, coverage: 0.95, history: 86_400 }
    const run = delta.start(scope, params)
    const trade = (at: number, size: number, sign: 1 | -1) => {
      const trades = new Trades()
      trades.push(100, size, sign, at, NaN)
      run.onTrades!(trades, millis(at))
    }
    /** The mid is 100 + `to` from now on. */
    const move = (at: number, to: number) => {
      const changes = changesOf([[99 + to, 1]], [[101 + to, 1]], { isSnapshot: true })
      book.commit(changes)
      run.onBook!(changes, millis(at))
    }
    move(midnight, 0)
    for (let i = 0; i < 10_100; i++) trade(midnight + i * 10, 1 + (i % 100), 1)
    const large = (at: number, sign: 1 | -1) => {
      trade(midnight + at, 1_000, sign)
      trade(midnight + at + 1, 1, 1)
    }
    large(200_000, 1)
    expect(told[0]).toMatchObject({ kind: 'large-trade', suggests: 'up' })
    expect(told[0]).not.toHaveProperty('followed')
    // Up 1 % after the first; the second, a sale, is followed by no fall but by a gap, and is not counted.
    move(midnight + 205_000, 1)
    move(midnight + 215_000, 1)
    large(216_000, -1)
    expect(told[1]).toMatchObject({ suggests: 'down', followed: { n: 1, share: 1, horizonMs: 10_000 } })
    expect(told[1]!.followed!.meanBps).toBeCloseTo(100, 6)
    run.onGap!(millis(midnight + 217_000))
    move(midnight + 230_000, 5)
    move(midnight + 240_000, 5)
    large(241_000, 1)
    expect(told[2]!.followed!.n).toBe(1)
    const next = delta.start(scope, params)
    expect(next.restore!(run.save!())).toBe(true)
    expect(next.save!()).toEqual(run.save!())
  })
})
