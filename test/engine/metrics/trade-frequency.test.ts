import { describe, expect, test } from 'vitest'
import { tradeFlag, Trades } from '../../../src-main/engine/book/changes'
import { hawkesResidualP } from '../../../src-main/engine/math/hawkes-residuals'
import { tradeFrequency } from '../../../src-main/engine/metrics/trade-frequency'
import { arrivals } from '../../../src-main/study/microstructure/arrivals'
import { captureMarket } from '../../support/capture-market'
import { millis } from '../../../src-shared/units'
import { haveCapture } from '../../support/captures'
import { Streamed } from './streamed'

const start = 1_800_000 * 500_000
const quiet = (streamed: Streamed, at = start): Streamed => streamed.snapshot(at, [[99, 5]], [[101, 4]])

/** A fixed sequence in [0, 1) that looks random (Lehmer's generator). */
function chance(seed: number): () => number {
  let state = seed
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647
}

/** Event times in s of a planted process, by Ogata's thinning (1981). */
function planted(mu: number, alpha: number, beta: number, count: number, seed: number): number[] {
  const next = chance(seed)
  const times: number[] = []
  let [at, excited] = [0, 0]
  while (times.length < count) {
    const bound = mu + excited
    const wait = -Math.log(1 - next()) / bound
    at += wait
    excited *= Math.exp(-beta * wait)
    if (next() * bound > mu + excited) continue
    times.push(at)
    excited += alpha
  }
  return times
}
const tradesAt = (streamed: Streamed, times: readonly number[]): void => {
  for (const time of times) {
    const trades = new Trades()
    trades.push(100, 1, 1, start + time * 1_000, NaN)
    streamed.run.onTrades!(trades, millis(start + time * 1_000))
  }
}

describe('trading frequency', () => {
  test('three trades in ten seconds are 0.3 a second', () => {
    const streamed = quiet(new Streamed(tradeFrequency))
    for (let i = 0; i < 60; i++) streamed.trade(start + i * 500, 100, i % 2 ? 1 : -1)
    expect(streamed.figures(start + 30_000)).toMatchObject({ trades60: NaN, burst: NaN })
    const { trades1, trades10 } = streamed.figures(start + 29_999)
    expect(trades1).toBeCloseTo(2, 9)
    expect(trades10).toBeCloseTo(2, 9)
    expect(streamed.figures(start + 60_000).trades60).toBeCloseTo(1, 1)
  })

  test('a second of 12 trades among seconds of 1 and 3 is a burst of z 10', () => {
    const streamed = quiet(new Streamed(tradeFrequency), start - 500)
    for (let second = 0; second < 600; second++)
      for (let i = 0; i < (second % 2 ? 3 : 1); i++) streamed.trade(start + second * 1_000 + i, 100, 1)
    for (let i = 0; i < 12; i++) streamed.trade(start + 600_000 + i, 100, 1)
    expect(streamed.figures(start + 600_900).burst).toBeCloseTo(1, 1)
    expect(streamed.figures(start + 601_000).burst).toBeCloseTo(10, 1)
    expect(streamed.figures(start + 602_000).burst).toBeLessThan(0)
  })

  test.each([
    [1, 2, 4],
    [2, 1.5, 5],
    [0.5, 8, 10]
  ])('recovers planted excitation: mu %d, alpha %d, beta %d', (mu, alpha, beta) => {
    const found = [1, 2, 3, 4].map((seed) => {
      const streamed = quiet(new Streamed(tradeFrequency))
      const times = planted(mu, alpha, beta, 1_500, seed)
      tradesAt(streamed, times)
      return streamed.figures(start + times.at(-1)! * 1_000 + 1)
    })
    const mean = (field: string) => found.reduce((sum, it) => sum + it[field]!, 0) / found.length
    expect(Math.abs(mean('branching') - alpha / beta)).toBeLessThan(0.08)
    expect(Math.abs(mean('base') / mu - 1)).toBeLessThan(0.2)
    expect(Math.abs(mean('memory') * beta - 1)).toBeLessThan(0.25)
    for (const { residual } of found) expect(residual).toBeGreaterThan(0.01)
  })

  test('the residuals reject a process that is not the one', () => {
    const times = planted(1, 2, 4, 1_500, 5)
    expect(hawkesResidualP(times, { mu: 1, alpha: 2, beta: 4 })).toBeGreaterThan(0.01)
    const rate = times.length / times.at(-1)!
    expect(hawkesResidualP(times, { mu: rate, alpha: 1e-9, beta: 1 })).toBeLessThan(1e-6)
    expect(hawkesResidualP([1, 2, 3], { mu: 1, alpha: 2, beta: 4 })).toBeNaN()
  })

  test('compares with the usual of this half hour, learned on the days before', () => {
    const streamed = quiet(new Streamed(tradeFrequency))
    const dayMs = 86_400_000
    for (let second = 0; second < 1_800; second++) streamed.trade(start + second * 1_000, 100, 2)
    expect(streamed.run.table!(millis(start + 1_000_000))).toBeUndefined()
    streamed.gap(start + 1_800_000)
    quiet(streamed, start + dayMs)
    const [from, trades, volume, days] = streamed.run.table!(millis(start + dayMs))!
    expect([from! % 1_800, days]).toEqual([0, 1])
    expect(trades).toBeCloseTo(1, 2)
    expect(volume).toBeCloseTo(2, 2)
    for (let i = 0; i < 180; i++) streamed.trade(start + dayMs + 2_000 + i * 300, 100, 1)
    expect(streamed.figures(start + dayMs + 60_000).usual).toBeCloseTo(3, 1)
    const next = new Streamed(tradeFrequency)
    expect(next.run.restore!(streamed.run.save!())).toBe(true)
    expect(next.run.table!(millis(0))).toEqual(streamed.run.table!(millis(0)))
    expect(next.run.restore!([1, 2])).toBe(false)
  })

  test('counts nothing over a gap, and neither blocks nor legs of combinations', () => {
    const streamed = quiet(new Streamed(tradeFrequency))
    tradesAt(streamed, planted(1, 2, 4, 300, 7))
    streamed.gap(start + 1_000_000)
    quiet(streamed, start + 1_001_000).trade(start + 1_001_500, 100, 1, tradeFlag.block)
    streamed.trade(start + 1_001_500, 100, 1, tradeFlag.combo)
    expect(streamed.figures(start + 1_002_000)).toMatchObject({ trades1: 0, trades10: NaN, branching: NaN })
    expect(streamed.why(start + 1_002_000, 'branching')!.share).toBe(0)
  })

  const capture = 'market/binance/cm_btcusd_perp_20240808.gz'
  test.skipIf(!haveCapture(capture))(
    'equals the offline study on real trades',
    async () => {
      const read = await captureMarket(capture)
      if (!read.ok) throw new Error(read.reason)
      const { prints } = read.figures
      const streamed = quiet(new Streamed(tradeFrequency), prints.madeAt[0]!)
      const madeAt = [...new Set(prints.madeAt)].sort((a, b) => a - b)
      for (const at of madeAt) {
        const trades = new Trades()
        trades.push(100, 1, 1, at, NaN)
        streamed.run.onTrades!(trades, millis(at))
      }
      const { branching, base, memory } = streamed.figures(madeAt.at(-1)!)
      const { mle_mu: mu, mle_beta: beta, branching_ratio } = arrivals(read.figures)
      expect([branching, base, memory]).toEqual([branching_ratio, mu, 1 / beta])
    },
    30_000
  )
})
