import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { tradeFlag } from '../../../src-main/engine/book/changes'
import { DecayedRate } from '../../../src-main/engine/math/decayed-rate'
import { Departures } from '../../../src-main/engine/metrics/departures'
import { flowVelocity } from '../../../src-main/engine/metrics/flow-velocity'
import { Streamed } from './streamed'

const start = 1_000_000
const later = start + 20_000
/** Mid of 10,000: near is within 5 ticks, far within 25. */
const quiet = (streamed: Streamed, at = start): Streamed =>
  streamed.snapshot(
    at,
    [
      [9_999, 50],
      [9_990, 50]
    ],
    [
      [10_001, 50],
      [10_010, 50]
    ]
  )
/** What one event of `size` counts right after it: size / tau. */
const fresh = (size: number): number => size / 5

describe('departures', () => {
  const cancelledOf = (act: (it: Departures) => void): number => {
    let lots = 0
    const departures = new Departures(400, (_at, _price, cancelled) => {
      lots += cancelled
    })
    act(departures)
    departures.pass(10_000)
    return lots
  }

  test('a decrease is an execution as far as trades at its price account for it, whichever is told first', () => {
    expect(cancelledOf((it) => it.left(0, 100, 7))).toBe(7)
    expect(cancelledOf((it) => (it.left(0, 100, 7), it.traded(300, 100, 5)))).toBe(2)
    expect(cancelledOf((it) => (it.traded(0, 100, 5), it.left(300, 100, 7)))).toBe(2)
    expect(cancelledOf((it) => (it.traded(0, 101, 5), it.left(300, 100, 7)))).toBe(7)
  })

  test('however many wait, each is told once and in order, the oldest early where there is no more room', () => {
    const told: number[] = []
    const departures = new Departures(400, (_at, price, lots) => {
      for (let lot = 0; lot < lots; lot++) told.push(price)
    })
    // A few have come and gone, so that what waits begins in the middle of the room there is.
    for (let price = 0; price < 100; price++) departures.left(0, price, 1)
    departures.pass(401)
    for (let price = 100; price < 10_000; price++) departures.left(500, price, 1)
    expect(told.length).toBe(10_000 - 8_192)
    departures.pass(901)
    expect(told).toEqual(Array.from({ length: 10_000 }, (_, price) => price))
  })

  test('among many at other prices those of a price are found, the latest first, again and again', () => {
    const told: [at: number, price: number, lots: number][] = []
    const departures = new Departures(400, (at, price, lots) => told.push([at, price, lots]))
    // Prices 1,024 apart end in the same bits, as long as fewer than 1,024 wait.
    for (let round = 0; round < 20; round++)
      for (const price of [7, 7 + 1_024, 7 + 2_048, -7]) departures.left(round, price, 2)
    departures.traded(20, 7 + 1_024, 3)
    departures.traded(21, 7 + 1_024, 4)
    departures.traded(22, -7, 40)
    departures.traded(23, 7, 39)
    departures.pass(1_000)
    const of = (wanted: number) =>
      told.filter(([, price]) => price === wanted).map(([at, , lots]) => [at, lots])
    expect(of(-7)).toEqual([])
    expect(of(7)).toEqual([[0, 1]])
    expect(of(7 + 2_048)).toHaveLength(20)
    expect(of(7 + 1_024)).toEqual([...Array.from({ length: 16 }, (_, at) => [at, 2]), [16, 1]])
  })

  test('trades too long before or after explain nothing', () => {
    expect(cancelledOf((it) => (it.traded(0, 100, 5), it.left(401, 100, 7)))).toBe(7)
    expect(cancelledOf((it) => (it.left(0, 100, 7), it.pass(401), it.traded(401, 100, 5)))).toBe(7)
  })

  test('what left is what was executed and what was cancelled, in any order', () => {
    const event = fc.tuple(fc.boolean(), fc.constantFrom(1, 257, 513), fc.integer({ min: 1, max: 9 }))
    fc.assert(
      fc.property(fc.array(event, { maxLength: 60 }), (events) => {
        const sum = (isTrade: boolean, price: number) =>
          events.reduce((all, [trade, at, lots]) => all + (trade === isTrade && at === price ? lots : 0), 0)
        const wanted = [1, 257, 513].reduce(
          (all, price) => all + Math.max(0, sum(false, price) - sum(true, price)),
          0
        )
        const found = cancelledOf((it) => {
          for (const [isTrade, price, lots] of events)
            if (isTrade) it.traded(0, price, lots)
            else it.left(0, price, lots)
        })
        expect(found).toBe(wanted)
      })
    )
  })
})

test('a steady stream of 3 a second is a rate of 3', () => {
  const rate = new DecayedRate(5_000)
  for (let at = 0; at < 60_000; at += 10) rate.add(at, 0.03)
  expect(rate.at(60_000)).toBeCloseTo(3, 2)
  expect(rate.at(65_000)).toBeCloseTo(3 / Math.E, 2)
})

describe('flow velocity', () => {
  test('tells added, cancelled and executed apart, by side and band', () => {
    const streamed = quiet(new Streamed(flowVelocity))
    streamed.trade(later, 10_001, 10)
    streamed.change(
      later,
      [
        [9_999, 60],
        [9_990, 20]
      ],
      [[10_001, 25]]
    )
    streamed.change(later + 401, [], [])
    const figures = streamed.figures(later)
    expect(figures['add-bid-near']).toBeCloseTo(fresh(10), 9)
    expect(figures['cancel-bid-far']! / fresh(30)).toBeCloseTo(1, 9)
    expect(figures['trade-ask-near']).toBeCloseTo(fresh(10), 9)
    expect(figures['cancel-ask-near']).toBeCloseTo(fresh(15), 9)
    expect(figures).toMatchObject({ 'cancels-bid-near': 0, 'adds-ask': 0, 'trades-ask-far': 0 })
    for (const once of ['cancels-bid', 'cancels-bid-far', 'adds-bid', 'adds-bid-near', 'trades-ask-near'])
      expect(figures[once], once).toBeCloseTo(fresh(1), 9)
    expect(figures.net).toBeCloseTo(fresh(10 - 30 - -15 - -10), 9)
    expect(figures.cancelToTrade).toBeCloseTo(4.5, 9)
    expect(figures.cancelToAdd).toBeCloseTo(4.5, 9)
  })

  test('net velocity turns with the sides and scales with size', () => {
    const of = (size: number, isBid: boolean): number => {
      const streamed = quiet(new Streamed(flowVelocity))
      const level = [isBid ? 9_998 : 10_002, size] as const
      streamed.change(later, isBid ? [level] : [], isBid ? [] : [level])
      return streamed.figures(later + 100).net!
    }
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_000 }), (size) => {
        expect(of(size, true)).toBeCloseTo(-of(size, false), 9)
        expect(of(7 * size, true) / of(size, true)).toBeCloseTo(7, 9)
      })
    )
  })

  test('accelerates while more comes, and says how unusual that is', () => {
    const streamed = quiet(new Streamed(flowVelocity))
    for (let second = 1; second <= 300; second++)
      streamed.change(start + second * 1_000, [[9_998, 10 * second + (second % 2)]], [])
    expect(streamed.figures(start + 300_000).acceleration).toBeCloseTo(0, 0)
    for (let second = 301; second <= 305; second++)
      streamed.change(start + second * 1_000, [[9_998, 3_000 + 100 * (second - 300)]], [])
    const { acceleration, z } = streamed.figures(start + 305_500)
    expect(acceleration).toBeGreaterThan(5)
    expect(z).toBeGreaterThan(5)
  })

  test('each kind has a history of its own, of both sides and of each', () => {
    const streamed = quiet(new Streamed(flowVelocity))
    let [bids, asks] = [50, 50]
    const go = (second: number, onBid: number, onAsk: number): void => {
      const bid = [9_999, (bids += onBid)] as const
      const ask = [10_001, (asks += onAsk)] as const
      streamed.change(start + second * 1_000, [bid], [ask])
    }
    // 1 and 3 lots come in turn on the bid, and as many on the ask in the other order: both sides together get 4 each time.
    for (let second = 1; second <= 400; second++)
      go(second, second % 2 === 0 ? 1 : 3, second % 2 === 0 ? 3 : 1)
    const before = streamed.figures(start + 400_500)
    expect(Math.abs(before['z-add-bid']!)).toBeLessThan(2)
    expect(before).toMatchObject({ 'z-cancel': NaN, 'z-cancel-bid': NaN, 'z-trade-ask': NaN })
    expect(streamed.why(start + 400_500, 'z-cancel')!.why).toContain('varied')
    for (let second = 401; second <= 403; second++) go(second, 1, 30)
    const after = streamed.figures(start + 403_500)
    expect(after['z-add-ask']).toBeGreaterThan(5)
    expect(after['z-add']).toBeGreaterThan(5)
    expect(after['z-add-bid']).toBeLessThan(0)
    expect(quiet(new Streamed(flowVelocity)).why(later, 'z-add-bid')!.why).toContain('of its own history')
  })

  test('a snapshot is a baseline, not a flow, and nothing is counted over a gap', () => {
    const streamed = quiet(new Streamed(flowVelocity))
    streamed.change(later, [[9_998, 5]], []).gap(later + 1)
    quiet(streamed, later + 2).snapshot(later + 3, [[9_000, 1]], [[9_001, 1]])
    expect(streamed.figures(later + 10_000).net).toBeNaN()
    expect(streamed.why(later + 10_000, 'net')!.why).toContain('Warming up')
    expect(streamed.figures(later + 15_002)).toMatchObject({ net: 0, cancelToTrade: NaN })
  })

  test('leaves out blocks, and levels beyond the far band', () => {
    const streamed = quiet(new Streamed(flowVelocity)).trade(later, 10_001, 10, tradeFlag.block)
    streamed.trade(later, 11_000, 10).change(later, [[9_900, 8]], [])
    expect(streamed.figures(later + 1)).toMatchObject({ net: 0, 'trade-ask-near': 0, 'adds-bid': 0 })
  })
})
