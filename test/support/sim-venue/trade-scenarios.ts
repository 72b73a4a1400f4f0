import assert from 'node:assert/strict'
import type { Dialect } from './dialect'
import { printsOf } from './dialect'
import { dialects } from './dialects/index'
import { okxDialect } from './dialects/okx'
import type { Scenario } from './scenario'
import { live, staysLive } from './scenario'
import type { SimDesk } from './sim-desk'

const LOST_MS = 30_000

/** One in five of an instrument's messages is followed by a trade: in so long there are several. */
const TOLD_MS = 20_000

const mute = ({ network, sim }: SimDesk) => {
  for (const { symbol } of sim.listings) network.faults.muted.add(printsOf(symbol))
}

/** Every trade message is swallowed for a while, and nothing else. */
const lost = (dialect: Dialect) =>
  live(dialect, async (desk) => {
    const { oracle, network, ids } = desk
    // Where they come over a line of their own, they are missed until it is heard.
    oracle.tradesLost.length = 0
    mute(desk)
    await staysLive(desk, LOST_MS)
    assert.deepEqual(oracle.tradesLost, [], 'said before any showed')
    network.faults.muted.clear()
    await staysLive(desk, TOLD_MS)
    assert.deepEqual(oracle.tradesLost.toSorted(), ids.toSorted(), 'not said once of each')
    oracle.checkPrints()
  })

const countsEach = ({ numbersDeals }: Dialect) => numbersDeals === 'each'

/** Trades that are lost while the book is fine. */
export const tradeScenarios: readonly Scenario[] = [
  ...dialects.filter(countsEach).map((dialect) => ({
    id: 'F40',
    promise: `${dialect.venue.spec.id}: trades lost for 30 s while the book is fine are told as missed with the next trade, once`,
    run: lost(dialect)
  })),
  ...dialects.map(({ venue, numbersDeals }) => ({
    id: 'F40',
    promise: `${venue.spec.id}: says that it cannot tell of lost trades where nothing can show them, and only there`,
    run: () => {
      assert.equal(/\blost trades, whose\b/i.test(venue.spec.cannotDetect), numbersDeals === undefined)
      assert.equal(venue.countsTrades, numbersDeals === 'each' ? true : undefined)
      return Promise.resolve()
    }
  })),
  {
    id: 'F40',
    promise: 'who watches again has missed nothing while he did not',
    run: live(okxDialect, async ({ feed, ids, clock, oracle }) => {
      feed.watch(new Set(ids.slice(1)))
      oracle.left(ids[0]!)
      await clock.pass(LOST_MS)
      feed.watch(new Set(ids))
      await clock.pass(TOLD_MS)
      assert.deepEqual(oracle.tradesLost, [])
    })
  }
]
