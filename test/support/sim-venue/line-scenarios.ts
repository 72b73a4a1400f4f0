import assert from 'node:assert/strict'
import { inWords } from '../../../src-main/engine/feed/trouble'
import { textOf } from './dialect'
import { binanceSpotDialect, binanceUsdmDialect } from './dialects/binance'
import { bitstampDialect } from './dialects/bitstamp'
import { bybitDialects } from './dialects/bybit'
import { krakenDialect } from './dialects/kraken'
import type { Scenario } from './scenario'
import { backWithin, isLive, live, renewedAfter, snapshotsAsked, staysLive, symbol } from './scenario'
import type { SimDesk } from './sim-desk'
import { simDesk } from './sim-desk'

const spot = binanceSpotDialect
const bybit = bybitDialects[1]!
const inBand = krakenDialect
const minute = 60_000

/** Why there is no way to a venue, as the system or `ws` says it, and what the user reads. */
const noWays: readonly (readonly [what: string, error: Error, words: RegExp])[] = [
  [
    'a name that is not found',
    Object.assign(new Error('getaddrinfo ENOTFOUND'), { code: 'ENOTFOUND' }),
    /no such host \(offline\?\): stream\.binance\.com/
  ],
  [
    'a login page of the network',
    new Error('Unexpected server response: 302'),
    /a web page instead of the venue \(a login page of your network\?\): stream\.binance\.com/
  ],
  [
    'a certificate of somebody else',
    Object.assign(new Error('altnames'), { code: 'ERR_TLS_CERT_ALTNAME_INVALID' }),
    /its certificate is for another host: stream\.binance\.com/
  ]
]

/** All that a message can change. */
const heardSoFar = (desk: SimDesk) => ({
  ...desk.feed.counts(),
  ...desk.lane().counters,
  id: desk.lane().book.sequence,
  best: desk.lane().book.bids.size(0),
  trades: desk.oracle.trades.length
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
    promise: 'a line that is half open shows stale within three seconds, and is dropped within ten',
    run: live(inBand, async (desk) => {
      const line = desk.network.open_[0]!
      desk.network.halfOpen()
      // Three seconds, and one for the look.
      assert.ok(await desk.until(() => !isLive(desk), 4_000), 'still live')
      assert.equal(desk.status().reason, 'the line does not answer')
      assert.ok(await desk.until(() => !line.isUp, 6_000), 'not dropped')
      assert.match(desk.status().reason, /^nothing heard for 9 s, and the line does not answer/)
      await backWithin(desk, 5_000)
    })
  },
  {
    id: 'F13',
    promise:
      'a line that dies before it was ever asked is found out as soon, where one before it has answered',
    run: live(bybit, async (desk) => {
      for (const { symbol: it } of desk.sim.listings) desk.sim.pace(it, Infinity)
      desk.network.cut()
      await backWithin(desk, 5_000)
      const line = desk.network.open_[0]!
      desk.network.halfOpen()
      // The first question comes after five seconds.
      assert.ok(await desk.until(() => !isLive(desk), 9_000), 'still live')
      assert.ok(await desk.until(() => !line.isUp, 6_000), 'not dropped')
    })
  },
  {
    id: 'F13',
    promise: 'a line whose pings are never answered is not dropped for that, however quiet it is',
    run: live({ ...spot, answersPings: false }, async (desk) => {
      for (const { symbol: it } of desk.sim.listings) desk.sim.pace(it, Infinity)
      await staysLive(desk, 5 * minute)
      assert.equal(desk.network.connects.length, 1)
    })
  },
  {
    id: 'F13',
    promise: 'a line whose pings are answered no more while its frames come is not doubted',
    run: live(spot, async (desk) => {
      desk.network.weather.deaf = true
      await staysLive(desk, minute)
      assert.equal(desk.network.connects.length, 1)
    })
  },
  {
    id: 'F13',
    promise:
      'a quiet book whose line answers late is stale until it does, and then what it was, though nothing moved',
    run: live(bybit, async (desk) => {
      for (const { symbol: it } of desk.sim.listings) desk.sim.pace(it, Infinity)
      await desk.clock.pass(minute)
      const { sequence } = desk.lane().book
      desk.network.weather.latencyMs = 1_900
      assert.ok(await desk.until(() => !isLive(desk), 10_000), 'still live')
      assert.equal(desk.status().reason, 'the line does not answer')
      await backWithin(desk, 2_500)
      assert.deepEqual([desk.lane().book.sequence, desk.network.connects.length], [sequence, 1])
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
    id: 'F16',
    promise: 'a quiet hour on a venue that pings every three minutes costs no line and no moment',
    run: live(binanceUsdmDialect, async (desk) => {
      for (const { symbol: it } of desk.sim.listings) desk.sim.pace(it, Infinity)
      await staysLive(desk, 60 * minute)
      // One for each kind of stream.
      assert.equal(desk.network.connects.length, 2)
    })
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
    id: 'F31',
    promise:
      'a message larger than allowed is counted and ends its line; when it comes again, the venue is left alone for a minute, and the book says until when',
    run: live(spot, async (desk) => {
      const { clock, feed, network } = desk
      const bomb = async () => {
        const { rejected } = feed.counts()
        for (const line of network.open_) line.close('a frame larger than allowed', true)
        await clock.pass(200)
        assert.equal(feed.counts().rejected, rejected + 1)
        assert.equal(desk.status().state, 'connecting')
      }
      await bomb()
      await backWithin(desk, 5_000)
      await clock.pass(5 * minute)
      await bomb()
      const { nextAttemptAt } = desk.status()
      assert.ok(nextAttemptAt! - clock.now() > 59_000, 'tried again too soon')
      const connects = network.connects.length
      await clock.pass(59_000)
      assert.equal(network.connects.length, connects)
      await backWithin(desk, 5_000)
    })
  },
  {
    id: 'F31',
    promise: 'a snapshot larger than allowed is counted; when it comes again, none is asked for in a minute',
    run: live(spot, async (desk) => {
      const { clock, network } = desk
      const asked = snapshotsAsked(desk)
      network.restFaults.push({ kind: 'bomb' }, { kind: 'bomb' })
      network.faults.drop(symbol(desk))
      const isBombed = () => network.restFaults.length === 0
      assert.ok(await desk.until(isBombed, 10_000), 'not asked twice')
      await clock.pass(200)
      assert.equal(desk.lane().counters.rejected, 2)
      assert.match(desk.status().reason, /larger than allowed/)
      assert.ok(desk.status().nextAttemptAt! - clock.now() > 59_000, 'asked again too soon')
      await clock.pass(59_000)
      assert.equal(snapshotsAsked(desk), asked + 2)
      await backWithin(desk, 5_000)
    })
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
      { venue: renewedAfter(spot.venue, 60 * minute) }
    )
  },
  {
    id: 'F37',
    promise: 'what a line that was given up still brings changes no book, no counter, and tells no trade',
    run: live(spot, async (desk) => {
      for (const { symbol: it } of desk.sim.listings) desk.sim.pace(it, Infinity)
      const old = desk.network.open_[0]!
      desk.feed.suspend()
      desk.feed.resume()
      await backWithin(desk, 10_000)
      await desk.clock.pass(3_000)
      const before = heardSoFar(desk)
      const { last, bids } = desk.sim.truth(symbol(desk))!
      const common = { E: desk.sim.now(), s: symbol(desk) }
      const price = textOf(bids[0]![0], desk.sim.listings[0]!.price)
      const diff = { e: 'depthUpdate', ...common, U: last + 1, u: last + 1, b: [[price, '9.00000']], a: [] }
      const trade = { e: 'trade', ...common, T: common.E, m: true, p: price, q: '1.00000', t: 900_000 }
      for (const data of [diff, trade]) old.bring(JSON.stringify({ stream: 'any', data }))
      assert.deepEqual(heardSoFar(desk), before)
    })
  },
  ...noWays.map(([what, error, words]): Scenario => ({
    id: 'F38',
    promise: `${what} is said in words, for requests and for lines, and tried ever more rarely`,
    run: async () => {
      const desk = simDesk(spot)
      const { network, clock, feed } = desk
      const refuses = inWords(error, 'wss://stream.binance.com:9443/ws')
      assert.match(refuses, words)
      network.weather.refuses = refuses
      feed.watch(new Set(desk.ids))
      await clock.pass(2 * minute)
      assert.ok(Math.max(network.connects.length, network.asked.length) <= 14, 'a loop')
      assert.equal(desk.status().state, 'connecting')
      assert.match(desk.status().reason, words)
      network.heal()
      await backWithin(desk, 40_000)
      network.weather.refuses = refuses
      network.cut()
      const [connects, asked] = [network.connects.length, network.asked.length]
      await clock.pass(2 * minute)
      assert.ok(network.connects.length - connects <= 14, 'a loop of lines')
      assert.ok(network.asked.length - asked <= 14, 'a loop of requests')
      assert.equal(desk.status().state, 'connecting')
      assert.match(desk.status().reason, words)
      assert.ok(desk.status().nextAttemptAt! > clock.now())
      desk.stop()
    }
  })),
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
    id: 'F39',
    promise: 'a line that takes over from one that was late is not late with it',
    run: live(spot, async (desk) => {
      const { network } = desk
      network.weather.latencyMs = 1_500
      assert.ok(await desk.until(() => desk.status().state === 'overloaded', 15_000), desk.status().state)
      for (const line of network.open_) line.say('{"e":"serverShutdown","E":1800000000000}')
      const tookOver = () => network.connects.length === 2 && network.open_.length === 1
      assert.ok(await desk.until(tookOver, 15_000), 'not taken over')
      await backWithin(desk, 10_000)
      assert.equal(network.connects.length, 2)
    })
  },
  {
    id: 'F39',
    promise:
      'where nothing tells of losses, a book is not gone on with when its line was so late that another took over: what lies between the two never came',
    run: live(
      bitstampDialect,
      async (desk) => {
        const { clock, network, oracle } = desk
        await clock.pass(30_000)
        network.weather.slowMs = 200
        assert.ok(await desk.until(() => network.connects.length === 2, 15_000), 'not renewed')
        assert.ok(!isLive(desk), 'not late')
        // What is on its way stays late; the next line is not.
        network.weather.slowMs = 0
        const old = network.open_[0]!
        for (let left = 10_000; left > 0 && old.isUp; left -= 100) {
          await clock.pass(100)
          oracle.sample()
        }
        assert.ok(!old.isUp, 'not taken over')
        await backWithin(desk, 10_000)
      },
      { venue: renewedAfter(bitstampDialect.venue, minute) }
    )
  },
  {
    id: 'F40',
    promise:
      'what was traded while the old line heard nothing more and the one that takes over nothing yet is told as missed',
    run: live(
      // A line that does not answer is not known to be dead.
      { ...spot, answersPings: false },
      async (desk) => {
        for (const { symbol: it } of desk.sim.listings) desk.sim.pace(it, Infinity)
        const old = desk.network.open_[0]!
        desk.network.halfOpen()
        const { length } = desk.oracle.statuses
        assert.ok(await desk.until(() => !old.isUp, 60_000), 'not taken over')
        const said = desk.oracle.statuses.slice(length).map(({ status }) => status.state)
        assert.ok(!said.includes('connecting'), 'lost instead of taken over')
        assert.deepEqual(desk.oracle.tradesLost, desk.ids)
      },
      { venue: renewedAfter(spot.venue, 40_000) }
    )
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
