import { expect, test } from 'vitest'
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
