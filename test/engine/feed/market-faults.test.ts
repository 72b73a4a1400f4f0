import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { describe, expect, test } from 'vitest'
import { Changes } from '../../../src-main/engine/book/changes'
import { SwitchingBook } from '../../../src-main/engine/book/switching-book'
import { binanceDesk, diff, goLive, snapshot } from '../../support/binance-desk'
import { json } from '../../support/fake-transport'
import { binanceSpotDialect } from '../../support/sim-venue/dialects/binance'
import { bybitDialects } from '../../support/sim-venue/dialects/bybit'
import { krakenDialect, krakenWriting } from '../../support/sim-venue/dialects/kraken'
import type { Dialect } from '../../support/sim-venue/dialect'
import { simDesk } from '../../support/sim-venue/sim-desk'

const minute = 60_000
const ID = 'binance-spot:BTCUSDT'

async function liveDesk(dialect: Dialect, paceMs = 1_000) {
  const desk = simDesk(dialect, { paceMs })
  expect(await desk.goLive(30_000)).toBe(true)
  return desk
}

describe('F19: an instrument that is delisted while it is watched', () => {
  test('is called so in the venue’s words, at once and for good, and is not asked for again', async () => {
    const { clock, network, lane, stop } = await liveDesk(krakenDialect, 10_000)
    const pair = { symbol: 'BTC/USD', status: 'delisted', price_precision: 1, qty_precision: 8 }
    for (const line of network.open_)
      line.say(JSON.stringify({ channel: 'instrument', type: 'update', data: { assets: [], pairs: [pair] } }))
    await clock.pass(200)
    expect(lane().status).toMatchObject({ state: 'delisted', reason: expect.stringContaining('BTC/USD') })
    expect(lane().book.bids.count + lane().book.asks.count).toBe(0)
    const before = [network.connects.length, network.asked.length]
    await clock.pass(30 * minute)
    expect(lane().status.state).toBe('delisted')
    expect([network.connects.length, network.asked.length]).toEqual(before)
    expect(lane(1).isLive).toBe(true)
    stop()
  })

  test('is delisted too when the venue empties its book and lists it no more', async () => {
    const bybit = bybitDialects[1]!
    const { clock, network, sim, lane, stop } = await liveDesk(bybit)
    const { symbol } = sim.listings[0]!
    const answer = sim.answer.bind(sim)
    sim.answer = (url, post) => answer(url, post)?.replaceAll(`"${symbol}"`, '"GONEUSDT"')
    sim.pace(symbol, Infinity)
    const data = { s: symbol, b: [], a: [], u: 1, seq: 1 }
    for (const line of network.open_)
      line.say(JSON.stringify({ topic: `orderbook.1000.${symbol}`, type: 'snapshot', ts: 1, data, cts: 1 }))
    await clock.pass(2_000)
    expect(lane().status).toMatchObject({
      state: 'delisted',
      reason: expect.stringContaining(`lists ${symbol} no more`)
    })
    expect(lane(1).isLive).toBe(true)
    stop()
  })
})

test('F22: steps that change void the book, and levels of the old steps are never used again', async () => {
  const { clock, sim, lane, oracle, ids, until, feed, stop } = await liveDesk(binanceSpotDialect, 30_000)
  const answer = sim.answer.bind(sim)
  sim.answer = (url, post) => answer(url, post)?.replaceAll('"tickSize":"0.01"', '"tickSize":"0.001"')
  const from = oracle.statuses.length
  // The list is read again every hour.
  await clock.pass(60 * minute + 1_000)
  const told = oracle.statuses.slice(from).filter(({ id }) => id === ids[0])
  expect(told.find(({ status }) => status.state === 'gap')?.status.reason).toBe(
    'the venue changed its price or size steps, resyncing'
  )
  expect(lane().instrument.price).toEqual({ decimals: 3, step: 1 })
  expect(await until(() => ids.every((id) => feed.lane(id)!.isLive), 30_000)).toBe(true)
  oracle.sample()
  expect(oracle.lies).toEqual([])
  stop()
})

describe('F22: steps that only the list tells of', () => {
  const stepped = async (from: string, to: string) => {
    const desk = simDesk(binanceSpotDialect, { paceMs: 1_000 })
    const { sim, network } = desk
    const answer = sim.answer.bind(sim)
    const list = { step: from }
    sim.answer = (url, post) =>
      answer(url, post)?.replaceAll(/"tickSize":"[^"]*"/g, `"tickSize":"${list.step}"`)
    expect(await desk.goLive(30_000)).toBe(true)
    const lists = () => network.asked.filter(({ url }) => url.includes('/exchangeInfo')).length
    await desk.clock.pass(10_000)
    list.step = to
    return { ...desk, lists }
  }

  test('are known minutes after they became coarser: no price lies between the new ones', async () => {
    const { clock, lane, lists, oracle, until, stop } = await stepped('0.001', '0.01')
    expect(lane().instrument).toMatchObject({ price: { decimals: 3, step: 1 }, tickSize: 1 })
    expect(await until(() => lane().instrument.tickSize === 10, 6 * minute)).toBe(true)
    expect(lists()).toBe(2)
    expect(await until(() => lane().isLive, 30_000)).toBe(true)
    await clock.pass(minute)
    expect(oracle.lies).toEqual([])
    stop()
  })

  test('are known minutes after they became finer: a price lies between the old ones', async () => {
    const { lane, lists, until, stop } = await stepped('0.05', '0.01')
    expect(lane().instrument.price).toEqual({ decimals: 2, step: 1 })
    expect(await until(() => lane().instrument.tickSize === 1, 6 * minute)).toBe(true)
    expect(lists()).toBe(2)
    stop()
  })

  test('are asked for once in an hour where the list says that they are what they were, and not at all where prices agree', async () => {
    const denied = await stepped('0.001', '0.001')
    await denied.clock.pass(30 * minute)
    expect(denied.lists()).toBe(2)
    denied.stop()
    const agreed = await stepped('0.01', '0.01')
    await agreed.clock.pass(30 * minute)
    expect(agreed.lists()).toBe(1)
    agreed.stop()
  })
})

test.each([
  { from: 1, to: 0, becomes: 'coarser', grid: { decimals: 2, step: 1 }, tickSize: 10 },
  { from: 0, to: 1, becomes: 'finer', grid: { decimals: 2, step: 1 }, tickSize: 1 }
])(
  'F22: where sums depend on the decimals and those become $becomes, the book is live again within seconds',
  async (change) => {
    const script = { extraDecimals: change.from }
    const desk = await liveDesk(krakenWriting(script))
    const { clock, network, lane, oracle, ids, until, feed, stop } = desk
    expect(lane().instrument.price.decimals).toBe(1 + change.from)
    script.extraDecimals = change.to
    const pairs = desk.sim.listings.map(({ symbol, price, size }) => ({
      ...{ symbol, status: 'online', price_precision: price + change.to, qty_precision: size }
    }))
    for (const line of network.open_)
      line.say(JSON.stringify({ channel: 'instrument', type: 'update', data: { assets: [], pairs } }))
    await clock.pass(2_000)
    expect(await until(() => ids.every((id) => feed.lane(id)!.isLive), 30_000)).toBe(true)
    expect(lane().instrument).toMatchObject({ price: change.grid, tickSize: change.tickSize })
    const from = oracle.statuses.length
    const sums = lane().counters.checksumsOk
    await clock.pass(2 * minute)
    expect(oracle.statuses.slice(from).filter(({ status }) => status.state !== 'live')).toEqual([])
    expect(lane().counters.checksumsOk - sums).toBeGreaterThan(50)
    oracle.sample()
    expect(oracle.lies).toEqual([])
    stop()
  }
)

test('F26: a locked book is shown as it is and stays live; a crossed one does not', async () => {
  const desk = binanceDesk()
  await goLive(desk)
  const lane = () => desk.feed.lane(ID)!
  const bid = (price: string, id: number) => {
    const frame = diff('BTCUSDT', id, id)
    frame.data.b = [[price, '1.000']]
    desk.transport.latest.frame(frame)
  }
  bid('100.10', 102)
  await desk.clock.pass(1_000)
  bid('90.00', 103)
  await desk.clock.pass(1_500)
  expect(lane().book.touch).toMatchObject({ bid: 10_010, ask: 10_010 })
  expect([lane().isLive, desk.log.of('gap', ID)]).toEqual([true, []])
  bid('100.20', 104)
  await desk.clock.pass(2_500)
  expect(lane().status.reason).toMatch(/crossed for more than a second/)
})

test('F25: a book that is crossed for longer than a message is called so until it is mended or made anew', async () => {
  const desk = binanceDesk()
  await goLive(desk)
  const lane = () => desk.feed.lane(ID)!
  const bid = (price: string, size: string, id: number) => {
    const frame = diff('BTCUSDT', id, id)
    frame.data.b = [[price, size]]
    desk.transport.latest.frame(frame)
  }
  const { resyncs } = lane().counters
  bid('100.20', '1.000', 102)
  await desk.clock.pass(50)
  bid('90.00', '2.000', 103)
  expect(lane().status.state).toBe('live')
  // Nothing more need come for it.
  await desk.clock.pass(50)
  expect([lane().isLive, lane().isFollowed]).toEqual([false, true])
  expect(lane().status).toMatchObject({
    state: 'crossed',
    reason: 'bids and asks cross, made anew when that lasts for a second'
  })
  // Its levels are as the venue sent them.
  expect(lane().book.touch).toMatchObject({ bid: 10_020, ask: 10_010 })
  bid('100.20', '0', 104)
  expect(lane().status).toMatchObject({ state: 'live', reason: '' })
  expect([lane().counters.resyncs, desk.log.of('gap', ID)]).toEqual([resyncs, []])

  // Nothing more comes: it is said all the same, and the look of every second makes it anew.
  bid('100.20', '1.000', 105)
  const said = desk.log.of('status', ID).length
  await desk.clock.pass(2_500)
  const words = desk.log.of('status', ID).slice(said)
  expect(JSON.stringify(words[0])).toContain('crossed')
  expect(desk.log.of('gap', ID)).toHaveLength(1)
})

test('a whole book that is crossed is never called live, however often it is made anew', async () => {
  const desk = binanceDesk()
  desk.feed.watch(new Set([ID]))
  await desk.clock.pass(0)
  desk.transport.latest.open()
  desk.http.reply = () => json({ ...snapshot(100), bids: [['100.20', '1.000']] })
  for (let id = 101; id < 160; id++) {
    desk.transport.latest.frame(diff('BTCUSDT', id, id))
    await desk.clock.pass(100)
  }
  const states = desk.log.of('status', ID).map((it) => JSON.stringify(it))
  expect(states.some((it) => it.includes('"crossed: '))).toBe(true)
  expect(states.filter((it) => it.includes('"live'))).toEqual([])
})

/** Of the heap and of buffers, once nothing is left to collect. */
function bytesHeld(): number {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  // Twice: buffers are freed by the collection after the one that finds their owners dead.
  collect()
  collect()
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  return heapUsed + arrayBuffers
}

describe('a deep book', () => {
  type Row = [price: string, size: string]
  /** Bids from 100.00 down, a cent apart. */
  const bidsOf = (count: number, size: (rank: number) => string): Row[] =>
    Array.from({ length: count }, (_, rank) => [(1_000 - rank / 100).toFixed(2), size(rank)])

  /** Live at id 101 with so many bids and one ask. */
  async function deepDesk(count: number) {
    const desk = binanceDesk()
    desk.feed.watch(new Set([ID]))
    await desk.clock.pass(0)
    desk.transport.latest.open()
    const { reply } = desk.http
    const asks = [['1000.10', '1.000']]
    desk.http.reply = () => json({ ...snapshot(100), bids: bidsOf(count, () => '1.000'), asks })
    const say = (id: number, bids: Row[]) => {
      const frame = diff('BTCUSDT', id, id)
      frame.data.b = bids
      desk.transport.latest.frame(frame)
    }
    say(101, [])
    await desk.clock.pass(0)
    desk.http.reply = reply
    return { ...desk, say, lane: () => desk.feed.lane(ID)! }
  }

  test('F33: is empty on one side when 999 levels are wiped, full when they come back, and live all along', async () => {
    // One less than the venue cuts at: all that there is.
    const { lane, log, say } = await deepDesk(999)
    expect(lane().isLive).toBe(true)
    say(
      102,
      bidsOf(999, () => '0.000')
    )
    expect([lane().book.bids.count, lane().book.touch.bid, lane().book.asks.count]).toEqual([0, NaN, 1])
    say(
      103,
      bidsOf(999, (rank) => (rank + 1).toFixed(3))
    )
    const { bids, touch } = lane().book
    expect([bids.count, touch.bid, touch.bidSize, bids.price(998), bids.size(998)]).toEqual([
      999, 100_000, 1_000, 99_002, 999_000
    ])
    expect([lane().isLive, log.of('gap', ID)]).toEqual([true, []])
  })

  test('F34: takes less than 20 MB for fifty thousand levels a side, watched closely or not', () => {
    const changes = new Changes()
    changes.isSnapshot = true
    for (let rank = 0; rank < 50_000; rank++) {
      changes.bids.push(1_000_000 - rank, 1_000)
      changes.asks.push(1_000_001 + rank, 1_000)
    }
    for (const attention of ['far', 'focus'] as const) {
      const before = bytesHeld()
      const book = new SwitchingBook()
      book.commit(changes)
      book.attend(attention)
      expect(bytesHeld() - before).toBeLessThan(20e6)
      expect([book.bids.count, book.asks.count, book.isLadder]).toEqual([
        50_000,
        50_000,
        attention === 'focus'
      ])
    }
  })

  test('F34: keeps fifty thousand levels a side, whichever of them changes', async () => {
    const { lane, say } = await deepDesk(50_000)
    expect(lane().book.bids.count).toBe(50_000)
    const changed = [0, 1, 24_999, 49_998]
    changed.forEach((rank, at) => {
      say(102 + at, [[(1_000 - rank / 100).toFixed(2), '7.000']])
    })
    say(106, [[(1_000 - 49_999 / 100).toFixed(2), '0.000']])
    const { bids } = lane().book
    expect(changed.map((rank) => bids.size(rank))).toEqual([7_000, 7_000, 7_000, 7_000])
    expect([bids.count, bids.at(100_000 - 49_999), bids.at(100_000 - 2)]).toEqual([49_999, 0, 1_000])
    expect(lane().isLive).toBe(true)
  })
})
