import { expect, test } from 'vitest'
import { Chance } from '../../../src-main/engine/market/chance'
import type { Regime } from '../../../src-main/engine/market/regimes'
import { Regimes } from '../../../src-main/engine/market/regimes'
import { bookFacts } from '../../support/facts/book-facts'
import { imbalanceAuc, quotesPerSecond, sdOfReturns } from '../../support/facts/quote-facts'
import { median } from '../../support/facts/statistics'
import type { Tape } from '../../support/facts/tape'
import { record } from '../../support/facts/tape'

const SEEDS = [201, 202, 203]
const symbols = ['BTC-PERP']
const tapesOf = (regime: Regime) =>
  SEEDS.map((seed) => record({ seed, seconds: 345, symbols, regime }).get('BTC-PERP')!)
const tapes = { calm: tapesOf('calm'), active: tapesOf('active'), stormy: tapesOf('stormy') }
const typical = (regime: Regime, fact: (tape: Tape) => number) => median(tapes[regime].map(fact))

/** Stormy over calm, by seed, so that both have the same shocks. */
function stormyOverCalm(fact: (tape: Tape) => number): number {
  return median(tapes.stormy.map((tape, i) => fact(tape) / fact(tapes.calm[i]!)))
}

test('a storm moves the price three and a half to six times as much as calm', () => {
  const ratio = stormyOverCalm((tape) => sdOfReturns(tape, 1000))
  expect(ratio).toBeGreaterThan(3)
  expect(ratio).toBeLessThan(6.5)
})

test('a storm quotes three and a half to six and a half times as often', () => {
  const ratio = stormyOverCalm(quotesPerSecond)
  expect(ratio).toBeGreaterThan(2.9)
  expect(ratio).toBeLessThan(7.1)
})

test('a storm leaves a third to a half of the depth within 10 bps', () => {
  const ratio = stormyOverCalm((tape) => bookFacts(tape).depthUsd)
  expect(ratio).toBeGreaterThan(0.25)
  expect(ratio).toBeLessThan(0.6)
})

test('volatility ranks the regimes, and the calmer the market the more imbalance tells', () => {
  const sd = (regime: Regime) => typical(regime, (tape) => sdOfReturns(tape, 1000))
  const told = (regime: Regime) => typical(regime, (tape) => imbalanceAuc(tape, 1000))
  expect(sd('calm')).toBeLessThan(sd('active'))
  expect(sd('active')).toBeLessThan(sd('stormy'))
  expect(told('calm')).toBeGreaterThan(told('active'))
  expect(told('active')).toBeGreaterThan(told('stormy'))
})

test('a free market sees every regime, a fixed one only its own', () => {
  const seen = (fixed: Regime | undefined) => {
    const regimes = new Regimes(new Chance(1, 'regimes'), 0, fixed, 0)
    const found = new Set<Regime>()
    for (let second = 0; second < 6 * 3600; second++) {
      regimes.step(second * 1000, 1)
      found.add(regimes.regime)
    }
    return found
  }
  expect(seen(undefined)).toEqual(new Set(['active', 'calm', 'stormy']))
  expect(seen('stormy')).toEqual(new Set(['stormy']))
})

test('the first regime stays as long as it is held', () => {
  for (let seed = 1; seed <= 50; seed++) {
    const regimes = new Regimes(new Chance(seed, 'regimes'), 0, undefined, 120_000)
    for (let ms = 0; ms < 120_000; ms += 1000) expect(regimes.step(ms, 1)).toBe(false)
  }
})
