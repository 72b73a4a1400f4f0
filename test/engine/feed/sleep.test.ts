import { expect, test } from 'vitest'
import { binanceSpotDialect } from '../../support/sim-venue/dialects/binance'
import { simDesk } from '../../support/sim-venue/sim-desk'

test('a snapshot that was under way while the computer slept is not read on waking: its book is made anew', async () => {
  // Nothing else comes that could tell of the sleep before the answer does.
  const desk = simDesk(binanceSpotDialect, { paceMs: 3_600_000, listings: [binanceSpotDialect.listings[0]!] })
  const { clock, network, oracle, lane, stop } = desk
  expect(await desk.goLive()).toBe(true)
  const asked = network.asked.length
  for (let left = 60_000; left > 0 && network.asked.length === asked; left -= 10) await clock.pass(10)
  expect(network.asked.length).toBe(asked + 1)
  // The venue has answered, and the answer is on its way.
  await clock.pass(65)
  const { frames, snapshots } = lane().counters
  const from = oracle.statuses.length
  expect(lane().isLive).toBe(true)

  clock.freeze(600_000)
  await clock.pass(1)

  expect([lane().counters.frames, lane().counters.snapshots]).toEqual([frames, snapshots])
  expect(oracle.statuses.slice(from).map(({ status }) => status.state)).not.toContain('live')
  expect(lane().isFollowed).toBe(false)
  expect(await desk.until(() => lane().isLive, 10_000)).toBe(true)
  stop()
})

test('trades are missed since the last frame before the sleep, not since the first after it', async () => {
  const desk = simDesk(binanceSpotDialect, { paceMs: 20 })
  const { clock, oracle, stop } = desk
  expect(await desk.goLive()).toBe(true)
  // Frames are on their way, and come before any timer.
  await clock.pass(10_000 - (clock.mono() % 1_000) + 100)
  const lost: (readonly [string, number])[] = []
  const { onTradesLost } = oracle
  Object.assign(oracle, {
    onTradesLost: (...[id, from]: Parameters<typeof onTradesLost>) => {
      lost.push([id, from])
      onTradesLost(id, from)
    }
  })
  const before = clock.now()

  clock.freeze(600_000)
  await clock.pass(1_000)

  // Said at once; the ids of the next trades may say it again.
  expect(new Set(lost.map(([id]) => id)).size).toBe(2)
  for (const [, from] of lost) expect(from).toBeLessThanOrEqual(before)
  stop()
})
