import { beforeAll, describe, expect, test } from 'vitest'
import type { Judgement } from '../../../src-main/engine/forecast/judgement'
import { walkSimulated } from './simulated-walk'

/** Not those the model's start was fitted on (1 to 3). */
const runs = [
  ['BTC-PERP', 202, 'calm', 260],
  ['BTC-PERP', 203, 'active', 200],
  ['BTC-PERP', 203, 'stormy', 100],
  ['SOL-USDT', 202, 'active', 600]
] as const
const walks: Readonly<Record<string, Judgement>>[] = []

beforeAll(() => {
  for (const [symbol, seed, regime, seconds] of runs) walks.push(walkSimulated(symbol, seed, seconds, regime))
}, 60_000)

describe('on the simulated market, calm, active, stormy and of small ticks', () => {
  test('what is said over a second comes true within what chance explains, and beats the base rate', () => {
    for (const { s1 } of walks) {
      expect(s1!.n).toBeGreaterThan(200)
      // Of four runs one may well lie beyond what 19 of 20 stay below.
      expect(s1!.ece).toBeLessThan(1.25 * s1!.eceByChance)
      expect(s1!.logLoss).toBeLessThan(s1!.baselines.baseRateLogLoss)
    }
  })

  test('where the queue tells most it ranks no worse than the queue alone', () => {
    for (const { next, s1 } of walks.slice(0, 3))
      for (const it of [next!, s1!]) expect(it.auc).toBeGreaterThan(it.baselines.imbalanceAuc - 0.01)
  })

  test('a taker earns nothing with it anywhere', () => {
    for (const walk of walks)
      for (const { money } of Object.values(walk))
        for (const net of money.takingBps) expect(net).toBeLessThan(0)
  })
})
