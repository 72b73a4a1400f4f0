import { describe, expect, test } from 'vitest'
import { tradeFlag } from '../../../src-main/engine/book/changes'
import { spreads } from '../../../src-main/engine/metrics/spreads'
import { PaidTrades } from '../../../src-main/engine/metrics/spreads/paid-trades'
import { captureMarket } from '../../support/capture-market'
import { spreads as studied } from '../../../src-main/study/microstructure/spreads'
import { haveCapture } from '../../support/captures'
import { Streamed } from './streamed'

const start = 1_000_000
const capture = 'market/binance/spot_btcusdt_20240808.gz'
const quiet = (streamed: Streamed): Streamed => streamed.snapshot(start, [[9_999, 5]], [[10_001, 5]])

/** A window that is soon watched from end to end, the shortest there is. */
const brief = { window: 10 }

describe('spreads paid', () => {
  test('a buy at the ask pays 2 bps against a mid of 10,000, and the maker keeps what does not move: 1 bps down is 4', () => {
    const streamed = quiet(new Streamed(spreads, brief)).trade(start + 1_000, 10_001, 3)
    streamed.change(
      start + 1_500,
      [
        [9_998, 5],
        [9_999, 0]
      ],
      [
        [10_000, 5],
        [10_001, 0]
      ]
    )
    expect(streamed.figures(start + 10_000).effective).toBeCloseTo(2, 12)
    const { realised1, impact1 } = streamed.figures(start + 11_000)
    expect(realised1).toBeCloseTo(4, 12)
    expect(impact1).toBeCloseTo(-2, 12)
    expect(streamed.figures(start + 60_000).quoted).toBeCloseTo(2, 3)
  })

  test('effective is what was realised plus the impact, whichever way the mid went', () => {
    const streamed = quiet(new Streamed(spreads, brief))
      .trade(start + 1_500, 10_001, 3)
      .trade(start + 1_600, 9_999, -9)
    streamed.change(start + 1_900, [[10_000, 5]], [])
    const { effective, realised1, impact1 } = streamed.figures(start + 11_000)
    expect(realised1! + impact1!).toBeCloseTo(effective!, 12)
  })

  test('takes the mid before the trade, not one that came with it', () => {
    const streamed = quiet(new Streamed(spreads, brief))
    streamed
      .change(
        start + 1_000,
        [],
        [
          [10_001, 0],
          [10_003, 4]
        ]
      )
      .trade(start + 1_000, 10_001, 1)
    expect(streamed.figures(start + 10_000).effective).toBeCloseTo(2, 12)
  })

  test('are not known of prices at or below zero, as combinations have', () => {
    for (const mid of [0, -10]) {
      const streamed = new Streamed(spreads, brief)
        .snapshot(start, [[mid - 1, 5]], [[mid + 1, 5]])
        .trade(start + 59_500, mid + 1, 3)
      const { quoted, depth, effective } = streamed.figures(start + 60_000)
      expect([quoted, depth, effective]).toEqual([NaN, NaN, NaN])
    }
  })

  test('counts no block, and nothing over a gap', () => {
    const streamed = quiet(new Streamed(spreads, brief)).trade(start + 9_500, 10_001, 3, tradeFlag.block)
    expect(streamed.figures(start + 10_000)).toMatchObject({ effective: NaN, trades: 0 })
    expect(streamed.why(start + 10_000, 'effective')!.why).toContain('Nothing was traded')
    streamed
      .trade(start + 10_700, 10_001, 3)
      .gap(start + 10_900)
      .snapshot(start + 11_000, [[9_000, 1]], [[9_001, 1]])
    expect(streamed.figures(start + 22_000)).toMatchObject({ effective: NaN, realised1: NaN, trades: 0 })
  })

  test('are unknown until their window was watched from end to end, and say of how many trades they will be', () => {
    const streamed = quiet(new Streamed(spreads))
      .trade(start + 1_000, 10_001, 3)
      .trade(start + 1_400, 9_999, -1)
    const young = streamed.figures(start + 1_500)
    expect(young).toMatchObject({ quoted: NaN, effective: NaN, realised1: NaN, impact60: NaN })
    expect(young).toMatchObject({ trades: 2, seen: 1.5 / 300 })
    const why = (field: string) => streamed.why(start + 30_000, field)!.why
    expect(why('quoted')).toBe('Warming up: needs 60 s of quotes, 30 s are watched.')
    expect(why('effective')).toBe('Warming up: needs 5 min of trades, 30 s are watched.')
    expect(why('realised60')).toBe('Warming up: needs 6 min of trades, 30 s are watched.')
    streamed.trade(start + 290_000, 10_001, 1)
    const known = (at: number) =>
      Object.keys(young).filter((field) => !Number.isNaN(streamed.figures(start + at)[field]!))
    expect(known(59_999)).toEqual(['trades', 'seen'])
    expect(known(60_000)).toEqual(['quoted', 'trades', 'seen'])
    expect(known(299_999)).not.toContain('effective')
    expect(known(300_000)).toEqual(['quoted', 'effective', 'trades', 'seen'])
    expect(known(301_000)).toContain('realised1')
    expect(streamed.figures(start + 310_000)).toMatchObject({ trades: 1, seen: 1 })
    expect(known(359_999)).not.toContain('realised60')
    expect(known(360_000)).toEqual(expect.arrayContaining(['realised60', 'impact60']))
    streamed.gap(start + 361_000)
    expect(known(361_000)).toEqual([])
  })

  test('forgets no trade that still waits, however many there are', () => {
    const paid = new PaidTrades([1_000])
    for (let i = 0; i < 5_000; i++) paid.add(start + i / 10, 1, i, i, 1)
    const seen: number[] = []
    paid.settle(start + 1_200, 7, (_, { price }) => seen.push(price))
    expect(seen).toEqual(Array.from({ length: 2_000 }, (_, i) => i))
    paid.settle(start + 9_000, 7, (_, { price }) => seen.push(price))
    expect(seen).toEqual(Array.from({ length: 5_000 }, (_, i) => i))
  })

  test('by size is the average of five levels a side, and unknown with fewer', () => {
    const ladder = (from: number, step: number) =>
      Array.from({ length: 5 }, (_, i) => [from + i * step, 2] as const)
    const streamed = new Streamed(spreads).snapshot(start, ladder(9_999, -1), ladder(10_001, 1))
    expect(streamed.figures(start + 1).depth).toBeCloseTo(6, 12)
    expect(quiet(new Streamed(spreads)).figures(start + 1).depth).toBeNaN()
  })

  test.skipIf(!haveCapture(capture))(
    'equals the offline study on real quotes and trades',
    async () => {
      const read = await captureMarket(capture)
      if (!read.ok) throw new Error(read.reason)
      const { quotes, prints } = read.figures
      // Whole nanoseconds for milliseconds: what comes at the same time stays at the same time.
      const streamed = new Streamed(spreads, { window: 3_600 }).idle(start - 3_660_000)
      const at = (time: number) => start + time / 1e6
      let print = 0
      const tradesBefore = (time: number) => {
        for (; print < prints.count && prints.at[print]! <= time; print++)
          streamed.trade(
            at(prints.at[print]!),
            prints.price[print]!,
            prints.aggressor[print]! * prints.size[print]!
          )
      }
      for (let row = 0; row < quotes.count; row++) {
        tradesBefore(quotes.at[row]! - 1)
        const level = (price: number, size: number, before: number | undefined) =>
          before === undefined || before === price
            ? [[price, size] as const]
            : [[before, 0] as const, [price, size] as const]
        const bid = level(quotes.bid[row]!, quotes.bidSize[row]!, quotes.bid[row - 1])
        const ask = level(quotes.ask[row]!, quotes.askSize[row]!, quotes.ask[row - 1])
        if (row === 0) streamed.snapshot(at(quotes.at[0]!), bid, ask)
        else streamed.change(at(quotes.at[row]!), bid, ask)
      }
      tradesBefore(Infinity)
      const found = streamed.figures(at(quotes.at[quotes.count - 1]!))
      const golden = studied(read.figures)
      const relative = (value: number, wanted: number) => Math.abs(value / wanted - 1)
      expect(relative(found.effective!, golden.effective_bps_volw)).toBeLessThan(1e-9)
      expect(relative(found.realised1!, golden.realized_1s_bps_volw)).toBeLessThan(1e-9)
      expect(relative(found.realised5!, golden.realized_5s_bps_volw)).toBeLessThan(1e-9)
      expect(relative(found.realised10!, golden.realized_10s_bps_volw)).toBeLessThan(1e-9)
    },
    30_000
  )
})
