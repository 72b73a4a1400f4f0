import { expect, test } from 'vitest'
import { FIRST_RUN_SEED } from '../../../src-main/engine/market/episodes/first-run'
import { SimulatedMarket } from '../../../src-main/engine/market/simulated-market'
import type { EpisodeTruth, Truth } from '../../../src-main/engine/market/truth'
import { millis } from '../../../src-shared/units'

const NOON = 1_800_000_000_000

function firstMinutes(symbols: readonly string[], minutes: number, startAfterMs = 0): Truth[] {
  const truth: Truth[] = []
  const market = new SimulatedMarket(
    { seed: FIRST_RUN_SEED, at: millis(NOON), episodes: 'first-run' },
    () => undefined,
    (fact) => truth.push(fact)
  )
  market.run(millis(NOON + startAfterMs))
  market.subscribe(symbols)
  market.run(millis(NOON + startAfterMs + minutes * 60_000))
  return truth
}

const episodes = (truth: readonly Truth[], instrument: string) =>
  truth.filter((it): it is EpisodeTruth => it.type === 'episode' && it.instrument === instrument)

test('a newcomer sees a wall, an absorption and a vacuum on BTC-PERP in the first three minutes, one after another', () => {
  const told = episodes(firstMinutes(['BTC-PERP', 'BTC-USDT', 'ETH-USDT'], 3), 'BTC-PERP')
  expect(told.map((it) => [it.phase, it.kind])).toEqual([
    ['start', 'wall'],
    ['end', 'wall'],
    ['start', 'absorption'],
    ['end', 'absorption'],
    ['start', 'vacuum'],
    ['end', 'vacuum']
  ])
  const starts = told.filter((it) => it.phase === 'start')
  expect(starts.map((it) => it.at - NOON)).toEqual([20_000, 70_000, 120_000])
})

test('the wall is seen for seconds, the absorption holds its price', () => {
  const ends = episodes(firstMinutes(['BTC-PERP'], 3), 'BTC-PERP').filter((it) => it.phase === 'end')
  const [wall, absorption] = ends as [EpisodeTruth, EpisodeTruth]
  expect(wall.at - wall.start!).toBeGreaterThan(5000)
  expect(absorption.at - absorption.start!).toBeGreaterThan(5000)
  expect(absorption.throughTicks).toBe(0)
})

test('the script follows the first subscription, and plays once', () => {
  const told = episodes(firstMinutes(['BTC-PERP'], 1, 90_000), 'BTC-PERP')
  expect(told[0]).toMatchObject({ kind: 'wall', at: NOON + 110_000 })
})

test('the market is active for the first two minutes, and free later', () => {
  const regimes = firstMinutes(['SOL-USDT'], 60).filter((it) => it.type === 'regime')
  expect(regimes[0]).toMatchObject({ regime: 'active', at: NOON })
  expect(regimes.length).toBeGreaterThan(1)
  expect(regimes[1]!.at - NOON).toBeGreaterThan(120_000)
})
