import assert from 'node:assert/strict'
import { okxDialect, okxSnapshotDialect } from './dialects/okx'
import type { Scenario } from './scenario'
import { backWithin, isLive, listingsOf, live, states, symbol } from './scenario'
import type { SimDesk } from './sim-desk'
import { simDesk } from './sim-desk'
import { silentOfTrades } from './trade-scenarios'

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

/** Connections open and end at once, while requests are answered; until the answer is called. */
function turnAway({ network }: SimDesk): () => void {
  const open = network.open.bind(network)
  network.open = (url, events) => {
    const onOpen = () => {
      socket.terminate()
      events.onClose('ended')
    }
    const socket = open(url, { ...events, onOpen })
    return socket
  }
  return () => {
    network.open = open
  }
}

/** The last of these comes and goes until no more may be asked on their line, and is there in the end. */
async function useUp({ feed, clock }: SimDesk, ids: SimDesk['ids']): Promise<void> {
  for (let turn = 0; turn < 300; turn++) {
    feed.watch(new Set(turn % 2 === 0 ? ids.slice(0, -1) : ids))
    await clock.pass(2_000)
  }
  feed.watch(new Set(ids))
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
    id: 'F42',
    promise:
      'the trades of thirty books that the venue does not acknowledge for an hour are asked for in one request each time, and on one line',
    run: async () => {
      const silent = silentOfTrades(okxDialect, () => true)
      const desk = simDesk(silent, { listings: listingsOf(okxDialect, 30), paceMs: 20_000 })
      const lines = listen(desk)
      assert.ok(await desk.goLive(60_000), 'never live')
      await desk.clock.pass(hour)
      assert.equal(lines.length, 1)
      const again = lines[0]!.filter((text) => !text.includes('"books"') && text.includes('"trades"'))
      assert.ok(again.length > 10 && again.length < 20, `${again.length} requests`)
      for (const text of again) assert.equal(text.match(/"trades"/g)?.length, 30)
      desk.stop()
    }
  },
  {
    id: 'F42',
    promise: 'trades that are asked for again count, too: they wait until the hour allows them',
    run: async () => {
      const desk = simDesk(silentOfTrades(okxDialect, () => true))
      const { clock, feed, ids } = desk
      const lines = listen(desk)
      assert.ok(await desk.goLive(20_000), 'never live')
      turnAway(desk)
      await useUp(desk, ids)
      await clock.pass(40 * minute)
      assert.ok(lines[0]!.length <= subscriptionsPerHour / 2 + 4, `${lines[0]!.length} requests`)
      const before = lines[0]!.length
      await clock.pass(20 * minute)
      feed.watch(new Set(ids))
      assert.ok(lines[0]!.length > before, 'never asked for again')
      desk.stop()
    }
  },
  {
    id: 'F42',
    promise:
      'a quiet book that no line but the one that takes over has asked for is live soon after, and the others stay so though the list is read while nothing may be asked',
    run: async () => {
      const third = { ...okxDialect.listings[0]!, symbol: 'ETH-USDT', base: 'ETH' }
      const desk = simDesk(okxDialect, { listings: [...okxDialect.listings, third] })
      const { clock, feed, ids, network, oracle, sim } = desk
      sim.pace(third.symbol, Infinity)
      feed.watch(new Set(ids.slice(0, 2)))
      assert.ok(await desk.until(() => isLive(desk) && desk.lane(1).isLive, 20_000), 'never live')
      const letIn = turnAway(desk)
      await useUp(desk, ids.slice(0, 2))
      feed.watch(new Set(ids))
      const [from, lists] = [oracle.statuses.length, network.asked.length]
      // Another one is listed.
      for (const instId of ['NEW-A', 'NEW-B'])
        network.open_[0]!.say(
          JSON.stringify({
            arg: { channel: 'instruments', instType: 'SPOT' },
            data: [{ instId, state: 'live' }]
          })
        )
      await clock.pass(minute)
      assert.ok(
        network.asked.slice(lists).some(({ url }) => url.includes('/instruments?')),
        'no list read'
      )
      assert.match(desk.status(2).reason, /^OKX allows no more subscriptions/)
      const [old] = network.open_
      letIn()
      assert.ok(await desk.until(() => !old!.isUp, 3 * minute), 'no line takes over')
      assert.deepEqual([desk.status(2).state, desk.status(2).reason], ['syncing', 'waiting for a snapshot'])
      await backWithin(desk, 5_000)
      assert.deepEqual(new Set(states(desk, from)), new Set())
      desk.stop()
      assert.deepEqual(oracle.lies, [])
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
