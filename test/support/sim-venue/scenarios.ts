import assert from 'node:assert/strict'
import type { Ban } from '../../../src-shared/contract/control'
import { millis } from '../../../src-shared/units'
import type { Venue } from '../../../src-main/engine/venues/venue'
import { binanceSpotDialect, binanceUsdmDialect } from './dialects/binance'
import { bitstampDialect } from './dialects/bitstamp'
import { bybitDialects } from './dialects/bybit'
import { krakenDialect } from './dialects/kraken'
import { okxDialect } from './dialects/okx'
import { simulatedDialect } from './dialects/simulated'
import type { Dialect, Listing } from './dialect'
import type { SimDesk, SimDeskOptions } from './sim-desk'
import { simDesk } from './sim-desk'

/** One fault of the catalogue (reliability.md 4.2), and what must be seen. */
export interface Scenario {
  readonly id: string
  readonly promise: string
  /** Throws when the promise is broken. */
  readonly run: () => Promise<void>
}

const spot = binanceSpotDialect
const bybit = bybitDialects[1]!
const minute = 60_000

/** A desk that is live, what happens on it, and at the end Invariant T. */
export const live =
  (dialect: Dialect, act: (desk: SimDesk) => Promise<void>, options: SimDeskOptions = {}) =>
  async (): Promise<void> => {
    const desk = simDesk(dialect, options)
    assert.ok(await desk.goLive(30_000), 'never live')
    await desk.clock.pass(20_000)
    await act(desk)
    desk.oracle.sample()
    desk.stop()
    assert.deepEqual(desk.oracle.lies, [])
  }

export const symbol = (desk: SimDesk) => desk.sim.listings[0]!.symbol
/** States the first book went through since `from`. */
export const states = ({ oracle, ids }: SimDesk, from = 0) =>
  oracle.statuses.slice(from).flatMap(({ id, status }) => (id === ids[0] ? [status.state] : []))
export const snapshotsAsked = ({ network }: SimDesk) =>
  network.asked.filter(({ url }) => /depth|order_?book/.test(url)).length
export const isLive = (desk: SimDesk) => desk.lane().isLive
const othersAreLive = (desk: SimDesk) => desk.ids.slice(1).every((id) => desk.feed.lane(id)!.isLive)

/** Many listings like the dialect's first. */
export const listingsOf = ({ listings }: Dialect, count: number): Listing[] =>
  Array.from({ length: count }, (_, n) => ({ ...listings[0]!, symbol: `A${n}USDT`, base: `A${n}` }))

export async function backWithin(desk: SimDesk, ms: number): Promise<void> {
  assert.ok(
    await desk.until(() => desk.ids.every((id) => desk.feed.lane(id)!.isLive), ms),
    `not live again: ${JSON.stringify(desk.status())}`
  )
}

/** Passes time and demands that the first book never leaves live. */
async function staysLive(desk: SimDesk, ms: number, each = (): void => undefined): Promise<void> {
  const from = desk.oracle.statuses.length
  for (let left = ms; left > 0; left -= 1_000) {
    await desk.clock.pass(1_000)
    each()
  }
  const told = states(desk, from).filter((state) => state !== 'live')
  assert.deepEqual(told, [], 'left live')
}

const lossOf = (count: number) =>
  live(spot, async (desk) => {
    const asked = snapshotsAsked(desk)
    const from = desk.oracle.statuses.length
    desk.network.faults.drop(symbol(desk), count)
    if (count > 1) for (let n = 0; n < count; n++) desk.sim.advance(symbol(desk))
    assert.ok(await desk.until(() => states(desk, from).includes('gap'), 5_000), 'no gap seen')
    assert.match(
      desk.oracle.statuses.find(({ status }) => status.state === 'gap')!.status.reason,
      /updates? lost at .*, resyncing/
    )
    await backWithin(desk, 5_000)
    assert.equal(snapshotsAsked(desk), asked + 1)
    assert.ok(othersAreLive(desk))
  })

/** The adapter with a checksum that never agrees. */
const withBadChecksum = (venue: Venue): Venue => ({ ...venue, checksum: { of: () => 1 } })
/** The adapter as if the venue cut lines after an hour instead of a day. */
const renewedHourly = (venue: Venue): Venue => ({
  ...venue,
  legs: venue.legs.map((leg) => ({ ...leg, lifetimeMs: 60 * minute }))
})
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

export const scenarios: readonly Scenario[] = [
  {
    id: 'F01',
    promise: 'a lost diff is a gap in the call that finds it, and one snapshot heals it',
    run: lossOf(1)
  },
  { id: 'F02', promise: 'five hundred lost diffs are one gap and one snapshot', run: lossOf(500) },
  {
    id: 'F03',
    promise: 'a diff that comes twice changes nothing and is counted',
    run: live(spot, async (desk) => {
      const { stale } = desk.lane().counters
      desk.network.faults.duplicate(symbol(desk), 3)
      await staysLive(desk, 10_000)
      assert.equal(desk.lane().counters.stale - stale, 3)
    })
  },
  {
    id: 'F04',
    promise: 'two diffs that changed places never put an old size over a new one',
    run: live(spot, async (desk) => {
      desk.network.faults.swap(symbol(desk))
      assert.ok(await desk.until(() => desk.lane().counters.gaps === 1, 5_000))
      await backWithin(desk, 5_000)
    })
  },
  {
    id: 'F05',
    promise: 'a snapshot older than what waits is asked for again; the buffer and the line are kept',
    run: live(spot, async (desk) => {
      const connects = desk.network.connects.length
      await desk.clock.pass(1_000)
      // What a cache holds is what the venue answered last.
      const before = desk.lane().counters.gaps
      desk.network.faults.drop(symbol(desk))
      assert.ok(await desk.until(() => desk.lane().counters.gaps > before, 5_000))
      await backWithin(desk, 5_000)
      desk.network.restFaults.push({ kind: 'old' })
      desk.network.faults.drop(symbol(desk))
      assert.ok(await desk.until(() => desk.lane().counters.gaps > before + 1, 5_000))
      await backWithin(desk, 10_000)
      assert.equal(desk.network.connects.length, connects)
    })
  },
  {
    id: 'F05',
    promise: 'where no id tells, a snapshot older than what waits for it is not taken',
    run: live(bitstampDialect, async (desk) => {
      desk.network.restFaults.push({ kind: 'old' }, { kind: 'old' })
      desk.network.faults.truncate(symbol(desk))
      assert.ok(await desk.until(() => !isLive(desk), 5_000))
      await backWithin(desk, 15_000)
    })
  },
  {
    id: 'F06',
    promise:
      'a snapshot newer than all that waits is live once nothing contradicts it, also on a quiet market',
    run: async () => {
      const desk = simDesk(spot)
      for (const { symbol: it } of desk.sim.listings) desk.sim.pace(it, Infinity)
      assert.ok(await desk.goLive(8_000), 'not live')
      desk.stop()
      assert.deepEqual(desk.oracle.lies, [])
    }
  },
  {
    id: 'F07',
    promise:
      'a snapshot that never comes is given up after ten seconds and asked for again; what waits has a cap',
    run: live(spot, async (desk) => {
      desk.network.restFaults.push({ kind: 'lost' })
      desk.network.faults.drop(symbol(desk))
      assert.ok(await desk.until(() => !isLive(desk), 5_000))
      desk.sim.pace(symbol(desk), 1)
      await desk.clock.pass(9_000)
      assert.ok(!isLive(desk) && desk.lane().pending.count <= 4_096)
      desk.sim.pace(symbol(desk), 300)
      await backWithin(desk, 12_000)
    })
  },
  {
    id: 'F08',
    promise: 'a snapshot that is an error page, half an answer or HTTP 500 is counted and asked for again',
    run: live(spot, async (desk) => {
      desk.network.restFaults.push({ kind: 'html' }, { kind: 'cut' }, { kind: 'status', status: 500 })
      desk.network.faults.drop(symbol(desk))
      assert.ok(await desk.until(() => !isLive(desk), 5_000))
      await backWithin(desk, 20_000)
    })
  },
  {
    id: 'F09',
    promise: 'after HTTP 429 nothing is asked before the time the venue gave, and the book says so',
    run: live(spot, async (desk) => {
      desk.network.restFaults.push({ kind: 'status', status: 429, retryAfterMs: minute })
      desk.network.faults.drop(symbol(desk))
      assert.ok(await desk.until(() => desk.bans.length === 1, 5_000))
      const asked = desk.network.asked.length
      await desk.clock.pass(58_000)
      assert.equal(desk.status().state, 'rate-limited')
      assert.equal(desk.status().nextAttemptAt, desk.bans[0]!.until)
      assert.equal(desk.network.asked.length, asked)
      await backWithin(desk, 5_000)
    })
  },
  {
    id: 'F10',
    promise: 'a ban of two hours is obeyed over a restart',
    run: async () => {
      const until = millis(1_800_000_000_000 + 120 * minute)
      const ban: Ban = { venue: 'binance-spot', until, reason: 'banned' }
      const desk = simDesk(spot, { bans: [ban], paceMs: 5_000 })
      desk.feed.watch(new Set(desk.ids))
      await desk.clock.pass(119 * minute)
      assert.equal(desk.network.asked.length, 0)
      assert.equal(desk.status().state, 'rate-limited')
      assert.ok(await desk.until(() => isLive(desk), 2 * minute))
      desk.stop()
    }
  },
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
    id: 'F18',
    promise:
      'one refused symbol of fifty costs the others nothing, shows the venue’s reason and is asked for rarely',
    run: async () => {
      const listings = listingsOf(bybit, 50)
      const desk = simDesk(bybit, { listings, paceMs: 2_000 })
      const { hear } = { hear: desk.sim.connect.bind(desk.sim) }
      desk.sim.connect = (url, say) => {
        const line = hear(url, say)
        return {
          ...line,
          hear: (text) => {
            if (!text.includes('orderbook.1000.A7USDT')) line.hear(text)
            else
              say(
                '{"success":false,"ret_msg":"Invalid symbol :[orderbook.1000.A7USDT]","req_id":"A7USDT","op":"subscribe"}',
                undefined
              )
          }
        }
      }
      desk.feed.watch(new Set(desk.ids))
      await desk.clock.pass(30_000)
      const live = desk.ids.filter((id) => desk.feed.lane(id)!.isLive)
      assert.equal(live.length, 49)
      assert.equal(
        desk.status(7).state,
        'refused',
        JSON.stringify(desk.oracle.statuses.filter(({ id }) => id.endsWith(':A7USDT')))
      )
      assert.match(desk.status(7).reason, /Invalid symbol/)
      assert.ok(desk.status(7).nextAttemptAt! - desk.clock.now() > 4 * minute)
      desk.stop()
    }
  },
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
    id: 'F21',
    promise: 'ids that begin anew on a line that stays up are a new count, not an endless gap',
    run: live(spot, async (desk) => {
      desk.sim.restart()
      assert.ok(await desk.until(() => !isLive(desk), 9_000), 'still live')
      await backWithin(desk, 15_000)
      await staysLive(desk, 20_000)
    })
  },
  {
    id: 'F25',
    promise:
      'a book that stays crossed for a second is made anew; its levels are never deleted to make it look right',
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
      assert.ok(await desk.until(() => desk.status().reason.includes('crossed'), 3_000))
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
      assert.ok(desk.lane().counters.snapshots - snapshots <= 2, 'a loop')
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
  },
  {
    id: 'F27',
    promise: 'a venue whose clock is wrong, or is set, costs no book',
    run: live(spot, async (desk) => {
      const now = desk.sim.now.bind(desk.sim)
      await staysLive(desk, 5_000)
      desk.sim.now = () => now() + 600_000
      await staysLive(desk, 20_000)
      assert.ok(desk.feed.links()[0]!.lagMs < -500_000)
      desk.sim.now = now
    })
  },
  {
    id: 'F28',
    promise: 'a local clock that is set by an hour makes everything anew and breaks nothing',
    run: live(spot, async (desk) => {
      desk.clock.setWall(3_600_000)
      await desk.clock.pass(1_500)
      await backWithin(desk, 5_000)
      desk.clock.setWall(-7_200_000)
      await desk.clock.pass(1_500)
      await backWithin(desk, 5_000)
    })
  },
  {
    id: 'F29',
    promise:
      'after a sleep nothing of the backlog is called live, and twenty books are back within five seconds',
    run: live(
      spot,
      async (desk) => {
        desk.clock.freeze(10 * minute)
        const from = desk.oracle.statuses.length
        await desk.clock.pass(1)
        assert.equal(
          desk.oracle.statuses.slice(from).some(({ status }) => status.state === 'live'),
          false
        )
        await backWithin(desk, 5_000)
      },
      { listings: listingsOf(spot, 20) }
    )
  },
  {
    id: 'F30',
    promise: 'a process that was busy for two seconds looks at every book anew, without a new line',
    run: live(spot, async (desk) => {
      const from = desk.oracle.statuses.length
      desk.clock.freeze(3_000)
      await desk.clock.pass(1_000)
      assert.ok(states(desk, from).some((state) => state === 'stale' || state === 'overloaded'))
      await backWithin(desk, 5_000)
      assert.equal(desk.network.connects.length, 1)
    })
  },
  {
    id: 'F32',
    promise:
      'numbers that are none, and text that is none, are refused by their reason, and the book is made anew',
    run: live(spot, async (desk) => {
      const { sim, network } = desk
      for (const size of ['NaN', 'Infinity', '1e400', '', '-1', '1.2.3', '"', '\u0000', '\ud800']) {
        const { last } = sim.truth(symbol(desk))!
        const rejected = desk.feed.counts().rejected
        const data = {
          e: 'depthUpdate',
          E: 1,
          s: symbol(desk),
          U: last + 1,
          u: last + 1,
          b: [['100.00', size]],
          a: []
        }
        for (const line of network.open_) line.say(JSON.stringify({ stream: 'x', data }))
        await desk.clock.pass(100)
        assert.ok(desk.feed.counts().rejected > rejected, `${JSON.stringify(size)} was taken`)
        await backWithin(desk, 20_000)
        await desk.clock.pass(90_000)
      }
    })
  },
  {
    id: 'F35',
    promise: 'fifty books that gap at once keep half the weight, and all are live within thirty seconds',
    run: live(
      spot,
      async (desk) => {
        await desk.clock.pass(2 * minute)
        const from = desk.network.asked.length
        for (const { symbol: it } of desk.sim.listings) desk.network.faults.drop(it)
        const gapped = () => desk.feed.lanes().filter(({ counters }) => counters.gaps > 0).length
        // A probe may come before the next message and heal a book first.
        assert.ok(await desk.until(() => gapped() >= 48, 20_000))
        await backWithin(desk, 30_000)
        const weight = (desk.network.asked.length - from) * 50
        assert.ok(weight <= 3_000, `weight ${weight}`)
      },
      { listings: listingsOf(spot, 50) }
    )
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
  },
  {
    id: 'F42',
    promise:
      'watching and leaving twenty times a second leaves no dark book, no socket and no word of what was left',
    run: live(binanceUsdmDialect, async (desk) => {
      const [one, other] = desk.ids as [string, string]
      for (let turn = 0; turn < 1_200; turn++) {
        desk.feed.watch(new Set(turn % 2 === 0 ? [one] : [one, other]))
        await desk.clock.pass(50)
      }
      desk.feed.watch(new Set([one]))
      await desk.clock.pass(10_000)
      const from = desk.oracle.statuses.length
      await desk.clock.pass(20_000)
      assert.equal(
        desk.oracle.statuses.slice(from).some(({ id }) => id === other),
        false
      )
      assert.ok(isLive(desk))
      assert.equal(desk.network.open_.length, 2)
      desk.feed.watch(new Set())
      await desk.clock.pass(1_000)
      assert.equal(desk.network.open_.length, 0)
    })
  },
  {
    id: 'R9',
    promise: 'one book that gaps for ever leaves the others live',
    run: live(simulatedDialect, async (desk) => {
      for (let turn = 0; turn < 60; turn++) {
        desk.network.faults.drop(symbol(desk))
        await desk.clock.pass(1_000)
        assert.ok(othersAreLive(desk))
      }
      await backWithin(desk, 15_000)
    })
  }
]
