import assert from 'node:assert/strict'
import type { Venue } from '../../../src-main/engine/venues/venue'
import { binanceSpotDialect } from './dialects/binance'
import { krakenDialect } from './dialects/kraken'
import { okxDialect } from './dialects/okx'
import type { Dialect } from './dialect'
import type { Scenario } from './scenario'
import { backWithin, live, staysLive, symbol } from './scenario'
import { simDesk } from './sim-desk'

const spot = binanceSpotDialect
const minute = 60_000

/** The adapter with a checksum that never agrees. */
const withBadChecksum = (venue: Venue): Venue => ({ ...venue, checksum: { of: () => 1 } })
/** OKX as of 2022, when it still summed. */
const summing: Dialect = {
  ...okxDialect,
  line: (wire) =>
    okxDialect.line({
      ...wire,
      say: (frame, book) => {
        wire.say(
          book === undefined
            ? frame
            : (JSON.parse(JSON.stringify(frame).replace('"checksum":0', '"checksum":2')) as object),
          book
        )
      }
    })
}

/** What the venue says of its own books: checksums, sides that cross. */
export const proofScenarios: readonly Scenario[] = [
  {
    id: 'F20',
    promise: 'a symbol that is listed no more is refused, and what may be meant is named',
    run: async () => {
      const desk = simDesk(spot)
      desk.feed.watch(new Set(['binance-spot:BTC-USDT']))
      await desk.clock.pass(5_000)
      assert.match(
        desk.feed.lane('binance-spot:BTC-USDT')!.status.reason,
        /lists no BTC-USDT; perhaps BTCUSDT is meant/
      )
      desk.stop()
    }
  },
  {
    id: 'F25',
    promise:
      'a book that stays crossed is called so, and made anew after a second; its levels are never deleted to make it look right',
    run: live(spot, async (desk) => {
      const { last } = desk.sim.truth(symbol(desk))!
      desk.sim.pace(symbol(desk), Infinity)
      const frame = {
        e: 'depthUpdate',
        E: 1,
        s: symbol(desk),
        U: last + 1,
        u: last + 1,
        b: [['9999999.00', '1.00000']],
        a: []
      }
      desk.oracle.isBlind = true
      for (const line of desk.network.open_) line.say(JSON.stringify({ stream: 'x', data: frame }))
      await desk.clock.pass(200)
      assert.ok(desk.lane().book.crossed)
      assert.ok(await desk.until(() => desk.status().state === 'crossed', 1_100), 'not called crossed')
      assert.ok(
        await desk.until(() => desk.status().reason.includes('crossed for more than a second'), 3_000)
      )
      desk.oracle.isBlind = false
      desk.sim.pace(symbol(desk), 300)
      await backWithin(desk, 10_000)
    })
  },
  {
    id: 'F23',
    promise: 'a checksum that disagrees once is one resync',
    run: async () => {
      let bad = 0
      const venue = { ...okxDialect.venue, checksum: { of: () => (bad-- > 0 ? 1 : 2) } }
      const desk = simDesk(summing, { venue })
      assert.ok(await desk.goLive())
      bad = 1
      assert.ok(await desk.until(() => !desk.ids.every((id) => desk.feed.lane(id)!.isLive), 5_000))
      await backWithin(desk, 10_000)
      await staysLive(desk, 30_000)
      desk.stop()
    }
  },
  {
    id: 'F24',
    promise: 'a checksum that always disagrees ends as unverified, followed and audited, without a loop',
    run: async () => {
      const desk = simDesk(summing, { venue: withBadChecksum(okxDialect.venue) })
      desk.feed.watch(new Set(desk.ids))
      assert.ok(await desk.until(() => desk.status().state === 'unverified', 2 * minute), desk.status().state)
      const { snapshots } = desk.lane().counters
      await desk.clock.pass(9 * minute)
      assert.equal(desk.status().state, 'unverified')
      // After one minute, two, four and so on.
      assert.ok(desk.lane().counters.snapshots - snapshots <= 3, 'a loop')
      await desk.clock.pass(2 * minute)
      assert.ok(desk.lane().counters.audits >= 1, 'no audit')
      desk.stop()
    }
  },
  {
    id: 'F24b',
    promise:
      'a book that lost so much that the venue’s checksums were doubted says when it is tried again, and is live once they agree with a fresh snapshot',
    run: async () => {
      const desk = simDesk(krakenDialect)
      const { network, clock } = desk
      assert.ok(await desk.goLive())
      for (let loss = 0; loss < 60 && desk.status().state !== 'unverified'; loss++) {
        network.faults.drop(desk.sim.listings[0]!.symbol, 3)
        await clock.pass(2_000)
      }
      assert.equal(desk.status().state, 'unverified')
      await clock.pass(2_000)
      const wait = (desk.status().nextAttemptAt ?? NaN) - clock.now()
      assert.ok(wait > 0 && wait <= 2 * minute, `tried again in ${wait} ms`)
      await clock.pass(wait)
      assert.ok(await desk.until(() => desk.lane().isLive, 10_000), desk.status().state)
      desk.stop()
    }
  }
]
