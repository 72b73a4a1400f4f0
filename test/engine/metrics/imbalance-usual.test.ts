import { describe, expect, test } from 'vitest'
import { imbalanceUsual } from '../../../src-main/engine/metrics/imbalance-usual'
import { Streamed } from './streamed'

const start = 1_000_000

/** A touch that takes the imbalances from -0.5 to 0.49 in turn, one a second, looked at once a second. */
function watched(seconds: number): Streamed {
  const streamed = new Streamed(imbalanceUsual).snapshot(start, [[99, 500]], [[101, 500]])
  for (let second = 1; second <= seconds; second++) {
    const x = (second % 100) / 100 - 0.5
    streamed.change(start + second * 1_000, [[99, 500 + 500 * x]], [[101, 500 - 500 * x]])
    streamed.figures(start + second * 1_000)
  }
  return streamed
}

describe('usual imbalance', () => {
  test('is what it was in 5 and 95 % of the seconds: -0.45 and 0.45', () => {
    const { l1P5, l1P95, l5P95 } = watched(400).figures(start + 400_500)
    expect(l1P5).toBeCloseTo(-0.45, 1)
    expect(l1P95).toBeCloseTo(0.45, 1)
    expect(l5P95).toBe(l1P95)
  })

  test('is known after 300 seconds, and a band that is never known never is', () => {
    const streamed = watched(200)
    expect(streamed.figures(start + 200_500).l1P5).toBeNaN()
    expect(streamed.why(start + 200_500, 'l1P5')).toMatchObject({ share: expect.closeTo(0.667, 2) as number })
  })

  test('looks once a second, however often it is asked, and not at a crossed book', () => {
    const streamed = new Streamed(imbalanceUsual).snapshot(start, [[99, 500]], [[101, 500]])
    const counted = () => streamed.run.save!().reduce((sum, it) => sum + it, 0)
    for (let at = start; at < start + 3_000; at += 100) streamed.figures(at)
    // Four counts of levels; the book does not reach as far as any band.
    const known = 4
    expect(counted()).toBeCloseTo(3 * known, 3)
    streamed.change(start + 3_000, [[102, 1]], []).figures(start + 3_000)
    expect(counted()).toBeCloseTo(3 * known, 3)
  })

  test('is remembered over a restart, and nonsense is not', () => {
    const saved = watched(400).run.save!()
    const next = new Streamed(imbalanceUsual).snapshot(start, [[99, 500]], [[101, 500]])
    expect(next.run.restore!(saved)).toBe(true)
    expect(next.figures(start + 500_000).l1P95).toBeCloseTo(0.45, 1)
    expect(next.run.restore!(saved.slice(1))).toBe(false)
    // Kept when fewer bands had a history.
    const fewer = new Streamed(imbalanceUsual).snapshot(start, [[99, 500]], [[101, 500]])
    expect(fewer.run.restore!(saved.slice(0, 200))).toBe(true)
    expect(fewer.figures(start + 500_000).l1P95).toBeCloseTo(0.45, 1)
    expect(next.run.restore!(saved.map((it) => it - 1))).toBe(false)
  })
})
