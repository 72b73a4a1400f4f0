import type { Signs } from '../../../src-main/engine/metrics/signs'
import { describe, expect, test } from 'vitest'
import { standingLevels } from '../../../src-main/engine/alert-desk/standing-levels'
import { FigureHistory, leastSamples } from '../../../src-main/engine/alerts/figure-history'
import { quantile } from '../../../src-main/engine/math/quantile'
import { chanceOf as random } from '../../support/sim-venue/chance'
import { Bench, figure, ruleOf } from './bench'

const day = 86_400_000
const fill = (history: FigureHistory, values: readonly number[], from = 0): void => {
  for (const [second, value] of values.entries()) history.see(from + second * 1_000, value)
}
const bounded = { range: [-1, 1], windowMs: 1e12, byHour: false } as const

describe('a figure’s own history', () => {
  test('has the percentiles of an exact sort, to 0.005 between ends and to 2 % without', () => {
    const next = random(7)
    const skewed = Array.from({ length: 20_000 }, () =>
      Math.max(-1, Math.min(1, 0.4 + 0.3 * (next() + next() - next() - next())))
    )
    const sizes = Array.from({ length: 20_000 }, () => Math.exp(6 * (next() + next()) - 3))
    const one = new FigureHistory(bounded)
    const other = new FigureHistory({ ...bounded, range: undefined })
    fill(one, skewed)
    fill(other, sizes)
    for (const share of [0.005, 0.05, 0.5, 0.95, 0.995]) {
      expect(Math.abs(one.quantile(share) - quantile(skewed, share))).toBeLessThanOrEqual(0.005)
      expect(Math.abs(other.quantile(share) / quantile(sizes, share) - 1)).toBeLessThanOrEqual(0.02)
    }
  })

  test('says nothing before half an hour of seconds', () => {
    const history = new FigureHistory(bounded)
    fill(history, new Array<number>(leastSamples - 1).fill(0.5))
    expect([history.quantile(0.5), history.learned]).toEqual([NaN, (leastSamples - 1) / leastSamples])
    fill(history, [0.5], leastSamples * 1_000)
    expect(history.quantile(0.5)).toBeCloseTo(0.5, 2)
  })

  test('skips what is unknown, and takes one sample a second', () => {
    const history = new FigureHistory(bounded)
    for (let ms = 0; ms < 10_000; ms += 100) history.see(ms, ms < 5_000 ? NaN : 0.1)
    expect(history.samples).toBe(5)
  })

  test('goes on after a restart as if there had been none', () => {
    const next = random(3)
    const values = Array.from({ length: 4_000 }, () => Math.exp(next() * 9) * (next() < 0.3 ? -1 : 1))
    for (const range of [undefined, [-10_000, 10_000] as const]) {
      const whole = new FigureHistory({ ...bounded, range, windowMs: day })
      fill(whole, values)
      const back = new FigureHistory({ ...bounded, range, windowMs: day })
      expect(back.restore(JSON.parse(JSON.stringify(whole.save())) as number[])).toBe(true)
      expect(back.samples).toBe(4_000)
      for (const share of [0.01, 0.5, 0.99])
        expect(back.quantile(share) / whole.quantile(share)).toBeCloseTo(1, 5)
    }
    expect(new FigureHistory(bounded).restore([1, 2, 3])).toBe(false)
    expect(new FigureHistory({ ...bounded, range: undefined }).restore([1, 0.5, 3])).toBe(false)
  })

  test('an hour of the day that is usual otherwise counts the more the fuller it is', () => {
    const history = new FigureHistory({ ...bounded, byHour: true })
    fill(history, new Array<number>(3_600).fill(0.2))
    fill(history, new Array<number>(3_600).fill(0.8), 3_600_000)
    // All of both hours: a median of .2 or .8; this hour's own is .8, with n / (n + 3,600) = 1/2.
    expect(history.quantile(0.75)).toBeCloseTo(0.8, 2)
    expect(history.quantile(0.25)).toBeCloseTo((0.2 + 0.8) / 2, 2)
  })
})

describe('levels from the history', () => {
  const learn = (bench: Bench, next = random(5)): Bench => {
    // A book that leans to the bid for good: 0.4 ± 0.3.
    for (let second = 0; second < 2_000; second++) bench.feed(1_000, 0.4 + 0.3 * (2 * next() - 1))
    return bench
  }
  const rare = figure({ op: 'extreme', by: 'percentile', on: 99.5, off: 95, window: '1h' })

  test('learning fires nothing, however far the figure goes', () => {
    const bench = new Bench([ruleOf(rare, { side: 'both' })]).feed(600_000, 0.1).feed(600_000, 0.9)
    expect(bench.said).toEqual([])
    expect(bench.judge.watches[0]!.halves[0]!.node.learned).toBeCloseTo(1_195 / 1_800, 2)
  })

  test('each side has its own end: .1 is rare for a book that leans by .4, -.5 is not needed', () => {
    const bench = learn(new Bench([ruleOf(rare, { side: 'both' })])).feed(61_000, 0.4)
    const before = bench.alerts.length
    bench.feed(1_000, 0.05).feed(5_000, 0.4).feed(1_000, 0.75)
    const fires = bench.alerts.slice(before).filter(({ notice }) => notice === 'FIRE')
    expect(fires.map(({ side }) => side)).toEqual(['ask', 'bid'])
    expect(fires[0]!.threshold).toBeCloseTo(0.1, 1)
    expect(fires[1]!.threshold).toBeCloseTo(0.7, 1)
    expect(fires[1]!.percentile).toBeGreaterThan(0.99)
    // A window draws them where they stand, and finds the percentile of where one is dragged.
    const standing = standingLevels(bench.judge.watches, 'sim:A')
    expect(standing.map(({ side, learned }) => [side, learned])).toEqual([
      ['bid', 1],
      ['ask', 1]
    ])
    expect(standing.map(({ on }) => on)).toEqual([
      expect.closeTo(fires[1]!.threshold, 9),
      expect.closeTo(fires[0]!.threshold, 9)
    ])
    const [bid, ask] = standing.map(({ scale }) => new Map(scale))
    expect(bid!.get(50)).toBeCloseTo(0.4, 1)
    expect(bid!.get(95)).toBeCloseTo(0.67, 1)
    expect(ask!.get(95)).toBeCloseTo(0.13, 1)
    expect(standingLevels(bench.judge.watches, 'sim:B')).toEqual([])
  })

  test('a floor keeps a dead-quiet market still', () => {
    const quiet = (floor: number) => {
      const bench = new Bench([ruleOf({ ...rare, floor }, { side: 'bid' })])
      for (let second = 0; second < 2_000; second++) bench.feed(1_000, 0.001 * (second % 7))
      return bench
        .feed(61_000, 0)
        .feed(1_000, 0.05)
        .alerts.filter(({ notice }) => notice === 'FIRE').length
    }
    expect(quiet(0.2)).toBe(0)
    expect(quiet(0)).toBeGreaterThan(0)
  })

  test('four robust deviations, and three times the median', () => {
    const z = learn(new Bench([ruleOf(figure({ by: 'deviation', on: 2, off: 1, window: '1h' }))]))
    // Uniform ± .3: the median absolute deviation is .15, the robust one .222, so two of them lie at .4 + .445.
    z.feed(61_000, 0.4).feed(1_000, 0.8).feed(1_000, 0.87)
    expect(z.alerts.at(-1)).toMatchObject({ notice: 'FIRE', value: 0.87 })
    expect(z.alerts.at(-1)!.threshold).toBeCloseTo(0.845, 1)
    const times = learn(new Bench([ruleOf(figure({ by: 'median', on: 2, off: 1.5, window: '1h' }))]))
    times.feed(61_000, 0.4).feed(1_000, 0.78).feed(1_000, 0.84)
    expect(times.alerts.filter(({ notice }) => notice === 'FIRE').map(({ value }) => value)).toEqual([0.84])
  })

  test('levels do not move under a condition that is on, and move once a minute otherwise', () => {
    const bench = learn(new Bench([ruleOf(rare, { side: 'bid' })])).feed(61_000, 0.4)
    const { node } = bench.judge.watches[0]!.halves[0]!
    const before = node.lead!.threshold
    bench.feed(1_200_000, 0.9)
    expect(node.lead!.threshold).toBe(before)
    bench.feed(61_000, 0.1)
    expect(node.lead!.threshold).toBeGreaterThan(before + 0.1)
  })

  test('what was learned comes back: after a restart nothing is learned anew', () => {
    const first = learn(new Bench([ruleOf(rare, { side: 'bid' })]))
    const next = new Bench([])
    next.judge.recall(first.judge.save())
    next.judge.configure([ruleOf(rare, { side: 'bid' })], [{ id: 'w', name: 'W', instruments: ['sim:A'] }])
    expect(next.feed(6_000, 0.4).feed(1_000, 0.8).said).toEqual(['FIRE@6.0'])
  })

  describe('belong to the parameters that the figure is computed with', () => {
    const lists = [{ id: 'w', name: 'W', instruments: ['sim:A'] }]
    const rules = [ruleOf(rare, { side: 'bid' })]
    const [before, after] = [(metric: string) => `${metric} 1`, (metric: string) => `${metric} 2`]
    const learned = (): Bench => {
      const bench = new Bench([])
      bench.judge.configure(rules, lists, before)
      return learn(bench)
    }

    test('with others the history begins anew: nothing of before is usual, and nothing fires', () => {
      const bench = learned().feed(61_000, 0.4)
      const saidBefore = bench.said.length
      bench.judge.configure(rules, lists, after)
      const { node } = bench.judge.watches[0]!.halves[0]!
      expect(node.learned).toBe(0)
      expect(bench.feed(70_000, 0.4).feed(5_000, 0.9).said.slice(saidBefore)).toEqual([])
      // All of the 75 s: the book stayed live.
      expect(node.learned).toBeCloseTo(75 / leastSamples, 3)
    })

    test('what is the same goes on', () => {
      const bench = learned()
      bench.judge.configure(rules, lists, before)
      expect(bench.judge.watches[0]!.halves[0]!.node.learned).toBe(1)
    })

    test('an episode that began with others ends with them', () => {
      const level = [ruleOf(figure(), { side: 'none' })]
      const bench = new Bench([])
      bench.judge.configure(level, lists, before)
      expect(bench.feed(6_000, 0.1).feed(1_000, 0.8).said).toEqual(['FIRE@6.0'])
      bench.judge.configure(level, lists, after)
      expect(bench.feed(1_000, 0.8).said.slice(1)).toEqual(['ALREADY_ON@7.0'])
    })

    test('smoothing does not reach over the change', () => {
      const smooth = [ruleOf(figure({ smoothMs: 60_000 }))]
      const bench = new Bench([])
      bench.judge.configure(smooth, lists, before)
      bench.feed(20_000, 0.8)
      bench.judge.configure(smooth, lists, after)
      bench.feed(155_000, 0)
      expect(bench.judge.watches[0]!.halves[0]!.node.lead!.value).toBe(0)
    })

    test('of the instrument itself: one whose own setting changed begins anew, beside one that goes on', () => {
      const ofOne =
        (one: string): Signs =>
        (metric, _field, instrument) =>
          `${metric} ${instrument === one ? 2 : 1}`
      const other = learned()
      other.judge.configure(rules, lists, ofOne('sim:B'))
      expect(other.judge.watches[0]!.halves[0]!.node.learned).toBe(1)
      const own = learned()
      own.judge.configure(rules, lists, ofOne('sim:A'))
      expect(own.judge.watches[0]!.halves[0]!.node.learned).toBe(0)
      const level = [ruleOf(figure(), { side: 'none' })]
      const bench = new Bench([])
      bench.judge.configure(level, lists, before)
      expect(bench.feed(6_000, 0.1).feed(1_000, 0.8).said).toEqual(['FIRE@6.0'])
      bench.judge.configure(level, lists, ofOne('sim:B'))
      expect(bench.feed(1_000, 0.8).said).toEqual(['FIRE@6.0'])
      bench.judge.configure(level, lists, ofOne('sim:A'))
      expect(bench.feed(1_000, 0.8).said.slice(1)).toEqual(['ALREADY_ON@8.0'])
    })

    test('so does what is kept over a restart', () => {
      const saved = JSON.parse(JSON.stringify(learned().judge.save())) as ReturnType<Bench['judge']['save']>
      const fires = (signs: (metric: string) => string): string[] => {
        const next = new Bench([])
        next.judge.recall(saved)
        next.judge.configure(rules, lists, signs)
        return next.feed(6_000, 0.4).feed(1_000, 0.8).said
      }
      expect(fires(after)).toEqual([])
      expect(fires(before)).toEqual(['FIRE@6.0'])
    })
  })
})
