import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { tradeFlag } from '../../../src-main/engine/book/changes'
import { lastAt } from '../../../src-main/engine/math/last-at'
import { tfi } from '../../../src-main/engine/metrics/tfi'
import { cumulativeSignedVolume } from '../../../src-main/study/lobster/order-flow'
import { isTrade } from '../../../src-main/study/lobster/session'
import { inverseInstrument } from '../../support/hand-book'
import { amazon, haveAmazon, play, timeOf } from './lobster-stream'
import { Streamed } from './streamed'

const start = 1_000_000
const quiet = (streamed: Streamed): Streamed => streamed.snapshot(start, [[99, 5]], [[101, 4]])

describe('trade flow imbalance', () => {
  test('is bought less sold, and as a share of both: 6 - 2 of 8', () => {
    const streamed = quiet(new Streamed(tfi))
      .trade(start + 1_000, 101, 6)
      .trade(start + 2_000, 99, -2)
    expect(streamed.figures(start + 10_000)).toMatchObject({ net10: 4, tfi10: 0.5, net1: 0, tfi1: NaN })
    expect(streamed.why(start + 10_000, 'tfi1')!.why).toContain('Nothing was traded')
  })

  test('counts inverse contracts as the base currency they stand for', () => {
    const streamed = quiet(new Streamed(tfi, {}, inverseInstrument)).trade(start + 1_000, 100, 3)
    expect(streamed.figures(start + 10_000).net10).toBe(3)
  })

  test('leaves out blocks and legs of combinations, not liquidations', () => {
    const streamed = quiet(new Streamed(tfi))
    streamed.trade(start + 1_000, 101, 6, tradeFlag.block).trade(start + 1_000, 101, 5, tradeFlag.combo)
    streamed.trade(start + 1_000, 101, 1, tradeFlag.liquidation)
    expect(streamed.figures(start + 10_000).net10).toBe(1)
  })

  test('counts nothing over a gap', () => {
    const streamed = quiet(new Streamed(tfi))
      .trade(start + 1_000, 101, 6)
      .gap(start + 2_000)
    quiet(streamed)
    expect(streamed.figures(start + 5_000).net10).toBeNaN()
    expect(streamed.figures(start + 11_000).net10).toBe(0)
  })

  test('stays within [-1, 1], turns with the aggressors, and adds up over parts', () => {
    const tape = fc.array(
      fc.integer({ min: -99, max: 99 }).filter((it) => it !== 0),
      { minLength: 1 }
    )
    const netOf = (sizes: readonly number[]) => {
      const streamed = quiet(new Streamed(tfi))
      for (const size of sizes) streamed.trade(start + 9_500, 100, size)
      return streamed.figures(start + 10_000)
    }
    fc.assert(
      fc.property(tape, tape, (one, other) => {
        expect(Math.abs(netOf(one).tfi10!)).toBeLessThanOrEqual(1)
        expect(netOf(one.map((it) => -it)).net10).toBe(-netOf(one).net10! + 0)
        expect(netOf([...one, ...other]).net10).toBe(netOf(one).net10! + netOf(other).net10!)
      })
    )
  })

  test.skipIf(!haveAmazon(1))('equals the offline study on a real day', async () => {
    const session = await amazon(1)
    const rows = lastAt(session.times, 34_200 + 300)
    const signed = cumulativeSignedVolume(session, isTrade)
    const at = Array.from({ length: rows }, (_, row) => timeOf(session, row))
    const streamed = new Streamed(tfi)
    let traded = 0
    play(session, rows, streamed, (row) => {
      if (row % 31 !== 0 || at[row]! < at[0]! + 60_000) return
      const before = at.findIndex((time) => time >= (Math.floor(at[row]! / 600) - 99) * 600) - 1
      expect(streamed.figures(at[row]!).net60).toBeCloseTo(signed[row]! - signed[before]!, 9)
      if (signed[row] !== signed[before]) traded++
    })
    expect(traded).toBeGreaterThan(10)
  })
})
