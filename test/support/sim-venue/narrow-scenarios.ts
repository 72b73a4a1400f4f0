import assert from 'node:assert/strict'
import { cutting } from './cut-snapshots'
import { binanceSpotDialect } from './dialects/binance'
import { bitstampDialect } from './dialects/bitstamp'
import { kucoinDialect } from './dialects/kucoin'
import { simulatedDialect } from './dialects/simulated'
import type { Scenario } from './scenario'
import { backWithin, isLive, listingsOf, live, snapshotsAsked, states, symbol } from './scenario'
import type { SimDesk } from './sim-desk'
import { simDesk } from './sim-desk'

const spot = binanceSpotDialect
const minute = 60_000

const stillAll = ({ sim }: SimDesk) => {
  for (const { symbol: it } of sim.listings) sim.pace(it, Infinity)
}

/** Cases so narrow that no storm finds them: each has a planted bug that everything else let live. */
export const narrowScenarios: readonly Scenario[] = [
  {
    id: 'reach',
    promise: 'a price that went beyond what a cut snapshot held is not live before another snapshot is there',
    run: live(cutting(kucoinDialect, 4), async (desk) => {
      const from = desk.oracle.statuses.length
      for (let looks = 0; looks < 120; looks++) {
        await desk.clock.pass(500)
        desk.oracle.sample()
      }
      assert.ok(states(desk, from).includes('gap'), 'the price never went so far')
    })
  },
  {
    id: 'F06',
    promise: 'a snapshot that ends just before the first message that waits is joined by it, without another',
    run: live(spot, async (desk) => {
      stillAll(desk)
      await desk.clock.pass(1_000)
      desk.network.cut()
      await backWithin(desk, 10_000)
      desk.network.cut()
      const asked = snapshotsAsked(desk)
      assert.ok(await desk.until(() => desk.network.open_.length === 1, 2_000), 'no new line')
      // The subscription is on its way; what comes after it waits.
      await desk.clock.pass(300)
      desk.network.restFaults.push({ kind: 'old' })
      desk.sim.advance(symbol(desk))
      assert.ok(await desk.until(() => isLive(desk), 5_000), 'not live')
      assert.equal(desk.lane().book.sequence, desk.sim.truth(symbol(desk))!.last)
      assert.equal(snapshotsAsked(desk), asked + 1)
    })
  },
  {
    id: 'F13',
    promise: 'a busy book whose venue answers nothing any more, on no way, is stale within six seconds',
    // Where the line's pings are not answered either way, only the books' own pace tells.
    run: live({ ...simulatedDialect, answersPings: false }, async (desk) => {
      await desk.clock.pass(20_000)
      desk.network.halfOpen()
      assert.ok(await desk.until(() => !isLive(desk), 6_000), 'still live')
      assert.match(desk.status().reason, /^nothing heard for \d s, asking/)
      desk.network.heal()
      await backWithin(desk, 15_000)
    })
  },
  {
    id: 'F17',
    promise:
      'a snapshot asked for before the venue acknowledged a new subscription is not believed where nothing tells of losses',
    run: async () => {
      const desk = simDesk(bitstampDialect, { paceMs: 20 })
      assert.ok(await desk.goLive(), 'not live')
      // Left and joined again while words take long: snapshots do not, and between the two the venue sends nothing.
      desk.network.weather.latencyMs = 1_000
      desk.feed.watch(new Set(desk.ids.slice(1)))
      desk.feed.watch(new Set(desk.ids))
      await desk.clock.pass(300)
      desk.network.weather.latencyMs = 50
      await desk.clock.pass(5_000)
      desk.oracle.sample()
      assert.ok(isLive(desk), 'not live again')
      desk.stop()
      assert.deepEqual(desk.oracle.lies, [])
    }
  },
  {
    id: 'F32',
    promise: 'where nothing proves a book, a snapshot asked for before the last loss is not believed',
    run: live(bitstampDialect, async (desk) => {
      const { clock, network, sim } = desk
      const book = symbol(desk)
      stillAll(desk)
      await clock.pass(1_000)
      network.weather.latencyMs = 1_000
      network.faults.truncate(book)
      sim.advance(book)
      // The venue answers after two seconds and is heard after three; the next loss lies between.
      await clock.pass(2_200)
      network.weather.latencyMs = 50
      network.faults.truncate(book)
      sim.advance(book)
      await clock.pass(1_000)
      sim.advance(book)
      await clock.pass(200)
      desk.oracle.sample()
      await backWithin(desk, 10_000)
    })
  },
  {
    id: 'F17',
    promise: 'a snapshot that came before the subscription was answered is not called live',
    run: async () => {
      const desk = simDesk(spot)
      desk.network.weather.deaf = true
      desk.feed.watch(new Set(desk.ids))
      assert.ok(await desk.until(() => desk.network.open_.length === 1, 5_000), 'no line')
      await desk.clock.pass(500)
      desk.feed.retry('binance-spot')
      await desk.clock.pass(3_500)
      assert.equal(snapshotsAsked(desk), desk.ids.length)
      assert.ok(!isLive(desk), 'live without a subscription')
      desk.network.weather.deaf = false
      await backWithin(desk, 12_000)
      desk.stop()
      assert.deepEqual(desk.oracle.lies, [])
    }
  },
  {
    id: 'F21',
    promise: 'what waits of an old count is forgotten when ids begin anew: one snapshot is enough',
    run: live(spot, async (desk) => {
      const own = () => desk.network.asked.filter(({ url }) => url.includes(symbol(desk))).length
      const asked = own()
      desk.network.restFaults.push({ kind: 'lost' })
      desk.network.faults.drop(symbol(desk))
      assert.ok(await desk.until(() => !isLive(desk), 5_000), 'no gap seen')
      await desk.clock.pass(2_000)
      desk.sim.restart()
      await backWithin(desk, 15_000)
      assert.equal(own() - asked, 2)
    })
  },
  {
    id: 'F36',
    promise:
      'a line that takes over is ahead of the old one in part: nothing falls between the two, no trade is told twice',
    run: live(spot, async (desk) => {
      for (const { symbol: it } of desk.sim.listings) desk.sim.pace(it, 40)
      desk.network.weather.jitterMs = 300
      await desk.clock.pass(3_000)
      desk.oracle.trades.length = 0
      const from = desk.oracle.outages.length
      for (const line of desk.network.open_) line.say('{"e":"serverShutdown","E":1800000000000}')
      await desk.clock.pass(12_000)
      assert.deepEqual(desk.oracle.outages.slice(from), [])
      assert.deepEqual([desk.network.connects.length, desk.network.open_.length], [2, 1])
      assert.ok(desk.oracle.trades.length > 20)
      assert.equal(new Set(desk.oracle.trades).size, desk.oracle.trades.length)
    })
  },
  {
    id: 'R7',
    promise:
      'in no minute is more than half of the weight used that a venue allows, however many books want it',
    run: async () => {
      const venue = { ...spot.venue, limits: { ...spot.venue.limits, weightPerMinute: 1_000 } }
      const desk = simDesk(spot, { venue, listings: listingsOf(spot, 30), paceMs: 10_000 })
      desk.feed.watch(new Set(desk.ids))
      await desk.clock.pass(4 * minute)
      const { asked } = desk.network
      for (const { mono } of asked) {
        const inMinute = asked.filter((it) => it.mono >= mono && it.mono < mono + minute)
        const weight = inMinute.reduce((sum, { url }) => sum + (url.includes('/depth') ? 50 : 20), 0)
        assert.ok(weight <= 500, `weight ${weight} of 1000 in a minute`)
      }
      assert.ok(snapshotsAsked(desk) >= 30, `only ${snapshotsAsked(desk)} snapshots`)
      desk.stop()
      assert.deepEqual(desk.oracle.lies, [])
    }
  },
  {
    id: 'F29',
    promise:
      'a snapshot that was under way while the computer slept is not read on waking, though nothing else tells of the sleep before it',
    run: live(
      spot,
      async (desk) => {
        const { clock, network, oracle, sim } = desk
        stillAll(desk)
        await clock.pass(1_000 - (clock.mono() % 1_000) + 100)
        network.cut()
        await backWithin(desk, 10_000)
        network.cut()
        const asked = snapshotsAsked(desk)
        assert.ok(await desk.until(() => network.open_.length === 1, 2_000), 'no new line')
        await clock.pass(300)
        // The answer ends just before the message that waits: it would be joined by it, and live.
        network.restFaults.push({ kind: 'old' })
        sim.advance(symbol(desk))
        for (let left = 5_000; left > 0 && snapshotsAsked(desk) === asked; left--) await clock.pass(1)
        assert.equal(snapshotsAsked(desk), asked + 1)
        // It has left the venue.
        await clock.pass(70)
        assert.ok(!isLive(desk), 'was live before')
        assert.ok(clock.mono() % 1_000 < 900, 'the tick would come first')
        const from = oracle.statuses.length
        clock.freeze(20 * minute)
        sim.advance(symbol(desk))
        await clock.pass(1)
        assert.deepEqual(
          oracle.statuses.slice(from).flatMap(({ status }) => (status.state === 'live' ? [status] : [])),
          []
        )
        await backWithin(desk, 5_000)
      },
      { listings: listingsOf(spot, 1) }
    )
  }
]
