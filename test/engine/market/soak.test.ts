import { expect, test } from 'vitest'
import { Episodes } from '../../../src-main/engine/market/episodes/episodes'
import { usualRates } from '../../../src-main/engine/market/episodes/rates'
import { Levels } from '../../../src-main/engine/market/levels'
import { presets } from '../../../src-main/engine/market/presets'
import { World } from '../../../src-main/engine/market/world'
import { millis } from '../../../src-shared/units'
import { mean } from '../../support/facts/statistics'
import { Recorder } from '../../support/facts/tape'

const MINUTE_MS = 60_000
const MINUTES = 40

/** A day is too long for every test run: forty minutes, the last quarter against the first. */
test('levels and planned events do not drift', () => {
  const world = new World({ seed: 11, at: millis(0), regime: 'active', sink: new Recorder() })
  const episodes = new Episodes(world, usualRates)
  const pits = presets.map((it) => world.start(it))
  for (const pit of pits) episodes.started(pit)
  const levels = new Levels()
  const counts = pits.map(() => [] as number[])
  const planned: number[] = []
  for (let minute = 1; minute <= MINUTES; minute++) {
    world.run(minute * MINUTE_MS)
    planned.push(world.agenda.size)
    pits.forEach(({ ladder }, i) => {
      ladder.top(true, 1e6, levels)
      const bids = levels.count
      ladder.top(false, 1e6, levels)
      counts[i]!.push(bids + levels.count)
    })
  }
  const quarter = MINUTES / 4
  for (const series of counts) {
    const ratio = mean(series.slice(-quarter)) / mean(series.slice(0, quarter))
    expect(ratio).toBeGreaterThan(0.7)
    expect(ratio).toBeLessThan(1.3)
  }
  expect(mean(planned.slice(-quarter))).toBeLessThan(4 * mean(planned.slice(0, quarter)))
  expect(Math.max(...planned)).toBeLessThan(500)
}, 60_000)
