import assert from 'node:assert/strict'
import type { Ban } from '../../../src-shared/contract/control'
import { millis } from '../../../src-shared/units'
import { binanceSpotDialect, binanceUsdmDialect } from './dialects/binance'
import { bybitDialects } from './dialects/bybit'
import { krakenDialect } from './dialects/kraken'
import { krakenFuturesDialect } from './dialects/kraken-futures'
import { okxDialect } from './dialects/okx'
import { simulatedDialect } from './dialects/simulated'
import type { Dialect } from './dialect'
import { parsed } from './dialect'
import type { Scenario } from './scenario'
import { backWithin, isLive, listingsOf, live, othersAreLive, symbol } from './scenario'
import type { SimDesk } from './sim-desk'
import { simDesk } from './sim-desk'

const spot = binanceSpotDialect
const bybit = bybitDialects[1]!
const minute = 60_000

/** Twenty a second for ten minutes. */
const CHURNS = 12_000

/** A venue that is asked for many in one request, and what it says when it does not know one of them. */
interface Batching {
  readonly dialect: Dialect
  /** What it does with a request that names `bad`: the rest of it is heard, or nothing. */
  readonly answers: (
    text: string,
    bad: string
  ) => { readonly heard?: string; readonly said: readonly object[] }
  readonly words: RegExp
}

const batching: readonly Batching[] = [
  {
    dialect: okxDialect,
    answers: (text, bad) => {
      const { op, args } = parsed(text) as { op: string; args: { channel: string; instId?: string }[] }
      const refused = args.filter(({ instId }) => instId === bad)
      const msg = (channel: string) => `Wrong URL or channel:${channel},instId:${bad} doesn't exist.`
      return {
        heard: JSON.stringify({ op, args: args.filter(({ instId }) => instId !== bad) }),
        said: refused.map(({ channel }) => ({
          event: 'error',
          code: '60018',
          msg: msg(channel),
          connId: 'c1'
        }))
      }
    },
    words: /60018 Wrong URL or channel:books,instId:A7USDT doesn't exist/
  },
  {
    dialect: krakenDialect,
    answers: (text, bad) => {
      const { method, params, req_id } = parsed(text) as {
        method: string
        params: { symbol: string[] }
        req_id: number
      }
      const symbol = params.symbol.filter((it) => it !== bad)
      const error = `Currency pair not supported ${bad}`
      return {
        heard: JSON.stringify({ method, params: { ...params, symbol }, req_id }),
        said: [{ method, req_id, success: false, error, symbol: bad }]
      }
    },
    words: /Currency pair not supported A7USDT/
  },
  {
    dialect: krakenFuturesDialect,
    answers: () => ({ said: [{ event: 'error', message: 'Invalid product id' }] }),
    words: /Invalid product id/
  }
]

/** Counts requests that name the bad one. */
function refusing({ sim }: SimDesk, bad: string, answers: Batching['answers']): { asked: number } {
  const count = { asked: 0 }
  const connect = sim.connect.bind(sim)
  sim.connect = (url, say) => {
    const line = connect(url, say)
    return {
      ...line,
      hear: (text) => {
        if (!text.includes(`"${bad}"`)) {
          line.hear(text)
          return
        }
        count.asked++
        const { heard, said } = answers(text, bad)
        for (const frame of said) say(JSON.stringify(frame), undefined)
        if (heard !== undefined) line.hear(heard)
      }
    }
  }
  return count
}

const batched = ({ dialect, answers, words }: Batching): Scenario => ({
  id: 'F18',
  promise: `${dialect.venue.spec.id}: one of fifty in a request that the venue does not know costs the others nothing, shows its words and is not asked for again and again`,
  run: async () => {
    const desk = simDesk(dialect, { listings: listingsOf(dialect, 50), paceMs: 2_000 })
    const count = refusing(desk, 'A7USDT', answers)
    desk.feed.watch(new Set(desk.ids))
    await desk.clock.pass(30_000)
    const dark = desk.feed.lanes().filter(({ isLive }) => !isLive)
    assert.deepEqual(
      dark.map(({ symbol: it }) => it),
      ['A7USDT'],
      JSON.stringify(dark.slice(0, 3).map(({ status }) => status))
    )
    assert.equal(desk.status(7).state, 'refused')
    assert.match(desk.status(7).reason, words)
    assert.ok(desk.status(7).nextAttemptAt! - desk.clock.now() > 4 * minute)
    const { asked } = count
    await desk.clock.pass(4 * minute)
    assert.equal(count.asked, asked)
    assert.equal(desk.network.connects.length, 1)
    assert.deepEqual(desk.oracle.lies, [])
    desk.stop()
  }
})

const wasTold = ({ oracle }: SimDesk, from: number, book: string): boolean =>
  oracle.statuses.slice(from).some(({ id }) => id === book)

/** Limits, refusals and many books at once. */
export const manyScenarios: readonly Scenario[] = [
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
  ...batching.map(batched),
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
      { listings: listingsOf(spot, 50), paceMs: 1_000 }
    )
  },
  {
    id: 'F42',
    promise:
      'ten minutes of watching and leaving twenty times a second, recovering or not, leave no dark book, no socket, no timer, and no word of what was left',
    run: live(
      binanceUsdmDialect,
      async (desk) => {
        const { clock, feed, ids, network, oracle } = desk
        const [one, other] = ids as [string, string]
        const [, left] = desk.sim.listings
        feed.watch(new Set([one]))
        await clock.pass(10_000)
        const timers = clock.timers
        for (let turn = 0; turn < CHURNS; turn += 2) {
          feed.watch(new Set([one, other]))
          if (turn % 20 === 0) network.faults.drop(left!.symbol)
          await clock.pass(50)
          feed.watch(new Set([one]))
          const from = oracle.statuses.length
          // Not in step with the pace of the line.
          await clock.pass(47)
          assert.ok(!wasTold(desk, from, other))
        }
        const from = oracle.statuses.length
        await clock.pass(30_000)
        assert.ok(!wasTold(desk, from, other))
        assert.ok(isLive(desk))
        assert.equal(network.open_.length, 2)
        // Words under way are timers too.
        assert.ok(clock.timers < timers + 10, `${clock.timers} timers, ${timers} before`)
        feed.watch(new Set(ids))
        await backWithin(desk, 10_000)
        feed.watch(new Set())
        await clock.pass(1_000)
        assert.equal(network.open_.length, 0)
      },
      { paceMs: 1_000 }
    )
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
