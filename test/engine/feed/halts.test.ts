import { describe, expect, test } from 'vitest'
import { FeedLane } from '../../../src-main/engine/feed/lane'
import { kraken } from '../../../src-main/engine/venues/kraken/index'
import { FakeClock } from '../../support/fake-clock'
import { nobody } from '../../../src-main/engine/feed/nobody'
import type { Dialect } from '../../support/sim-venue/dialect'
import { binanceSpotDialect } from '../../support/sim-venue/dialects/binance'
import { bitfinexDialect } from '../../support/sim-venue/dialects/bitfinex'
import { bybitDialects } from '../../support/sim-venue/dialects/bybit'
import { deribitDialect } from '../../support/sim-venue/dialects/deribit'
import { hyperliquidDialect } from '../../support/sim-venue/dialects/hyperliquid'
import { krakenDialect } from '../../support/sim-venue/dialects/kraken'
import { krakenFuturesDialect } from '../../support/sim-venue/dialects/kraken-futures'
import { kucoinDialect } from '../../support/sim-venue/dialects/kucoin'
import { okxDialect } from '../../support/sim-venue/dialects/okx'
import { states } from '../../support/sim-venue/scenario'
import type { SimDesk } from '../../support/sim-venue/sim-desk'
import { simDesk } from '../../support/sim-venue/sim-desk'

const minute = 60_000
const hour = 60 * minute

/** Says it on every line that is open. */
const say = ({ network }: SimDesk, frame: object) => {
  for (const line of network.open_) line.say(JSON.stringify(frame))
}
const stand = ({ sim }: SimDesk, ms = Infinity) => {
  for (const { symbol } of sim.listings) sim.pace(symbol, ms)
}
/** Answers of this kind are changed on their way. */
function change({ sim }: SimDesk, asked: RegExp, put: (text: string) => string): () => void {
  const answer = sim.answer.bind(sim)
  sim.answer = (url, post) => {
    const text = answer(url, post)
    return text !== undefined && asked.test(`${url} ${post ?? ''}`) ? put(text) : text
  }
  return () => {
    sim.answer = answer
  }
}

const pair = (status: string) => ({
  ...{ channel: 'instrument', type: 'update' },
  data: { assets: [], pairs: [{ symbol: 'BTC/USD', status, price_precision: 1, qty_precision: 8 }] }
})
const system = (name: string) => ({ channel: 'status', type: 'update', data: [{ system: name }] })
const suspended = (is: boolean, symbol: string) => ({
  ...{ feed: 'ticker', product_id: symbol, suspended: is, time: 1_800_000_000_000, tag: 'perpetual' },
  ...{ bid: 100, ask: 101, bid_size: 1, ask_size: 1, markPrice: 100, index: 100, openInterest: 1 }
})
const platform = (data: object) => ({
  ...{ jsonrpc: '2.0', method: 'subscription' },
  params: { channel: 'platform_state', data }
})
const okxStatus = (state: string) => ({
  arg: { channel: 'status' },
  data: [{ title: 'upgrade', state, serviceType: '5' }]
})
const bybitStatus = JSON.stringify({
  ...{ retCode: 0, retMsg: '' },
  result: {
    list: [
      {
        ...{ title: 'upgrade', state: 'ongoing', serviceTypes: [1], product: [1], uidSuffix: [] },
        ...{ maintainType: 1, env: 1 }
      }
    ]
  }
})
const kucoinStatus = JSON.stringify({ code: '200000', data: { status: 'close', msg: 'upgrade' } })

interface Case {
  readonly name: string
  readonly dialect: Dialect
  readonly words: RegExp
  /** Undoes it. */
  readonly halt: (desk: SimDesk, symbol: string) => () => void
}

const told =
  (halt: (symbol: string) => object, resume: (symbol: string) => object): Case['halt'] =>
  (desk, symbol) => {
    say(desk, halt(symbol))
    return () => {
      say(desk, resume(symbol))
    }
  }
const answered =
  (text: string): Case['halt'] =>
  (desk) =>
    change(desk, /\/status(\?| |$)/, () => text)

const cases: readonly Case[] = [
  {
    ...{ name: 'Kraken: a pair', dialect: krakenDialect, words: /BTC\/USD is maintenance/ },
    halt: told(
      () => pair('maintenance'),
      () => pair('online')
    )
  },
  {
    ...{ name: 'Kraken', dialect: krakenDialect, words: /closed for maintenance/ },
    halt: told(
      () => system('maintenance'),
      () => system('online')
    )
  },
  {
    ...{ name: 'Kraken Futures: a product', dialect: krakenFuturesDialect, words: /has suspended/ },
    halt: told(
      (symbol) => suspended(true, symbol),
      (symbol) => suspended(false, symbol)
    )
  },
  {
    ...{ name: 'Deribit', dialect: deribitDialect, words: /closed for maintenance/ },
    halt: told(
      () => platform({ maintenance: true }),
      () => platform({ maintenance: false })
    )
  },
  {
    ...{ name: 'Deribit: an index', dialect: deribitDialect, words: /has locked btc_usd/ },
    halt: told(
      () => platform({ price_index: 'btc_usd', locked: true }),
      () => platform({ price_index: 'btc_usd', locked: false })
    )
  },
  {
    ...{ name: 'Bitfinex', dialect: bitfinexDialect, words: /Entering maintenance/ },
    halt: told(
      () => ({ event: 'info', code: 20060, msg: 'Entering maintenance' }),
      () => ({ event: 'info', code: 20061, msg: 'Ended' })
    )
  },
  {
    ...{ name: 'OKX', dialect: okxDialect, words: /maintenance: upgrade/ },
    halt: told(
      () => okxStatus('ongoing'),
      () => okxStatus('completed')
    )
  },
  {
    ...{ name: 'Bybit', dialect: bybitDialects[1]!, words: /maintenance: upgrade/ },
    halt: answered(bybitStatus)
  },
  { ...{ name: 'KuCoin', dialect: kucoinDialect, words: /upgrade/ }, halt: answered(kucoinStatus) }
]

async function haltedDesk({ dialect, halt, words }: Case, watched = 1) {
  const desk = simDesk(dialect, { listings: dialect.listings.slice(0, watched) })
  expect(await desk.goLive(minute)).toBe(true)
  await desk.clock.pass(5_000)
  stand(desk)
  await desk.clock.pass(300)
  const resume = halt(desk, desk.sim.listings[0]!.symbol)
  expect(await desk.until(() => desk.status().state === 'halted', 70_000)).toBe(true)
  expect(desk.status().reason).toMatch(words)
  return { desk, resume }
}

describe.each(cases)('$name, halted by its own words', (it) => {
  test('stays so while nothing comes, until it says the opposite', async () => {
    const { desk, resume } = await haltedDesk(it)
    const { since } = desk.status()
    const from = desk.oracle.statuses.length
    await desk.clock.pass(10 * minute)
    expect(states(desk, from)).toEqual([])
    expect(desk.status()).toMatchObject({ state: 'halted', since, reason: expect.stringMatching(it.words) })
    expect(desk.status()).not.toHaveProperty('checkedAt')
    resume()
    expect(await desk.until(() => desk.lane().isLive, 70_000)).toBe(true)
    desk.oracle.sample()
    expect(desk.oracle.lies).toEqual([])
    desk.stop()
  })

  test('is live again when its market goes on, though nobody says so', async () => {
    const { desk } = await haltedDesk(it)
    await desk.clock.pass(20_000)
    expect(desk.status().state).toBe('halted')
    stand(desk, 300)
    expect(await desk.until(() => desk.lane().isLive, 20_000)).toBe(true)
    const from = desk.oracle.statuses.length
    await desk.clock.pass(30_000)
    expect(states(desk, from)).not.toContain('halted')
    desk.oracle.sample()
    expect(desk.oracle.lies).toEqual([])
    desk.stop()
  })
})

test('a line made anew does not make what is halted live, and its first word can end it', async () => {
  const { desk } = await haltedDesk(cases[1]!)
  const from = desk.oracle.statuses.length
  desk.network.cut()
  await desk.clock.pass(2 * minute)
  expect(states(desk, from)).toEqual([])
  say(desk, system('online'))
  expect(await desk.until(() => desk.lane().isLive, 20_000)).toBe(true)
  desk.stop()
})

describe('when the end of a halt is lost', () => {
  const stateOf = (state: string) => ({
    ...{ jsonrpc: '2.0', method: 'subscription' },
    params: {
      channel: 'instrument.state.any.any',
      data: { instrument_name: 'BTC-PERPETUAL', state, timestamp: 1_800_000_000_000 }
    }
  })
  const toLocked = (text: string) => text.replace('"state":"open"', '"state":"locked"')

  test('Deribit: an instrument is live again with the next list, if that knew of it', async () => {
    const it = {
      name: '',
      dialect: deribitDialect,
      words: /is locked/,
      halt: told(() => stateOf('locked'), Object)
    }
    const { desk } = await haltedDesk(it)
    const undo = change(desk, /get_instruments/, toLocked)
    await desk.clock.pass(10 * minute)
    undo()
    expect(desk.status().state).toBe('halted')
    expect(await desk.until(() => desk.lane().isLive, hour)).toBe(true)
    desk.stop()
  })

  test.each([cases[4]!, cases[0]!])(
    '$name is live again when the list has called it trading for an hour',
    async (it) => {
      const { desk } = await haltedDesk(it)
      await desk.clock.pass(59 * minute)
      expect(desk.status().state).toBe('halted')
      expect(await desk.until(() => desk.lane().isLive, hour + 5 * minute)).toBe(true)
      desk.stop()
    }
  )

  test.each([cases[3]!, cases[1]!])(
    '$name: a venue is open that does not repeat itself on new lines, and whose list calls it trading',
    async (it) => {
      const { desk } = await haltedDesk(it)
      await desk.clock.pass(14 * minute)
      expect([desk.status().state, desk.network.connects.length]).toEqual(['halted', 1])
      expect(await desk.until(() => desk.lane().isLive, 10 * minute)).toBe(true)
      desk.stop()
    }
  )

  test('a venue that says on its new lines that it is closed is, however long', async () => {
    const { desk } = await haltedDesk(cases[1]!)
    const from = desk.oracle.statuses.length
    // Kraken tells its state at the beginning of each line.
    for (let at = 0; at < 70 * minute; at += 5_000) {
      await desk.clock.pass(5_000)
      say(desk, system('maintenance'))
    }
    expect(states(desk, from)).toEqual([])
    expect(desk.network.connects.length).toBeGreaterThan(3)
    desk.stop()
  })

  test('a venue that turns its new lines away is not taken for open, and is soon after they are heard', async () => {
    const { desk } = await haltedDesk(cases[1]!)
    const open = desk.network.open.bind(desk.network)
    await desk.clock.pass(14 * minute)
    // Only sockets: its list is answered, and calls the book trading.
    desk.network.open = (url, events) => {
      const socket = open(url, {
        ...events,
        onOpen: () => {
          socket.terminate()
          events.onClose('refused')
        }
      })
      return socket
    }
    const from = desk.oracle.statuses.length
    await desk.clock.pass(10 * minute)
    expect(desk.status()).toMatchObject({ state: 'halted', reason: expect.stringMatching(/for maintenance/) })
    expect(states(desk, from)).toEqual([])
    desk.network.open = open
    expect(await desk.until(() => desk.lane().isLive, 6 * minute)).toBe(true)
    desk.stop()
  })

  test('a venue whose list cannot be had is not taken for open', async () => {
    const { desk } = await haltedDesk(cases[3]!)
    change(desk, /get_instruments/, () => '{"error":{"code":11051,"message":"system_maintenance"}}')
    const from = desk.oracle.statuses.length
    await desk.clock.pass(70 * minute)
    expect(states(desk, from)).toEqual([])
    expect(desk.network.connects.length).toBeGreaterThan(3)
    desk.stop()
  })
})

test('a book that is watched while its venue is closed is halted from the beginning', async () => {
  const { desk } = await haltedDesk(cases[3]!, 2)
  const { feed, ids } = desk
  feed.watch(new Set(ids.slice(1)))
  await desk.clock.pass(minute)
  const from = desk.oracle.statuses.length
  feed.watch(new Set(ids))
  await desk.clock.pass(minute)
  expect(states(desk, from)).toEqual(['connecting', 'halted'])
  desk.stop()
})

describe('what the list says', () => {
  const isList = /exchangeInfo/
  const toBreak = (text: string) => text.replaceAll('"TRADING"', '"BREAK"')

  test('of a book that is watched is heard within the hour: halted, and trading again', async () => {
    const desk = simDesk(binanceSpotDialect)
    expect(await desk.goLive(minute)).toBe(true)
    await desk.clock.pass(20_000)
    const undo = change(desk, isList, toBreak)
    stand(desk)
    expect(await desk.until(() => desk.status().state === 'halted', hour)).toBe(true)
    expect(desk.status().reason).toMatch(/has halted BTCUSDT/)
    const from = desk.oracle.statuses.length
    await desk.clock.pass(90 * minute)
    expect(states(desk, from)).toEqual([])
    undo()
    expect(await desk.until(() => desk.lane().isLive, hour + minute)).toBe(true)
    desk.stop()
  })

  test('keeps one from going live that is watched while halted, until it trades', async () => {
    const desk = simDesk(binanceSpotDialect, { paceMs: Infinity })
    change(desk, isList, toBreak)
    desk.feed.watch(new Set(desk.ids))
    await desk.clock.pass(5 * minute)
    expect(states(desk)).toEqual(['connecting', 'halted'])
    stand(desk, 300)
    expect(await desk.until(() => desk.lane().isLive, 20_000)).toBe(true)
    // The list goes on saying so, and was refuted.
    await desk.clock.pass(2 * minute)
    const from = desk.oracle.statuses.length
    await desk.clock.pass(minute)
    expect([desk.lane().isLive, states(desk, from)]).toEqual([true, []])
    desk.stop()
  })

  test('of a book that is delisted takes it off its line, whatever still comes', async () => {
    const desk = simDesk(hyperliquidDialect, { paceMs: 10_000 })
    expect(await desk.goLive(minute)).toBe(true)
    change(desk, /"meta"/, (text) => text.replace('"szDecimals"', '"isDelisted":true,"szDecimals"'))
    expect(await desk.until(() => desk.status().state === 'delisted', hour + minute)).toBe(true)
    const from = desk.oracle.statuses.length
    await desk.clock.pass(5 * minute)
    expect(states(desk, from)).toEqual([])
    const { bids, asks } = desk.lane().book
    expect([bids.count + asks.count, desk.lane(1).isLive]).toEqual([0, true])
    desk.stop()
  })
})

describe('a halt', () => {
  /** A lane that was halted two seconds and more ago; its book is 10 bid for 5, 12 asked. */
  function halted() {
    const clock = new FakeClock()
    const lane = new FeedLane(kraken.catalogue.guess('BTC/USD'), kraken.sequence, clock, nobody)
    lane.halted('symbol', 'maintenance')
    const level = (price: number, size: number) => {
      lane.changes.reset().bids.push(price, size)
      lane.book.commit(lane.changes)
    }
    level(10, 5)
    return { clock, lane, level }
  }

  test('is not over when orders are cancelled, and is when one is placed', async () => {
    const { clock, lane, level } = halted()
    level(9, 1)
    expect(lane.halt.moved(lane.changes)).toBe(false)
    await clock.pass(2_001)
    level(10, 4)
    expect(lane.halt.moved(lane.changes)).toBe(false)
    level(9, 0)
    expect(lane.halt.moved(lane.changes)).toBe(false)
    level(10, 6)
    expect([lane.halt.moved(lane.changes), lane.halt.words]).toEqual([true, ''])
  })

  test('is not over for trades that a line repeats at its beginning', async () => {
    const { clock, lane } = halted()
    const before = clock.now() - 1
    await clock.pass(60_000)
    const trade = (at: number, id: number) => {
      lane.trades.reset()
      lane.trades.push(10, 1, 1, at, id)
      return lane.halt.traded(lane.trades)
    }
    expect([trade(before, 101), trade(clock.now(), 102)]).toEqual([false, true])
  })

  test('that was refuted is not believed again at once', async () => {
    const { clock, lane, level } = halted()
    await clock.pass(2_001)
    level(10, 6)
    lane.halt.moved(lane.changes)
    lane.follow()
    lane.halted('symbol', 'maintenance')
    expect(lane.status.state).toBe('live')
    await clock.pass(300_000)
    lane.halted('symbol', 'maintenance')
    expect(lane.status).toMatchObject({ state: 'halted', since: clock.now() })
  })

  test('is not over by a list that never knew of it, unless its end may not have been heard', async () => {
    const { clock, lane } = halted()
    await clock.pass(3_600_000)
    expect(lane.halt.endByList()).toBe(false)
    lane.halt.unheard()
    await clock.pass(10_001)
    expect(lane.halt.endByList()).toBe(true)
  })
})
