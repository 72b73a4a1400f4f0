import assert from 'node:assert/strict'
import type { Ban } from '../../../src-shared/contract/control'
import { millis } from '../../../src-shared/units'
import { binanceSpotDialect, binanceUsdmDialect } from './dialects/binance'
import { bybitDialects } from './dialects/bybit'
import { simulatedDialect } from './dialects/simulated'
import type { Scenario } from './scenario'
import { backWithin, isLive, listingsOf, live, othersAreLive, symbol } from './scenario'
import { simDesk } from './sim-desk'

const spot = binanceSpotDialect
const bybit = bybitDialects[1]!
const minute = 60_000

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
