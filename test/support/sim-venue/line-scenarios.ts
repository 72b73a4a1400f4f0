import assert from 'node:assert/strict'
import type { Venue } from '../../../src-main/engine/venues/venue'
import { binanceSpotDialect } from './dialects/binance'
import { bybitDialects } from './dialects/bybit'
import type { Scenario } from './scenario'
import { backWithin, isLive, live, othersAreLive, snapshotsAsked, staysLive, symbol } from './scenario'
import { simDesk } from './sim-desk'

const spot = binanceSpotDialect
const bybit = bybitDialects[1]!
const minute = 60_000

/** The adapter as if the venue cut lines after an hour instead of a day. */
const renewedHourly = (venue: Venue): Venue => ({
  ...venue,
  legs: venue.legs.map((leg) => ({ ...leg, lifetimeMs: 60 * minute }))
})
/** Lines that end, say nothing, or are renewed. */
export const lineScenarios: readonly Scenario[] = [
  {
    id: 'F11',
    promise: 'a clean close voids the books at once, says when it tries again, and they come back',
    run: live(spot, async (desk) => {
      desk.network.cut('closed by the venue (1001)')
      assert.equal(desk.status().state, 'connecting')
      assert.ok(desk.status().nextAttemptAt! > desk.clock.now())
      assert.equal(desk.lane().book.bids.count, 0)
      await backWithin(desk, 5_000)
    })
  },
  {
    id: 'F11',
    promise:
      'a venue that announces its end gets a new line before the old one goes, and no book leaves live',
    run: live(spot, async (desk) => {
      for (const line of desk.network.open_) line.say('{"e":"serverShutdown","E":1800000000000}')
      await staysLive(desk, 15_000)
      assert.equal(desk.network.connects.length, 2)
      assert.equal(desk.network.open_.length, 1)
    })
  },
  {
    id: 'F12',
    promise: 'a line that is reset every five seconds is made at most thirty times in ten minutes',
    run: live(spot, async (desk) => {
      const before = desk.network.connects.length
      for (let second = 0; second < 600; second += 5) {
        desk.network.cut('connection cut')
        await desk.clock.pass(5_000)
      }
      assert.ok(
        desk.network.connects.length - before <= 30,
        `${desk.network.connects.length - before} connects`
      )
    })
  },
  {
    id: 'F12',
    promise: 'a server that is down for ten minutes sees at most thirty connects',
    run: live(spot, async (desk) => {
      const before = desk.network.connects.length
      desk.network.weather.refuses = 'connection refused'
      desk.network.cut()
      await desk.clock.pass(10 * minute)
      assert.ok(desk.network.connects.length - before <= 30)
      assert.match(desk.status().reason, /refused/)
      desk.network.heal()
      await backWithin(desk, 40_000)
    })
  },
  {
    id: 'F13',
    promise: 'a line that is half open shows stale soon, and is dropped within fifteen seconds',
    run: live(spot, async (desk) => {
      desk.network.halfOpen()
      assert.ok(await desk.until(() => !isLive(desk), 8_000), 'still live')
      assert.ok(await desk.until(() => desk.network.connects.length === 2, 12_000), 'not dropped')
      await backWithin(desk, 5_000)
    })
  },
  {
    id: 'F13b',
    promise: 'a line that is half open before its books’ pace is known shows stale as soon',
    run: async () => {
      const desk = simDesk(bybit, { paceMs: Infinity })
      assert.ok(await desk.goLive())
      desk.network.halfOpen()
      // Three seconds, and one for the look.
      assert.ok(await desk.until(() => !isLive(desk), 4_000), 'still live')
      desk.stop()
    }
  },
  {
    id: 'F14',
    promise:
      'one silent book among others is probed, subscribed anew, then its line is replaced; the others stay live until then',
    run: live(spot, async (desk) => {
      desk.network.faults.muted.add(symbol(desk))
      assert.ok(await desk.until(() => !isLive(desk), 9_000), 'still live')
      assert.ok(othersAreLive(desk))
      assert.ok(await desk.until(() => desk.network.connects.length === 2, 20_000), 'not replaced')
      desk.network.heal()
      await backWithin(desk, 10_000)
    })
  },
  {
    id: 'F15',
    promise: 'one message again and again is no sign of life',
    run: live(bybit, async (desk) => {
      desk.network.faults.stuck.add(symbol(desk))
      assert.ok(await desk.until(() => !isLive(desk), 10_000), 'still live')
      desk.network.heal()
      await backWithin(desk, 15_000)
    })
  },
  {
    id: 'F16',
    promise: 'a book that moves once an hour stays live, confirmed by asking, without a new connection',
    run: live(
      spot,
      async (desk) => {
        for (const { symbol: it } of desk.sim.listings) desk.sim.pace(it, Infinity)
        await staysLive(desk, 60 * minute)
        assert.ok(desk.status().checkedAt! > desk.clock.now() - 11 * minute)
        assert.equal(desk.network.connects.length, 1)
        assert.ok(snapshotsAsked(desk) < 60)
      },
      { paceMs: 1_000 }
    )
  },
  {
    id: 'F17',
    promise: 'a subscription that is never answered is asked again, and its book says so: no dark book',
    run: async () => {
      const desk = simDesk(spot)
      desk.network.weather.deaf = true
      desk.feed.watch(new Set(desk.ids))
      // A snapshot alone proves nothing of a book whose changes may never come.
      for (let second = 0; second < 7; second++) {
        await desk.clock.pass(1_000)
        assert.notEqual(desk.status().state, 'live')
      }
      assert.match(desk.status().reason, /not subscribed: the venue has not answered/)
      assert.ok(desk.status().nextAttemptAt !== undefined)
      desk.network.weather.deaf = false
      await backWithin(desk, 12_000)
      desk.stop()
      assert.deepEqual(desk.oracle.lies, [])
    }
  },
  {
    id: 'F36',
    promise:
      'a line is renewed before the venue cuts it: no book leaves live, no trade is told twice, none is lost',
    run: live(
      spot,
      async (desk) => {
        desk.oracle.trades.length = 0
        const first = desk.sim.deals
        for (const { symbol: it } of desk.sim.listings) desk.sim.pace(it, 2_000)
        for (let hour = 0; hour < 1 && desk.network.connects.length < 2; hour++)
          await staysLive(desk, 60 * minute)
        assert.equal(desk.network.connects.length, 2)
        await staysLive(desk, minute)
        assert.equal(new Set(desk.oracle.trades).size, desk.oracle.trades.length)
        assert.ok(desk.sim.deals - first - desk.oracle.trades.length <= 1)
      },
      { venue: renewedHourly(spot.venue) }
    )
  },
  {
    id: 'F37',
    promise: 'a line that was given up is heard no more',
    run: live(spot, async (desk) => {
      const old = desk.network.open_[0]!
      desk.feed.retry('binance-spot')
      old.close('connection cut')
      await desk.clock.pass(3_000)
      const before = desk.feed.counts().frames
      old.say('{"stream":"x","data":{}}')
      desk.sim.pace(symbol(desk), Infinity)
      assert.ok(desk.feed.counts().frames >= before)
      desk.sim.pace(symbol(desk), 300)
      await backWithin(desk, 10_000)
    })
  },
  {
    id: 'F38',
    promise:
      'no name lookup, a captive portal or a bad certificate is said in words, and tried ever more rarely',
    run: async () => {
      const desk = simDesk(spot)
      desk.network.weather.refuses = 'no such host: stream.binance.com'
      desk.feed.watch(new Set(desk.ids))
      await desk.clock.pass(2 * minute)
      assert.match(desk.status().reason, /no such host/)
      assert.equal(desk.status().state, 'connecting')
      assert.ok(desk.network.connects.length <= 14)
      desk.stop()
    }
  },
  {
    id: 'F39',
    promise: 'a line that drips is late, not live, and is replaced',
    run: live(spot, async (desk) => {
      desk.network.weather.slowMs = 400
      assert.ok(await desk.until(() => desk.status().state === 'overloaded', 15_000), desk.status().state)
      assert.match(desk.status().reason, /arrives \d+\.\d s late/)
      assert.ok(await desk.until(() => desk.network.connects.length >= 2, 20_000), 'not replaced')
      desk.network.heal()
      await backWithin(desk, 40_000)
    })
  },
  {
    id: 'F40',
    promise: 'trades that were missed with a line are told as missed',
    run: live(spot, async (desk) => {
      desk.network.cut()
      assert.deepEqual(desk.oracle.tradesLost, desk.ids)
      await backWithin(desk, 5_000)
    })
  }
]
