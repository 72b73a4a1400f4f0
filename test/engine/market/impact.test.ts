import { expect, test } from 'vitest'
import { Episodes } from '../../../src-main/engine/market/episodes/episodes'
import { presets } from '../../../src-main/engine/market/presets'
import type { EpisodeTruth } from '../../../src-main/engine/market/truth'
import { World } from '../../../src-main/engine/market/world'
import { millis } from '../../../src-shared/units'
import { mean, slope } from '../../support/facts/statistics'
import { Recorder } from '../../support/facts/tape'

const TOUCHES = [10, 20, 40, 80]
const SEEDS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]
const [btcPerp] = presets
const START_MS = 20_000
const STEP_MS = 1000

/** Impact in bps of a parent order of so many touches, worked over two minutes. */
function impact(seed: number, sign: 1 | -1, touches: number): number {
  let end: EpisodeTruth | undefined
  const world = new World({
    ...{ seed, at: millis(0), regime: 'active', sink: new Recorder() },
    truth: (fact) => {
      if (fact.type === 'episode' && fact.phase === 'end') end = fact
    }
  })
  const episodes = new Episodes(world, {})
  world.start(btcPerp!)
  episodes.plant(START_MS, 'metaorder', 'BTC-PERP', 'BTC', { sign, touches, seconds: 120 })
  for (let at = START_MS; !end && at < 600_000; at += STEP_MS) world.run(at)
  return end!.impactBps!
}

test('impact grows about like the square root of the size, measured as half the difference of both signs', () => {
  const impacts = TOUCHES.map((touches) =>
    mean(SEEDS.map((seed) => (impact(seed, 1, touches) + impact(seed, -1, touches)) / 2))
  )
  const exponent = slope(TOUCHES.map(Math.log), impacts.map(Math.log))
  expect(exponent).toBeGreaterThan(0.4)
  expect(exponent).toBeLessThan(0.65)
  expect(impacts[0]).toBeGreaterThan(2)
  expect(impacts[3]).toBeLessThan(14)
}, 120_000)
