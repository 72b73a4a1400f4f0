import assert from 'node:assert/strict'
import { binanceSpotDialect } from './dialects/binance'
import { okxDialect } from './dialects/okx'
import type { Scenario } from './scenario'
import { live } from './scenario'
import type { SimDesk } from './sim-desk'
import { simDesk } from './sim-desk'

const minute = 60_000

/** The same market under two names, of which the venue knows one at a time: the list, and who is answered for its book. */
function renaming({ sim }: SimDesk, before: string, after: string) {
  const state = { isRenamed: false }
  const answer = sim.answer.bind(sim)
  sim.answer = (url, post) => {
    const gone = state.isRenamed ? before : after
    if (url.includes(`symbol=${gone}&`)) return undefined
    const text = answer(url, post)
    if (text === undefined || !url.includes('exchangeInfo')) return text
    const { symbols } = JSON.parse(text) as { symbols: { symbol: string }[] }
    return JSON.stringify({ symbols: symbols.filter(({ symbol }) => symbol !== gone) })
  }
  return state
}

/** How often the list of spot was asked for, and the venue's word that an instrument on it has other steps now. */
function listingOf({ network }: SimDesk) {
  return {
    lists: () => network.asked.filter(({ url }) => url.includes('instType=SPOT')).length,
    changed(tickSz: string): void {
      const steps = { tickSz, lotSz: '1', ctVal: '', ctMult: '' }
      const data = [{ instId: 'X-USDT', instType: 'SPOT', state: 'live', ...steps }]
      const frame = { arg: { channel: 'instruments', instType: 'SPOT' }, data }
      for (const line of network.open_) line.say(JSON.stringify(frame))
    }
  }
}

const listings = ['BTCUSDT', 'BTCUSDT2'].map((symbol) => ({
  ...binanceSpotDialect.listings[0]!,
  symbol,
  base: 'BTC'
}))

/** What the venue's list of instruments says, and when. */
export const listingScenarios: readonly Scenario[] = [
  {
    id: 'F20',
    promise:
      'a symbol that is renamed while it is watched is live no more, delisted once the list tells, and named is what may be meant; nothing of the new name is counted to the old one',
    run: async () => {
      const desk = simDesk(binanceSpotDialect, { listings, paceMs: 2_000 })
      const { clock, feed, ids, network, oracle, sim } = desk
      const renamed = renaming(desk, 'BTCUSDT', 'BTCUSDT2')
      feed.watch(new Set([ids[0]!]))
      assert.ok(await desk.until(() => desk.lane().isLive, 30_000), 'never live')
      await clock.pass(2 * minute)
      sim.pace('BTCUSDT', Infinity)
      renamed.isRenamed = true
      const before = desk.lane()
      const { frames, trades, applied } = before.counters
      const from = oracle.statuses.length
      // Once it is in doubt, nothing makes it live again.
      assert.ok(await desk.until(() => !before.isLive, 31_000), 'live though nobody answers for it')
      // The venue sends the new name on the line of the old one.
      const said = sim.connect('wss://x/stream', (text) => {
        for (const line of network.open_) line.say(text)
      })
      said.hear('{"method":"SUBSCRIBE","params":["btcusdt2@depth@100ms","btcusdt2@trade"],"id":1}')
      assert.ok(await desk.until(() => desk.status().state === 'delisted', 16 * minute), desk.status().state)
      said.close()
      assert.match(desk.status().reason, /lists BTCUSDT no more; perhaps BTCUSDT2 is meant$/)
      assert.deepEqual(before.counters, { ...before.counters, frames, trades, applied })
      assert.deepEqual([before.book.bids.count, before.book.asks.count], [0, 0])
      feed.watch(new Set(ids))
      assert.ok(await desk.until(() => desk.lane(1).isLive, 30_000), 'the new name is not live')
      await clock.pass(minute)
      assert.equal(desk.lane(), before)
      assert.equal(desk.status().state, 'delisted')
      assert.deepEqual([before.counters.trades, before.book.bids.count], [trades, 0])
      assert.ok(desk.lane(1).counters.trades > 0)
      const states = oracle.statuses.slice(from).filter(({ id }) => id === ids[0])
      assert.ok(!states.some(({ status }) => status.state === 'live'))
      oracle.sample()
      assert.deepEqual(oracle.lies, [])
      desk.stop()
    }
  },
  {
    id: 'F22',
    promise: 'a list that changes while it is read is read once more',
    run: live(okxDialect, async (desk) => {
      const { clock } = desk
      const { lists, changed } = listingOf(desk)
      changed('0.1')
      await clock.pass(1_000)
      const before = lists()
      changed('0.01')
      await clock.pass(100)
      assert.equal(lists(), before + 1)
      changed('0.001')
      await clock.pass(20_000)
      assert.equal(lists(), before + 2)
    })
  },
  {
    id: 'F22',
    promise:
      'a list that changes all the time is read every five seconds and not more often, can it be had or not, and once more after its last change',
    run: live(okxDialect, async (desk) => {
      const { clock, network } = desk
      const { lists, changed } = listingOf(desk)
      for (const restErrors of [0, 1]) {
        network.weather.restErrors = restErrors
        const before = lists()
        for (let turn = 0; turn < 300; turn++) {
          changed(turn % 2 === 0 ? '0.1' : '0.01')
          await clock.pass(200)
        }
        const count = lists() - before
        assert.ok(count >= 8 && count <= 16, `read ${count} times in a minute`)
      }
      network.weather.restErrors = 0
      const before = lists()
      await clock.pass(minute)
      assert.equal(lists(), before + 1)
    })
  }
]
