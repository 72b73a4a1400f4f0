import assert from 'node:assert/strict'
import { okxDialect, okxSnapshotDialect } from './dialects/okx'
import type { Scenario } from './scenario'
import { backWithin, isLive, listingsOf, live, states, symbol } from './scenario'
import type { SimDesk } from './sim-desk'
import { simDesk } from './sim-desk'

const minute = 60_000
const hour = 60 * minute
const { subscriptionsPerHour = NaN, burst } = okxDialect.venue.limits

/** What the client asks on its lines from now on: one list a line. */
function listen({ sim }: SimDesk): string[][] {
  const lines: string[][] = []
  const connect = sim.connect.bind(sim)
  sim.connect = (url, say) => {
    const line = connect(url, say)
    const asked: string[] = []
    lines.push(asked)
    return {
      ...line,
      hear: (text) => {
        if (text !== 'ping') asked.push(text)
        line.hear(text)
      }
    }
  }
  return lines
}

/** The most requests in any while of so many ms. */
function mostWithin({ network }: SimDesk, ms: number): number {
  const at = network.asked.map(({ mono }) => mono)
  return Math.max(...at.map((from) => at.filter((it) => it >= from && it < from + ms).length))
}

/** Where the venue counts what a connection asks for in an hour: https://www.okx.com/docs-v5/en/#overview-websocket-connect */
export const askingScenarios: readonly Scenario[] = [
  {
    id: 'F16',
    promise:
      'ten quiet books of an hour are asked about without a subscription, on the line that they began on',
    run: async () => {
      const desk = simDesk(okxDialect, { listings: listingsOf(okxDialect, 10), paceMs: 20_000 })
      const lines = listen(desk)
      assert.ok(await desk.goLive(60_000), 'never live')
      const asked = lines[0]!.length
      for (let left = hour; left > 0; left -= 5_000) {
        await desk.clock.pass(5_000)
        desk.oracle.sample()
      }
      assert.deepEqual([lines.length, lines[0]!.length], [1, asked])
      assert.deepEqual(desk.oracle.lies, [])
      assert.ok(asked < 10, `${asked} requests for ten books`)
      assert.ok(mostWithin(desk, burst!.withinMs) <= burst!.weight / 2, 'too many requests at once')
      desk.stop()
    }
  },
  {
    id: 'F42',
    promise:
      'who comes and goes all the time uses half of the subscriptions that an hour allows, another line takes over before, and no book is dark for it',
    run: live(okxDialect, async (desk) => {
      const { clock, feed, ids, network } = desk
      network.cut()
      const lines = listen(desk)
      await backWithin(desk, 20_000)
      const from = desk.oracle.statuses.length
      for (let turn = 0; turn < 300; turn++) {
        feed.watch(new Set(turn % 2 === 0 ? ids.slice(0, 1) : ids))
        await clock.pass(2_000)
      }
      feed.watch(new Set(ids))
      await backWithin(desk, 10_000)
      assert.ok(lines.length > 1, 'one line for all')
      const most = Math.max(...lines.map(({ length }) => length))
      assert.ok(most <= subscriptionsPerHour / 2 + 4, `${most} requests on one line`)
      assert.deepEqual(new Set(states(desk, from)), new Set())
    })
  },
  {
    id: 'F42',
    promise:
      'where no other line can be had, a book waits until the hour allows its subscription and says so; heartbeats do not wait with it',
    run: async () => {
      const third = { ...okxDialect.listings[0]!, symbol: 'ETH-USDT', base: 'ETH' }
      const desk = simDesk(okxDialect, { listings: [...okxDialect.listings, third] })
      const { clock, feed, ids, network } = desk
      const lines = listen(desk)
      feed.watch(new Set(ids.slice(0, 2)))
      assert.ok(await desk.until(() => isLive(desk) && desk.lane(1).isLive, 20_000), 'never live')
      network.weather.refuses = 'connection refused'
      for (let turn = 0; turn < 300; turn++) {
        feed.watch(new Set(ids.slice(0, 1 + (turn % 2))))
        await clock.pass(2_000)
      }
      feed.watch(new Set(ids))
      await clock.pass(40_000)
      assert.ok(isLive(desk), 'the first is not live')
      assert.equal(desk.status(2).state, 'connecting')
      assert.match(desk.status(2).reason, /^OKX allows no more subscriptions on this connection now/)
      assert.ok(desk.status(2).nextAttemptAt! > clock.now())
      assert.equal(lines.length, 1)
      assert.ok(lines[0]!.length <= subscriptionsPerHour / 2 + 4)
      network.weather.refuses = undefined
      await backWithin(desk, 2 * minute)
      desk.oracle.sample()
      assert.deepEqual(desk.oracle.lies, [])
      desk.stop()
    }
  },
  {
    id: 'F04',
    promise:
      'a snapshot that still comes in the stream is a book, and one that was held up puts nothing back',
    run: live(okxSnapshotDialect, async (desk) => {
      const { clock, network, sim } = desk
      const book = symbol(desk)
      for (const { symbol: it } of sim.listings) sim.pace(it, Infinity)
      network.faults.swap(book)
      network.cut()
      await backWithin(desk, 20_000)
      sim.advance(book)
      await clock.pass(1_000)
      assert.ok(isLive(desk))
      assert.equal(desk.lane().book.sequence, sim.truth(book)!.last)
    })
  }
]
