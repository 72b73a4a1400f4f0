import { expect, test } from 'vitest'
import { bitstampDialect } from '../../support/sim-venue/dialects/bitstamp'
import { simulatedDialect } from '../../support/sim-venue/dialects/simulated'
import { simDesk } from '../../support/sim-venue/sim-desk'

/** A desk whose first book has been quiet so long that the venue is asked about it but rarely. */
async function quietDesk() {
  const desk = simDesk(simulatedDialect)
  const { symbol } = simulatedDialect.listings[0]!
  expect(await desk.goLive()).toBe(true)
  desk.sim.pace(symbol, Infinity)
  await desk.clock.pass(120_000)
  expect(desk.lane().isLive).toBe(true)
  /** Looks twice a second, as a window that draws would. */
  const look = async (ms: number) => {
    for (let left = ms; left > 0; left -= 500) {
      await desk.clock.pass(500)
      desk.oracle.sample()
    }
  }
  return { ...desk, symbol, look }
}

test('old messages again and again, to questions too, are no proof of a quiet book: it is not live for longer than silence may last', async () => {
  const { sim, network, symbol, lane, oracle, look, stop } = await quietDesk()
  network.faults.stuck.add(symbol)
  for (let lost = 0; lost < 3; lost++) {
    sim.advance(symbol)
    await look(5_000)
  }
  network.faults.stuck.delete(symbol)
  await look(45_000)
  expect(oracle.lies).toEqual([])
  expect(lane().book.sequence).toBe(sim.truth(symbol)!.last)
  stop()
})

test('one message that comes twice does not take a quiet book from live: the venue is asked', async () => {
  const { sim, network, symbol, lane, oracle, look, stop } = await quietDesk()
  const from = oracle.statuses.length
  const { snapshots } = lane().counters
  network.faults.duplicate(symbol)
  sim.advance(symbol)
  await look(1_500)
  expect(lane().counters.snapshots).toBe(snapshots + 1)
  expect(oracle.statuses.slice(from).every(({ status }) => status.state === 'live')).toBe(true)
  stop()
})

test('a quiet book whose venue answers with the same snapshot is asked about ever more rarely', async () => {
  const { lane, look, stop } = await quietDesk()
  const { snapshots } = lane().counters
  await look(120_000)
  expect(lane().counters.snapshots - snapshots).toBeLessThan(3)
  stop()
})

test('a snapshot asked for before the venue acknowledged a new subscription is none where nothing tells of losses', async () => {
  const desk = simDesk(bitstampDialect, { paceMs: 20 })
  expect(await desk.goLive()).toBe(true)
  // Left and joined again while words take long: snapshots do not, and between the two the venue sends nothing.
  desk.network.weather.latencyMs = 1_000
  desk.feed.watch(new Set(desk.ids.slice(1)))
  desk.feed.watch(new Set(desk.ids))
  await desk.clock.pass(300)
  desk.network.weather.latencyMs = 50
  await desk.clock.pass(5_000)
  desk.oracle.sample()
  expect([desk.lane().isLive, desk.oracle.lies]).toEqual([true, []])
  desk.stop()
})
