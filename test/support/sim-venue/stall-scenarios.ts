import assert from 'node:assert/strict'
import { binanceSpotDialect } from './dialects/binance'
import { bitfinexDialect } from './dialects/bitfinex'
import { bitstampDialect } from './dialects/bitstamp'
import { bybitDialects } from './dialects/bybit'
import { coinbaseAdvancedDialect } from './dialects/coinbase-advanced'
import { dialects } from './dialects/index'
import { okxDialect } from './dialects/okx'
import type { Dialect } from './dialect'
import type { Scenario } from './scenario'
import { backWithin, isLive, listingsOf, live, othersAreLive, staysLive, symbol } from './scenario'
import type { SimDesk } from './sim-desk'
import { simDesk } from './sim-desk'

const minute = 60_000
const bybit = bybitDialects[1]!
/** A counter over the whole line: what one book loses any may have lost. */
const counted: readonly Dialect[] = [bitfinexDialect, coinbaseAdvancedDialect]
/** Of several that speak one protocol one is enough. */
const twins = new Set(['binance-coinm', 'bybit-spot', 'bybit-inverse', 'bybit-option', 'gate-futures'])
/** Where nothing tells of losses, none can tell what a silent stream lost before it goes on. */
const telling = dialects.filter(({ proven, venue }) => proven > 0 && !twins.has(venue.spec.id))
const apart = telling.filter((it) => !counted.includes(it))

/** The first book falls silent, its answers too, until its next line. */
async function silentUntilNewLine(desk: SimDesk): Promise<void> {
  const { network } = desk
  const lines = network.connects.length
  network.faults.muted.add(symbol(desk))
  assert.ok(await desk.until(() => network.connects.length > lines, 15_000), 'no new line')
  network.heal()
  await backWithin(desk, 10_000)
  assert.equal(network.connects.length, lines + 1)
}

const outagesOfOthers = ({ oracle, ids }: SimDesk, from: number) =>
  oracle.outages.slice(from).filter(({ id }) => id !== ids[0])

const reasonsOf = ({ oracle, ids }: SimDesk) =>
  oracle.statuses.flatMap(({ id, status }) => (id === ids[0] ? [status.reason] : []))

const silentAlone = (dialect: Dialect): Scenario => ({
  id: 'F14',
  promise: `${dialect.venue.spec.id}: one silent book has a new line within fifteen seconds and is live with it; the others are live all along`,
  run: live(dialect, async (desk) => {
    const from = desk.oracle.outages.length
    await silentUntilNewLine(desk)
    assert.deepEqual(outagesOfOthers(desk, from), [])
    const words = / since \d\d:\d\d:\d\d, .*a new line is being made$/
    assert.ok(reasonsOf(desk).some((reason) => words.test(reason)))
  })
})

const silentForLong = (dialect: Dialect): Scenario => ({
  id: 'R9',
  promise: `${dialect.venue.spec.id}: one of fifty books that stays silent leaves the others live 99.9 % of the time, asks for new lines ever more rarely, and says when`,
  run: live(
    dialect,
    async (desk) => {
      const { clock, network } = desk
      const lines = network.connects.length
      network.faults.muted.add(symbol(desk))
      let seconds = 0
      for (let second = 0; second < 240; second++) {
        await clock.pass(1_000)
        if (othersAreLive(desk)) seconds++
      }
      assert.ok(seconds >= 239, `all were live in ${seconds} of 240 seconds`)
      const made = network.connects.length - lines
      assert.ok(made >= 2 && made <= 4, `${made} new lines`)
      assert.match(desk.status().reason, /[234] new lines did not help, the next at \d\d:\d\d:\d\d$/)
      assert.ok(desk.status().nextAttemptAt! - clock.now() <= 31_000, 'not asked meanwhile')
      network.heal()
      await backWithin(desk, 10_000)
    },
    { listings: listingsOf(dialect, 50), paceMs: 3_000 }
  )
})

const lossyLine = (dialect: Dialect): Scenario => ({
  id: 'F14',
  promise: `${dialect.venue.spec.id}: a line that loses messages again and again is replaced, before it is dropped`,
  run: live(dialect, async (desk) => {
    const { clock, network } = desk
    await silentUntilNewLine(desk)
    await clock.pass(2 * minute)
    const lines = network.connects.length
    for (let loss = 0; loss < 14 && network.connects.length === lines; loss++) {
      network.faults.drop(desk.sim.listings[loss % 2]!.symbol)
      await clock.pass(3_000)
    }
    assert.equal(network.connects.length, lines + 1, 'no new line')
    await backWithin(desk, 10_000)
    await staysLive(desk, minute)
  })
})

/** A book whose stream stops while its line goes on, and a line whose books all do. */
export const stallScenarios: readonly Scenario[] = [
  ...apart.map(silentAlone),
  ...[binanceSpotDialect, bybit].map(silentForLong),
  ...counted.map(lossyLine),
  {
    id: 'F14',
    promise: 'a book that is alone on its line has a new one without missing a trade',
    run: live(
      okxDialect,
      async (desk) => {
        await silentUntilNewLine(desk)
        assert.deepEqual(desk.oracle.tradesLost, [])
      },
      { listings: okxDialect.listings.slice(0, 1) }
    )
  },
  {
    id: 'F14',
    promise: 'a line whose books are all silent is given up, though it is alive',
    run: live(okxDialect, async (desk) => {
      const { network, sim } = desk
      for (const { symbol: it } of sim.listings) network.faults.muted.add(it)
      const isGivenUp = () => network.open_.length === 0
      assert.ok(await desk.until(isGivenUp, 15_000), 'kept')
      assert.match(desk.status().reason, /^its books have stopped/)
      network.heal()
      await backWithin(desk, 10_000)
    })
  },
  {
    id: 'F14',
    promise:
      'where nothing tells of losses, a silent book does not go on from before its new line: what came between is unknown',
    run: live(bitstampDialect, async (desk) => {
      const { network } = desk
      const [old] = network.open_
      const say = old!.say.bind(old!)
      old!.say = (text) => {
        if (text.includes('bts:') || !text.includes(symbol(desk))) say(text)
      }
      assert.ok(await desk.until(() => network.connects.length === 2, 30_000), 'no new line')
      await backWithin(desk, 10_000)
    })
  },
  {
    id: 'F14',
    promise:
      'where nothing tells of losses, a stream that goes on by itself is not followed from what was asked for meanwhile',
    run: live(bitstampDialect, async (desk) => {
      const { network, lane } = desk
      for (let turn = 0; turn < 5; turn++) {
        network.faults.muted.add(symbol(desk))
        assert.ok(
          await desk.until(() => /ahead of what it sends/.test(desk.status().reason), 20_000),
          'not seen'
        )
        const { counters } = lane()
        const applied = counters.applied
        network.faults.muted.clear()
        await desk.until(() => lane().counters.applied > applied, 5_000)
        assert.notEqual(desk.status().state, 'live')
        await backWithin(desk, 10_000)
        await desk.clock.pass(70_000)
      }
      assert.deepEqual(desk.oracle.lies, [])
    })
  },
  {
    id: 'F17',
    promise:
      'one subscription of ten that is never answered is said after 5 s, has a new line after 15 s, and costs the others nothing',
    run: async () => {
      const desk = simDesk(bybit, { listings: listingsOf(bybit, 10), paceMs: 1_000 })
      const connect = desk.sim.connect.bind(desk.sim)
      desk.sim.connect = (url, say) => {
        const line = connect(url, say)
        const hear = (text: string) => {
          if (!text.includes('orderbook.1000.A0USDT')) line.hear(text)
        }
        return { ...line, hear }
      }
      desk.feed.watch(new Set(desk.ids))
      await desk.clock.pass(7_000)
      assert.match(desk.status().reason, /^not subscribed: the venue has not answered, asking again$/)
      // Asked again after 5 s, and after 15 s on a new line.
      await desk.clock.pass(13_000)
      assert.equal(desk.network.connects.length, 2)
      assert.ok(othersAreLive(desk))
      const from = desk.oracle.outages.length
      const helpless = /^not subscribed: .* did not help, the next at \d\d:\d\d:\d\d$/
      assert.ok(await desk.until(() => helpless.test(desk.status().reason), 3 * minute), 'says nothing')
      assert.deepEqual(outagesOfOthers(desk, from), [])
      assert.ok(!isLive(desk))
      desk.stop()
    }
  }
]
