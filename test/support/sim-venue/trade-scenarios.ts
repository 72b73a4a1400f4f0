import assert from 'node:assert/strict'
import type { Dialect, Listing } from './dialect'
import { printsOf } from './dialect'
import { bitstampDialect } from './dialects/bitstamp'
import { dialects } from './dialects/index'
import { krakenDialect } from './dialects/kraken'
import { okxDialect } from './dialects/okx'
import type { Scenario } from './scenario'
import { listingsOf, live, staysLive, symbol } from './scenario'
import type { SimDesk } from './sim-desk'
import { simDesk } from './sim-desk'

const LOST_MS = 30_000

/** One in five of an instrument's messages is followed by a trade: in so long there are several. */
const TOLD_MS = 20_000

const mute = ({ network, sim }: SimDesk) => {
  for (const { symbol } of sim.listings) network.faults.muted.add(printsOf(symbol))
}

/** Every trade message is swallowed for a while, and nothing else. */
const lost = (dialect: Dialect) =>
  live(dialect, async (desk) => {
    const { oracle, network, ids } = desk
    // Where they come over a line of their own, they are missed until it is heard.
    oracle.tradesLost.length = 0
    mute(desk)
    await staysLive(desk, LOST_MS)
    assert.deepEqual(oracle.tradesLost, [], 'said before any showed')
    network.faults.muted.clear()
    await staysLive(desk, TOLD_MS)
    assert.deepEqual(oracle.tradesLost.toSorted(), ids.toSorted(), 'not said once of each')
    oracle.checkPrints()
  })

/** Its venue says nothing of trades, neither that they are subscribed nor them, while `isMute`: something else instead. */
export const silentOfTrades = (dialect: Dialect, isMute: () => boolean, instead?: string): Dialect => ({
  ...dialect,
  line: (wire) =>
    dialect.line({
      ...wire,
      say: (frame, stream) => {
        const isTold = !isMute() || !/trade/.test(typeof frame === 'string' ? frame : JSON.stringify(frame))
        if (isTold) wire.say(frame, stream)
        else if (instead !== undefined && stream === undefined) wire.say(instead)
      }
    })
})

/** No book leaves live for it, all of them say so, and the trades are asked for again until they come. */
export async function untold(desk: SimDesk, words: RegExp, retries: () => void): Promise<void> {
  const { oracle, ids, feed, clock } = desk
  const statuses = ids.map((id) => feed.lane(id)!.status)
  for (const { state, reason, nextAttemptAt } of statuses) {
    assert.equal(state, 'live')
    assert.match(reason, words)
    assert.ok(nextAttemptAt! > clock.now())
  }
  assert.deepEqual([...new Set(oracle.tradesLost)].toSorted(), ids.toSorted())
  assert.deepEqual(oracle.trades, [])
  retries()
  const waits = Math.max(...statuses.map(({ nextAttemptAt }) => nextAttemptAt!)) - clock.now()
  await staysLive(desk, waits + TOLD_MS)
  for (const id of ids) assert.equal(feed.lane(id)!.status.reason, '')
  assert.ok(oracle.trades.length > 0, 'no trades')
  oracle.checkPrints()
}

export const asksAlone = ({ venue }: Dialect) => venue.legs.some(({ trades }) => trades)

const unacknowledged = async (dialect: Dialect): Promise<void> => {
  let isMute = true
  const untoldTo = live(
    silentOfTrades(dialect, () => isMute),
    (desk) => untold(desk, /^its trades are unknown: the venue has not answered/, () => (isMute = false))
  )
  await untoldTo()
}

const countsEach = ({ numbersDeals }: Dialect) => numbersDeals === 'each'

/** Trades that are lost while the book is fine. */
export const tradeScenarios: readonly Scenario[] = [
  ...dialects.filter(countsEach).map((dialect) => ({
    id: 'F40',
    promise: `${dialect.venue.spec.id}: trades lost for 30 s while the book is fine are told as missed with the next trade, once`,
    run: lost(dialect)
  })),
  ...dialects.map(({ venue, numbersDeals }) => ({
    id: 'F40',
    promise: `${venue.spec.id}: says that it cannot tell of lost trades where nothing can show them, and only there`,
    run: () => {
      assert.equal(/\blost trades, whose\b/i.test(venue.spec.cannotDetect), numbersDeals === undefined)
      assert.equal(venue.countsTrades, numbersDeals === 'each' ? true : undefined)
      return Promise.resolve()
    }
  })),
  ...dialects.filter(asksAlone).map((dialect) => ({
    id: 'F40',
    promise: `${dialect.venue.spec.id}: a book whose trades are not acknowledged stays live and says that they are unknown, and they are asked for again`,
    run: () => unacknowledged(dialect)
  })),
  {
    id: 'F40',
    promise:
      'a book whose trades are refused stays live and says so in the venue’s words, and they are asked for again',
    run: async () => {
      let isMute = true
      const one: Dialect = { ...okxDialect, listings: okxDialect.listings.slice(0, 1) }
      const [{ symbol: name }] = one.listings as [Listing]
      const words = `channel:trades,instId:${name} doesn't exist`
      const refusal = JSON.stringify({ event: 'error', code: '60018', msg: words, connId: 'c1' })
      const refused = live(
        silentOfTrades(one, () => isMute, refusal),
        (desk) => untold(desk, /^its trades are refused: 60018 channel:trades/, () => (isMute = false))
      )
      await refused()
    }
  },
  {
    id: 'F40',
    promise:
      'trades that are refused after they were acknowledged are missed since, and the venue’s words stay while it says nothing else, however often they are asked for again',
    run: live(okxDialect, async (desk) => {
      const { network, oracle, clock, status, ids } = desk
      const line = network.open_[0]!
      const say = line.say.bind(line)
      network.faults.muted.add(printsOf(symbol(desk)))
      const msg = `Wrong URL or channel:trades,instId:${symbol(desk)} doesn't exist.`
      say(JSON.stringify({ event: 'error', code: '60018', msg, connId: 'c1' }))
      line.say = (text) => {
        if (!text.includes('"trades"')) say(text)
      }
      await clock.pass(1_000)
      assert.deepEqual(oracle.tradesLost, [ids[0]])
      for (let times = 0; times < 3; times++) {
        assert.equal(status().reason, `its trades are refused: 60018 ${msg}`)
        assert.ok(status().nextAttemptAt! > clock.now())
        await clock.pass(status().nextAttemptAt! - clock.now() + 1_000)
      }
    })
  },
  {
    id: 'F18',
    promise: 'what a venue still sends of a book that it has refused does not make it live',
    run: async () => {
      const [{ symbol: name }] = krakenDialect.listings as [Listing]
      const refusal = { method: 'subscribe', success: false, symbol: name, error: 'no trades' }
      const desk = simDesk({
        ...krakenDialect,
        line: (wire) =>
          krakenDialect.line({
            ...wire,
            say: (frame, stream) => {
              const text = JSON.stringify(frame)
              wire.say(text.includes('"channel":"trade"') && text.includes(name) ? refusal : frame, stream)
            }
          })
      })
      desk.feed.watch(new Set(desk.ids))
      assert.ok(await desk.until(() => desk.status().state === 'refused', 10_000), 'not refused')
      await desk.clock.pass(60_000)
      assert.deepEqual([desk.status().state, desk.status().reason], ['refused', 'no trades'])
      assert.ok(desk.lane(1).isLive)
      desk.stop()
    }
  },
  {
    id: 'F40',
    promise:
      'trades of many books that are acknowledged before the last of them is asked for are not called unknown',
    run: live(
      bitstampDialect,
      async ({ clock, oracle, feed, ids }) => {
        await clock.pass(LOST_MS)
        assert.deepEqual(oracle.tradesLost, [])
        for (const id of ids) assert.equal(feed.lane(id)!.status.reason, '')
      },
      { listings: listingsOf(bitstampDialect, 20), paceMs: 10 * 60_000 }
    )
  },
  {
    id: 'F40',
    promise: 'who watches again has missed nothing while he did not',
    run: live(okxDialect, async ({ feed, ids, clock, oracle }) => {
      feed.watch(new Set(ids.slice(1)))
      oracle.left(ids[0]!)
      await clock.pass(LOST_MS)
      feed.watch(new Set(ids))
      await clock.pass(TOLD_MS)
      assert.deepEqual(oracle.tradesLost, [])
    })
  }
]
