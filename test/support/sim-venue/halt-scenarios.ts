import assert from 'node:assert/strict'
import { binanceSpotDialect } from './dialects/binance'
import { krakenDialect } from './dialects/kraken'
import type { Scenario } from './scenario'
import { backWithin, live, states } from './scenario'
import type { SimDesk } from './sim-desk'
import { simDesk } from './sim-desk'

const minute = 60_000

const tell = ({ network }: SimDesk, system: string): void => {
  for (const line of network.open_)
    line.say(JSON.stringify({ channel: 'status', type: 'update', data: [{ system }] }))
}

/** Markets that are closed: their books can be had, and are not live. */
export const haltScenarios: readonly Scenario[] = [
  {
    id: 'F19',
    promise:
      'what the venue has halted is halted until it says otherwise, whatever snapshots say and lines do',
    run: live(krakenDialect, async (desk) => {
      const { clock, network, oracle, sim } = desk
      for (const { symbol: it } of sim.listings) sim.pace(it, Infinity)
      await clock.pass(1_000)
      tell(desk, 'maintenance')
      await clock.pass(200)
      assert.equal(desk.status().state, 'halted')
      const from = oracle.statuses.length
      await clock.pass(2 * minute)
      network.cut()
      await clock.pass(minute)
      assert.deepEqual(states(desk, from), [])
      tell(desk, 'online')
      await backWithin(desk, 10_000)
    })
  },
  {
    id: 'F19',
    promise: 'what the list has halted before it is watched is not live before it trades',
    run: async () => {
      const desk = haltedByList()
      const { clock, feed, ids, sim } = desk
      feed.watch(new Set(ids))
      await clock.pass(minute)
      assert.ok(!states(desk).includes('live'), 'called live')
      assert.equal(desk.status().state, 'halted')
      for (const { symbol: it } of sim.listings) sim.pace(it, 300)
      await backWithin(desk, 20_000)
      desk.stop()
      assert.deepEqual(desk.oracle.lies, [])
    }
  }
]

function haltedByList(): SimDesk {
  const desk = simDesk(binanceSpotDialect, { paceMs: Infinity })
  const { sim } = desk
  const answer = sim.answer.bind(sim)
  sim.answer = (url, post) => answer(url, post)?.replaceAll('"TRADING"', '"BREAK"')
  return desk
}
