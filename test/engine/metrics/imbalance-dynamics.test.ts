import { describe, expect, test } from 'vitest'
import { correlation } from '../../../src-main/engine/math/correlation'
import { lastAt } from '../../../src-main/engine/math/last-at'
import { imbalanceDynamics } from '../../../src-main/engine/metrics/imbalance-dynamics'
import { Regime } from '../../../src-main/engine/metrics/imbalance-dynamics/regime'
import { slopeOf } from '../../../src-main/engine/metrics/imbalance-dynamics/slope'
import { amazon, haveAmazon, play, timeOf } from './lobster-stream'
import { Streamed } from './streamed'

const start = 1_000_000
const touch = { source: 0 }

/** The touch's imbalance becomes `x`, of sizes that add up to 1,000. */
const set = (streamed: Streamed, at: number, x: number): Streamed =>
  streamed.change(at, [[99, 500 + x * 500]], [[101, 500 - x * 500]])
const fresh = (overrides = {}): Streamed =>
  new Streamed(imbalanceDynamics, { ...touch, ...overrides }).snapshot(start, [[99, 500]], [[101, 500]])

describe('imbalance over time', () => {
  test('averages by time, not by message: 1 - 1/e after one time constant', () => {
    const one = fresh()
    set(one, start + 10_000, 0.5)
    const many = fresh()
    for (let i = 0; i <= 100; i++) set(many, start + 10_000 + i * 10, 0.5)
    for (const streamed of [one, many])
      expect(streamed.figures(start + 11_000).ewma1).toBeCloseTo(0.5 * (1 - 1 / Math.E), 12)
  })

  test('knows an average once its time constant has been watched, and forgets it over a gap', () => {
    const streamed = fresh()
    expect(streamed.figures(start + 1_500)).toMatchObject({ ewma1: 0, ewma5: NaN })
    expect(streamed.why(start + 1_500, 'ewma5')!.share).toBeCloseTo(0.3)
    streamed.gap(start + 2_000)
    expect(streamed.figures(start + 9_000).ewma1).toBeNaN()
    set(streamed, start + 10_000, 0.4)
    expect(streamed.figures(start + 12_000).ewma1).toBeCloseTo(0.4, 12)
  })

  test('has the slope of a line: 0.02 a second', () => {
    expect(slopeOf([1, 3, 5, 7])).toBe(2)
    const streamed = fresh()
    for (let i = 0; i <= 400; i++) set(streamed, start + i * 100, 0.002 * i)
    expect(streamed.figures(start + 40_000).slope).toBeCloseTo(0.02, 9)
  })

  test('ranks itself in its own history, on both sides, and remembers it over a restart', () => {
    const streamed = fresh()
    for (let second = 1; second <= 400; second++)
      set(streamed, start + second * 1_000 + 1, (second % 100) / 100 - 0.5)
    set(streamed, start + 401_500, 0.25)
    const { percentile, unusual } = streamed.figures(start + 401_500)
    expect(percentile).toBeCloseTo(0.75, 1)
    expect(unusual).toBeCloseTo(2 * (percentile! - 0.5), 12)
    const next = new Streamed(imbalanceDynamics, touch)
    expect(next.run.restore!(streamed.run.save!())).toBe(true)
    next.snapshot(start + 500_000, [[99, 625]], [[101, 375]])
    expect(next.figures(start + 500_000).percentile).toBeCloseTo(percentile!, 2)
  })

  test('refuses to remember nonsense, and leaves alone what it learned of another imbalance', () => {
    const saved = fresh().run.save!()
    expect(fresh().run.restore!(saved.slice(1))).toBe(false)
    expect(fresh().run.restore!([])).toBe(false)
    expect(fresh().run.restore!(saved.map(() => -1))).toBe(false)
    expect(fresh({ source: 1 }).run.restore!(saved)).toBe(true)
  })

  test('needs 300 s of history before a z says anything, and says so', () => {
    const streamed = fresh()
    for (let second = 1; second <= 150; second++) set(streamed, start + second * 1_000, (second % 7) / 10)
    expect(streamed.figures(start + 150_000)).toMatchObject({ z: NaN, percentile: NaN, regime: NaN })
    expect(streamed.why(start + 150_000, 'percentile')!.why).toContain('needs 300 seconds')
  })

  test.skipIf(!haveAmazon(1))('equals what a plain computation says of a real day', async () => {
    const session = await amazon(1)
    const rows = lastAt(session.times, 34_200 + 900)
    const at = Array.from({ length: rows }, (_, row) => timeOf(session, row))
    const x = at.map((_, row) => {
      const [bid, ask] = [session.bids.sizes[0]![row]!, session.asks.sizes[0]![row]!]
      return (bid - ask) / (bid + ask)
    })
    // The last row of several at one time is the one that held.
    const heldAt = (time: number) => x[lastAt(at, time)]!
    const averaged = (tau: number, until: number) => {
      let y = x[0]!
      for (let row = 0; row < rows && at[row]! < until; row++) {
        const dt = Math.min(until, at[row + 1] ?? Infinity) - at[row]!
        y += (1 - Math.exp(-dt / tau)) * (x[row]! - y)
      }
      return y
    }
    const streamed = new Streamed(imbalanceDynamics, touch)
    let compared = 0
    play(session, rows, streamed, (row) => {
      if (row % 197 !== 0 || at[row]! < at[0]! + 400_000) return
      const figures = streamed.figures(at[row]!)
      for (const tau of [1, 5, 30])
        expect(figures[`ewma${tau}`]).toBeCloseTo(averaged(tau * 1_000, at[row]!), 9)
      const first = Math.floor(at[0]! / 1_000) + 1
      // A second begins with what held just before it.
      const count = Math.floor(at[row]! / 1_000) - first + 1
      const history = Array.from({ length: count }, (_, i) => heldAt((first + i) * 1_000 - 1e-6))
      const weights = history.map((_, i) => 2 ** ((i - count) / (24 * 3_600)))
      const below = (value: number) =>
        weights.reduce((sum, weight, i) => sum + (history[i]! < value ? weight : 0), 0)
      const atMost = (value: number) =>
        weights.reduce((sum, weight, i) => sum + (history[i]! <= value ? weight : 0), 0)
      const all = weights.reduce((sum, it) => sum + it, 0)
      // The histogram knows a value to within a bin of 1/200.
      expect(figures.percentile).toBeGreaterThanOrEqual(below(x[row]! - 0.005) / all - 1e-9)
      expect(figures.percentile).toBeLessThanOrEqual(atMost(x[row]! + 0.005) / all + 1e-9)
      compared++
    })
    expect(compared).toBeGreaterThan(5)
  })

  test('persistence is the correlation with itself a second before, and gives the half-life', () => {
    const streamed = fresh()
    const values = Array.from({ length: 200 }, (_, i) => Math.round(400 * Math.sin(i / 9)) / 500)
    for (const [i, x] of values.entries()) set(streamed, start + 500 + i * 1_000, x)
    const { persistence, halfLife } = streamed.figures(start + 199_600)
    // With a memory of 300 s all 200 weigh alike to within a factor 2.
    expect(persistence).toBeCloseTo(correlation(values.slice(1), values.slice(0, -1)), 2)
    expect(halfLife).toBeCloseTo(-Math.LN2 / Math.log(persistence!), 9)
  })
})

describe('a regime', () => {
  const limits = { enter: 2, leave: 1, dwellMs: 1_500 }

  test('is taken at the outer limit held long enough, and left below the inner one', () => {
    const regime = new Regime(limits)
    const sides = [
      [0, 0],
      [100, 2.5],
      [1_500, 2.5],
      [1_600, 2.5],
      [3_000, 1.2],
      [5_000, 0.5],
      [6_000, 1.5],
      [6_100, 0.5],
      [7_600, 0.5]
    ].map(([at, z]) => {
      regime.see(at!, z!)
      return regime.side
    })
    expect(sides).toEqual([0, 0, 0, 1, 1, 1, 1, 1, 0])
    expect(regime.since).toBe(7_600)
  })

  test('turns over to the other side, and nothing is known of it before the first z', () => {
    const regime = new Regime(limits)
    regime.see(0, NaN)
    expect(regime.since).toBeNaN()
    for (const [at, z] of [
      [0, 3],
      [1_500, 3],
      [2_000, -3],
      [3_500, -3]
    ] as const)
      regime.see(at, z)
    expect(regime.side).toBe(-1)
  })
})
