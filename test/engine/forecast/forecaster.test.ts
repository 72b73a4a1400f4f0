import { describe, expect, test } from 'vitest'
import { Forecaster } from '../../../src-main/engine/forecast/forecaster'
import { horizons } from '../../../src-main/engine/forecast/horizon'
import { judge } from '../../../src-main/engine/forecast/judgement'
import { Chance } from '../../../src-main/engine/market/chance'
import { noDepth, playPlanted } from './planted-market'

const next = horizons.findIndex(({ id }) => id === 'next')
const second = horizons.findIndex(({ id }) => id === 's1')

const judged = (forecaster: Forecaster, horizon: number, seed = 1) => {
  const resampling = new Chance(seed, 'resampling')
  return judge(forecaster.scored[horizon]!, {
    takerFeeBps: 5,
    makerFeeBps: 2,
    chance: () => resampling.next()
  })
}

const touch = (bid: number, bidSize: number, askSize: number) => ({ bid, bidSize, ask: bid + 1, askSize })

describe('a forecast of the next move', () => {
  test('finds planted odds, says them as they are, and has its edge confirmed', () => {
    const found = judged(
      playPlanted(7, 1_200, () => 1.5),
      next
    )
    expect(found.verdict).toBe('edge')
    expect(found.ece).toBeLessThan(0.03)
    expect(found.gain.low).toBeGreaterThan(0)
    expect(found.auc).toBeGreaterThan(0.62)
  })

  test('a known direction of one tick is no profit after fees, and the money says so', () => {
    const { money } = judged(
      playPlanted(7, 600, () => 2.5),
      next
    )
    expect(money.grossBps).toBeGreaterThan(0)
    expect(money.takingBps[0]).toBeLessThan(-9)
  })

  test('on a random walk it claims no edge, in any of twenty seeds', () => {
    const seeds = Array.from({ length: 20 }, (_, seed) => seed)
    const claims = seeds.filter(
      (seed) =>
        judged(
          playPlanted(seed, 190, () => 0, 1_000),
          next,
          seed
        ).verdict === 'edge'
    )
    expect(claims).toEqual([])
  })

  test('too little history is said, whatever it looks like', () => {
    expect(
      judged(
        playPlanted(7, 60, () => 2.5),
        next
      ).verdict
    ).toBe('too-little')
    expect(judged(new Forecaster(noDepth), next)).toMatchObject({ n: 0, verdict: 'too-little' })
  })

  test('after the odds turn round it says as much as ever within 4,000 labels', () => {
    const steady = judged(
      playPlanted(3, 1_300, () => 2.5, 1_000),
      next
    )
    const turned = judged(
      playPlanted(3, 1_300, (at) => (at < 800 ? 2.5 : -2.5), 1_000),
      next
    )
    expect(turned.auc).toBeGreaterThan(steady.auc - 0.03)
    expect(turned.logLoss).toBeLessThan(steady.logLoss + 0.03)
  })
})

describe('time', () => {
  const play = (forecaster: Forecaster, look: (at: number) => void) => {
    const chance = new Chance(5, 'looks')
    let at = 1_000_000
    let bid = 100_000
    for (let event = 0; event < 3_000; event++) {
      at += 5 + chance.below(90)
      if (chance.coin(0.3)) forecaster.onTrade(1 + chance.below(5), chance.coin() ? 1 : -1, at)
      if (chance.coin(0.2)) bid += chance.coin() ? 1 : -1
      forecaster.onTouch(touch(bid, 1 + chance.below(50), 1 + chance.below(50)), at)
      look(at)
    }
    return JSON.stringify([forecaster.save(), forecaster.scored.map((it) => [...it.column('p')])])
  }

  test('who looks when changes nothing: the same events give the same forecasts, byte for byte', () => {
    const unseen = play(new Forecaster(noDepth), () => undefined)
    const watched = new Forecaster(noDepth)
    expect(play(watched, (at) => watched.advance(at + 2))).toBe(unseen)
  })

  test('a label that would span a gap is not learned', () => {
    const forecaster = new Forecaster(noDepth)
    forecaster.onTouch(touch(100, 3, 1), 10_000)
    forecaster.advance(10_950)
    forecaster.clear()
    forecaster.onTouch(touch(200, 3, 1), 11_000)
    forecaster.advance(11_900)
    forecaster.onTouch(touch(201, 1, 3), 11_950)
    expect(forecaster.learners[second]!.labels).toBe(0)
    // The next move after the gap is learned by the rows made after it alone.
    expect(forecaster.learners[next]!.labels).toBe(9)
  })

  test('a silence of more than a minute is a gap, whether somebody looked during it or not', () => {
    const played = (look: boolean) => {
      const forecaster = new Forecaster(noDepth)
      forecaster.onTouch(touch(100, 3, 1), 10_000)
      for (let at = 10_100; look && at < 99_000; at += 100) forecaster.advance(at)
      forecaster.onTouch(touch(101, 1, 3), 99_000)
      forecaster.onTouch(touch(102, 1, 3), 99_950)
      return JSON.stringify(forecaster.save())
    }
    expect(played(true)).toBe(played(false))
    // Only what was said after the silence was learned from.
    expect((JSON.parse(played(true)) as { labels: number }[])[next]!.labels).toBe(9)
  })

  test('a mid that stands teaches no direction', () => {
    const forecaster = new Forecaster(noDepth)
    forecaster.onTouch(touch(100, 3, 1), 10_000)
    forecaster.advance(40_000)
    expect(forecaster.learners.map(({ labels }) => labels)).toEqual([0, 0, 0, 0])
  })

  test('nothing is foretold of an empty or crossed touch', () => {
    const forecaster = new Forecaster(noDepth)
    forecaster.onTouch({ bid: NaN, bidSize: NaN, ask: 101, askSize: 1 }, 10_000)
    forecaster.advance(10_500)
    expect(forecaster.probability(next)).toBeNaN()
    forecaster.onTouch({ bid: 102, bidSize: 1, ask: 101, askSize: 1 }, 10_600)
    forecaster.advance(10_800)
    expect(forecaster.probability(next)).toBeNaN()
  })
})

test('before anything is learned the larger queue is favoured somewhat, and equal queues hardly', () => {
  const forecaster = new Forecaster(noDepth)
  forecaster.onTouch(touch(100, 3, 1), 10_000)
  forecaster.advance(10_150)
  expect(forecaster.probability(second)).toBeGreaterThan(0.55)
  expect(forecaster.probability(second)).toBeLessThan(0.75)
  forecaster.onTouch(touch(100, 2, 2), 10_160)
  forecaster.advance(11_950)
  expect(Math.abs(forecaster.probability(second) - 0.5)).toBeLessThan(0.1)
})
