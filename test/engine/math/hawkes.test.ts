import { expect, test } from 'vitest'
import { fitHawkes, hawkesLogLikelihood } from '../../../src-main/engine/math/hawkes'
import { nelderMead } from '../../../src-main/engine/math/nelder-mead'
import { Chance } from '../../../src-main/engine/market/chance'

test('two events a second apart: log of each rate, less what was expected', () => {
  const [mu, alpha, beta] = [0.5, 2, 4]
  const kept = Math.exp(-4)
  const byHand = Math.log(0.5) + Math.log(0.5 + 2 * kept) - (0.5 + 0.5 * (1 - kept))
  expect(hawkesLogLikelihood([0, 1], { mu, alpha, beta })).toBeCloseTo(byHand, 12)
})

test('without excitation it is a Poisson process', () => {
  const times = [0, 0.3, 1, 1.5, 2]
  const poisson = 5 * Math.log(2.5) - 5
  expect(hawkesLogLikelihood(times, { mu: 2.5, alpha: 1e-300, beta: 1 })).toBeCloseTo(poisson, 12)
})

test('planted parameters are found again', () => {
  const planted = { mu: 1, alpha: 4, beta: 8 }
  const times = simulated(planted, 4_000)
  const found = fitHawkes(times)
  expect(found.logLikelihood).toBeGreaterThanOrEqual(hawkesLogLikelihood(times, planted))
  expect(found.alpha / found.beta).toBeGreaterThan(0.45)
  expect(found.alpha / found.beta).toBeLessThan(0.55)
  expect(found.beta).toBeGreaterThan(7)
  expect(found.beta).toBeLessThan(9)
})

test('a handful of events tells nothing', () => {
  expect(fitHawkes([0, 1, 2]).mu).toBeNaN()
  expect(hawkesLogLikelihood([], { mu: 1, alpha: 1, beta: 2 })).toBeNaN()
})

test('the bottom of a bent valley is found (Rosenbrock)', () => {
  const { point } = nelderMead(([x = 0, y = 0]) => (1 - x) ** 2 + 100 * (y - x * x) ** 2, [-1.2, 1], {
    tolerance: 1e-16
  })
  expect(point[0]).toBeCloseTo(1, 6)
  expect(point[1]).toBeCloseTo(1, 6)
})

/** Ogata's thinning: the rate only falls between events, so the rate now bounds it until the next. */
function simulated({ mu, alpha, beta }: { mu: number; alpha: number; beta: number }, end: number): number[] {
  const times: number[] = []
  const chance = new Chance(7, 'hawkes')
  for (let [now, excited] = [0, 0]; ;) {
    const bound = mu + excited
    const wait = -Math.log(chance.next()) / bound
    now += wait
    excited *= Math.exp(-beta * wait)
    if (now > end) return times
    if (chance.next() * bound > mu + excited) continue
    times.push(now)
    excited += alpha
  }
}
