import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { tradeFlag } from '../../../src-main/engine/book/changes'
import { normalCdf } from '../../../src-main/engine/math/normal-cdf'
import { VolumeBuckets } from '../../../src-main/engine/math/volume-buckets'
import { vpin } from '../../../src-main/engine/metrics/vpin'
import { trueSignVpin } from '../../../src-main/study/lobster/toxicity'
import { isTrade } from '../../../src-main/study/lobster/session'
import { captureMarket } from '../../support/capture-market'
import { vpin as studied } from '../../../src-main/study/microstructure/traded'
import { haveCapture } from '../../support/captures'
import { amazon, haveAmazon, timeOf } from './lobster-stream'
import { Streamed } from './streamed'

const start = 1_000_000_000
const minute = 60_000
const quiet = (streamed: Streamed, at = start): Streamed => streamed.snapshot(at, [[99, 5]], [[101, 4]])
/** Pairs of a buy of 3 and a sale of 1 fill buckets of 4, half of each one-sided. */
const lopsided = (streamed: Streamed, buckets: number, from = start): Streamed => {
  for (let i = 0; i < buckets; i++)
    streamed.trade(from + i * 1_000, 101, 3).trade(from + i * 1_000 + 500, 99, -1)
  return streamed
}

describe('volume-synchronised probability of informed trading', () => {
  test('is one half where three of four are bought, and warms up until 50 buckets are full', () => {
    const streamed = lopsided(quiet(new Streamed(vpin, { bucket: 4 })), 49)
    expect(streamed.figures(start + 49_000)).toMatchObject({ vpin: NaN, bucket: 4, filled: 0 })
    expect(streamed.why(start + 49_000, 'vpin')).toMatchObject({ share: 0.98 })
    lopsided(streamed, 1, start + 49_000)
    expect(streamed.figures(start + 50_000)).toMatchObject({ vpin: 0.5, watched: 1, rank: NaN })
    expect(streamed.why(start + 50_000, 'rank')!.why).toContain('of its own history')
  })

  test('a trade larger than a bucket fills several', () => {
    const streamed = quiet(new Streamed(vpin, { bucket: 2 })).trade(start + 1_000, 101, 101)
    expect(streamed.figures(start + 2_000)).toMatchObject({ vpin: 1, filled: 0.5 })
  })

  test('buckets conserve volume, however it is cut, and stay within [0, 1]', () => {
    const trades = fc.array(fc.integer({ min: -500, max: 500 }), { minLength: 1, maxLength: 200 })
    fc.assert(
      fc.property(trades, fc.integer({ min: 1, max: 300 }), (sizes, size) => {
        let net = 0
        let full = 0
        const buckets = new VolumeBuckets(size, (imbalance) => {
          full++
          net += imbalance * size
          expect(imbalance).toBeGreaterThanOrEqual(0)
          expect(imbalance).toBeLessThanOrEqual(1 + 1e-9)
        })
        for (const it of sizes) buckets.add(Math.abs(it), it > 0 ? 1 : 0)
        const total = sizes.reduce((sum, it) => sum + Math.abs(it), 0)
        expect((full + buckets.filled) * size).toBeCloseTo(total, 6)
        expect(net).toBeLessThanOrEqual(total + 1e-6)
      })
    )
  })

  test('does not know the sides apart, nor the unit of size', () => {
    const tape = fc.array(fc.integer({ min: -9, max: 9 }).filter(Boolean), { minLength: 150, maxLength: 200 })
    const of = (sizes: readonly number[], factor: number) => {
      const streamed = quiet(new Streamed(vpin, { bucket: 3 * Math.abs(factor) }))
      for (const [i, size] of sizes.entries()) streamed.trade(start + i * 100, 100, size * factor)
      return streamed.figures(start + 30_000).vpin!
    }
    fc.assert(
      fc.property(tape, (sizes) => {
        expect(of(sizes, -1)).toBeCloseTo(of(sizes, 1), 9)
        expect(of(sizes, 8)).toBeCloseTo(of(sizes, 1), 9)
      }),
      { numRuns: 25 }
    )
  })

  test('takes the bucket from the volume of the last day: 1 a second is 1,728 a fiftieth day', () => {
    const streamed = quiet(new Streamed(vpin))
    for (let second = 1; second < 1_800; second++) streamed.trade(start + second * 1_000, 100, 1)
    expect(streamed.figures(start + 1_799_000).bucket).toBeNaN()
    expect(streamed.why(start + 1_799_000, 'vpin')!.why).toContain('half an hour')
    streamed.trade(start + 1_800_000, 100, 1)
    expect(streamed.figures(start + 1_800_000).bucket).toBeCloseTo(1_728, 6)
  })

  test('guesses by minutes: half of a minute whose price stood still, Phi of a step by the usual one', () => {
    const streamed = quiet(new Streamed(vpin, { bucket: 1 }))
    const steps: number[] = []
    const found: number[] = []
    let price = 1_000
    for (let i = 0; i < 40; i++) {
      const step = [2, -1, 0, 5, -3][i % 5]!
      price += step
      streamed.trade(start + i * minute, price, 60)
      if (i > 0) steps.push(step)
      found.push(streamed.figures(start + i * minute + 1).bulk!)
    }
    // The bar of the last step but one has just been poured: 50 equal buckets of it make the figure.
    const known = steps.slice(0, -1)
    const mean = known.reduce((sum, it) => sum + it, 0) / known.length
    const sigma = Math.sqrt(known.reduce((sum, it) => sum + (it - mean) ** 2, 0) / known.length)
    expect(found.at(-1)).toBeCloseTo(Math.abs(2 * normalCdf(known.at(-1)! / sigma) - 1), 9)
    expect(found[20]).toBeNaN()
  })

  test('throws away the bucket in which a gap falls, and is unknown while its time was not watched', () => {
    const streamed = lopsided(quiet(new Streamed(vpin, { bucket: 4 })), 60).trade(start + 60_000, 101, 3)
    streamed.gap(start + 61_000)
    quiet(streamed, start + 62_000).trade(start + 62_000, 101, 1)
    expect(streamed.figures(start + 62_500)).toMatchObject({ vpin: 0.5, filled: 0.25 })
    streamed.gap(start + 63_000)
    quiet(streamed, start + 90_000)
    expect(streamed.figures(start + 90_000).vpin).toBeNaN()
    expect(streamed.why(start + 90_000, 'vpin')!.why).toContain('missed')
    lopsided(streamed, 60, start + 91_000)
    expect(streamed.figures(start + 151_000).vpin).toBe(0.5)
  })

  test('leaves out blocks and legs of combinations', () => {
    const streamed = quiet(new Streamed(vpin, { bucket: 4 })).trade(start, 101, 3, tradeFlag.block)
    expect(streamed.trade(start, 101, 1, tradeFlag.combo).figures(start + 1).filled).toBe(0)
  })

  test('a restart goes on with its buckets, and refuses nonsense', () => {
    const first = lopsided(quiet(new Streamed(vpin, { bucket: 4 })), 250)
    const saved = first.run.save!()
    expect(saved.every(Number.isFinite)).toBe(true)
    const next = new Streamed(vpin, { bucket: 4 })
    expect(next.run.restore!(saved)).toBe(true)
    quiet(next, start + 250_500)
    expect(next.figures(start + 251_000).vpin).toBe(0.5)
    expect(next.figures(start + 251_000).rank).toBeCloseTo(first.figures(start + 250_000).rank!, 6)
    expect(next.run.restore!(saved.slice(0, -1))).toBe(false)
    expect(next.run.restore!([0, 0, 0, 51])).toBe(false)
  })

  test('a history of buckets of another size is none', () => {
    const first = lopsided(quiet(new Streamed(vpin, { bucket: 4 })), 250)
    expect(first.figures(start + 250_000).rank).not.toBeNaN()
    const next = new Streamed(vpin, { bucket: 8 })
    expect(next.run.restore!(first.run.save!())).toBe(true)
    quiet(next, start + 250_500)
    expect(next.figures(start + 251_000)).toMatchObject({ vpin: NaN, rank: NaN })
    expect(next.why(start + 251_000, 'vpin')!.why).toContain('50 full buckets, 0 are seen')
  })

  test.skipIf(!haveAmazon(1))(
    'equals the offline study on a whole day of real trades',
    async () => {
      const session = await amazon(1)
      const golden = trueSignVpin(session, 200)
      const streamed = new Streamed(vpin, { bucket: golden.bucket_volume })
      let first = NaN
      for (let row = 0; row < session.rows; row++) {
        if (!isTrade(session.types[row]!)) continue
        const size = -session.directions[row]! * session.sizes[row]!
        streamed.trade(timeOf(session, row), session.prices[row]!, size)
        if (Number.isNaN(first)) first = streamed.figures(timeOf(session, row)).vpin!
      }
      expect(first / golden.vpin_first).toBeCloseTo(1, 9)
      const last = streamed.figures(timeOf(session, session.rows - 1))
      expect(last.vpin! / golden.vpin_last).toBeCloseTo(1, 9)
    },
    30_000
  )

  const capture = 'market/binance/usdm_btcusdt_20240808.gz'
  test.skipIf(!haveCapture(capture))(
    'equals the offline study on real trades',
    async () => {
      const read = await captureMarket(capture)
      if (!read.ok) throw new Error(read.reason)
      const { prints } = read.figures
      const golden = studied(read.figures)
      const streamed = new Streamed(vpin, { bucket: golden.bucket_volume })
      const found: number[] = []
      let before = NaN
      for (let row = 0; row < prints.count; row++) {
        const at = start + prints.at[row]! / 1e6
        streamed.trade(at, prints.price[row]!, prints.aggressor[row]! * prints.size[row]!)
        const now = streamed.figures(at).vpin!
        if (now !== before && !Number.isNaN(now)) found.push(now)
        before = now
      }
      expect(found[0]! / golden.first).toBeCloseTo(1, 9)
      expect(found.at(-1)! / golden.last).toBeCloseTo(1, 9)
      expect(Math.max(...found) / golden.max).toBeCloseTo(1, 9)
    },
    30_000
  )
})
