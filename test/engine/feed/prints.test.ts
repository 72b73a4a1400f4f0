import { expect, test, vi } from 'vitest'
import { binanceDesk, diff, goLive } from '../../support/binance-desk'
import type { Dialect } from '../../support/sim-venue/dialect'
import { binanceSpotDialect, binanceUsdmDialect } from '../../support/sim-venue/dialects/binance'
import { coinbaseDialect } from '../../support/sim-venue/dialects/coinbase'
import { gateDialects } from '../../support/sim-venue/dialects/gate'
import { hyperliquidDialect } from '../../support/sim-venue/dialects/hyperliquid'
import { kucoinDialect } from '../../support/sim-venue/dialects/kucoin'
import { simDesk } from '../../support/sim-venue/sim-desk'

test('a line that takes over tells nobody what was traded before he watched', async () => {
  const desk = simDesk(binanceSpotDialect, { paceMs: 40 })
  const { clock, network, oracle, feed, ids } = desk
  expect(await desk.goLive()).toBe(true)
  await clock.pass(5_000)
  for (const line of network.open_) line.say('{"e":"serverShutdown","E":1800000000000}')
  await clock.pass(1_000)
  const told = oracle.trades.length

  feed.watch(new Set(ids.slice(1)))
  oracle.left(ids[0]!)
  await clock.pass(300)
  feed.watch(new Set(ids))
  await clock.pass(30_000)
  oracle.checkPrints()
  desk.stop()

  expect(network.connects).toHaveLength(2)
  expect(oracle.trades.length).toBeGreaterThan(told)
  expect(oracle.lies).toEqual([])
})

test('who watches again is told no trade again, though an old book makes the past look new', async () => {
  const desk = simDesk(hyperliquidDialect, { paceMs: 40 })
  const { clock, network, oracle, feed, ids } = desk
  expect(await desk.goLive()).toBe(true)
  network.faults.stuck.add('BTC')
  await clock.pass(1_500)

  feed.watch(new Set(ids.slice(1)))
  oracle.left(ids[0]!)
  await clock.pass(100)
  feed.watch(new Set(ids))
  await clock.pass(5_000)
  oracle.checkPrints()
  desk.stop()

  expect(oracle.trades.length).toBeGreaterThan(10)
  expect(oracle.lies).toEqual([])
})

/** A dialect whose venue does not hear requests that name `stream` while `isDeaf`; USD-M's unless told. */
const deafTo = (stream: string, isDeaf: () => boolean, dialect = binanceUsdmDialect): Dialect => ({
  ...dialect,
  line: (wire) => {
    const line = dialect.line(wire)
    const hear = (text: string) => {
      if (!isDeaf() || !text.includes(stream)) line.hear(text)
    }
    return { ...line, hear }
  }
})

test('trades that come over a line of their own are said to be missed until it has been heard, also of who comes later', async () => {
  let isDeaf = true
  const desk = simDesk(
    deafTo('@aggTrade', () => isDeaf),
    { paceMs: 40 }
  )
  const { clock, oracle, feed, ids } = desk
  feed.watch(new Set(ids.slice(1)))
  expect(await desk.until(() => feed.lane(ids[1]!)?.isLive === true, 15_000)).toBe(true)
  expect(oracle.tradesLost).toEqual([ids[1]])
  expect(await desk.goLive()).toBe(true)
  expect(oracle.tradesLost).toContain(ids[0])
  await clock.pass(25_000)
  expect(oracle.trades).toEqual([])
  isDeaf = false
  await clock.pass(60_000)
  oracle.checkPrints()
  desk.stop()

  expect(oracle.trades.length).toBeGreaterThan(100)
  expect(oracle.lies).toEqual([])
})

test('where another line takes over for trades, those are missed since that it was not acknowledged for, and asked for again', async () => {
  let isMute = false
  const { legs } = binanceUsdmDialect.venue
  const venue = {
    ...binanceUsdmDialect.venue,
    legs: legs.map((leg) => (leg.carriesTrades ? { ...leg, lifetimeMs: 120_000 } : leg))
  }
  /** On new lines for trades nothing but of ETH is said, until BTC is asked for by itself. */
  const dialect: Dialect = {
    ...binanceUsdmDialect,
    line: (wire) => {
      let isSilent = isMute && wire.url.pathname.includes('/market/')
      const say: typeof wire.say = (frame, stream) => {
        if (!isSilent || JSON.stringify(frame).includes('ETH')) wire.say(frame, stream)
      }
      const line = binanceUsdmDialect.line({ ...wire, say })
      const hear = (text: string) => {
        if (text.includes('"SUBSCRIBE"') && !text.includes('ethusdt')) isSilent = false
        line.hear(text)
      }
      return { ...line, hear }
    }
  }
  const desk = simDesk(dialect, { paceMs: 40, venue })
  const { clock, oracle, ids, network, status } = desk
  expect(await desk.goLive()).toBe(true)
  await clock.pass(20_000)
  isMute = true
  const old = network.open_.find(({ url }) => url.includes('/market/'))!
  oracle.tradesLost.length = 0
  expect(await desk.until(() => !old.isUp, 120_000)).toBe(true)
  expect(oracle.tradesLost).toEqual([ids[0]])
  expect(await desk.until(() => status().reason !== '', 12_000)).toBe(true)
  expect(status()).toMatchObject({ state: 'live', reason: expect.stringMatching(/^its trades are unknown/) })
  await clock.pass(10_000)
  expect(status().reason).toBe('')
  oracle.checkPrints()
  desk.stop()
  expect(new Set(oracle.tradesLost)).toEqual(new Set([ids[0]]))
  expect(oracle.lies).toEqual([])
})

/** A market in which nobody trades, and whose marks are not told. */
const still = (dialect: Dialect): Dialect => ({
  ...dialect,
  line: (wire) => ({ ...dialect.line(wire), beat: () => undefined, trade: () => undefined })
})

test('who acknowledges a request for trades is heard before the first trade; another request’s answer is none', async () => {
  let isDeaf = false
  const { clock, oracle, feed, ids, network, stop } = simDesk(
    still(deafTo('ethusdt@aggTrade', () => isDeaf)),
    { paceMs: 40 }
  )
  feed.watch(new Set([ids[0]!]))
  await clock.pass(5_000)
  expect(feed.lane(ids[0]!)?.isLive).toBe(true)
  expect(oracle.tradesLost).toEqual([])

  isDeaf = true
  feed.watch(new Set(ids))
  const market = network.open_.find(({ url }) => url.includes('/market/'))!
  for (let times = 0; times < 20; times++) {
    market.say('{"result":null,"id":1}')
    await clock.pass(250)
  }
  expect(feed.lane(ids[1]!)?.isLive).toBe(true)
  stop()
  expect(oracle.tradesLost).toEqual([ids[1]])
})

test('where trades flow and nobody answers for the book, no snapshot makes it live', async () => {
  const desk = simDesk(
    deafTo('@depth', () => true),
    { paceMs: 40 }
  )
  const { oracle, status } = desk
  expect(await desk.goLive(12_000)).toBe(false)
  expect(oracle.lies).toEqual([])
  expect(oracle.trades.length).toBeGreaterThan(20)
  expect(status().reason).toContain('the venue has not answered')
  desk.stop()
})

test.each([
  ...gateDialects.map((dialect) => ({ dialect, book: '.order_book_update' })),
  { dialect: kucoinDialect, book: '/market/level2' }
])(
  'a book of $dialect.venue.spec.id that nobody answered for is asked for again, whatever is traded',
  async ({ dialect, book }) => {
    let isDeaf = true
    const desk = simDesk(
      deafTo(book, () => isDeaf, dialect),
      { paceMs: 40 }
    )
    const { clock, oracle, status } = desk
    expect(await desk.goLive(7_000)).toBe(false)
    expect(oracle.trades.length).toBeGreaterThan(20)
    expect(status().reason).toContain('not subscribed: the venue has not answered, asking again')
    isDeaf = false
    expect(await desk.goLive(15_000)).toBe(true)
    await clock.pass(15_000)
    oracle.checkPrints()
    desk.stop()
    expect(oracle.lies).toEqual([])
  }
)

test('a lost trade is missed since the last that was told of its instrument, whatever was heard of others meanwhile', async () => {
  const { clock, network, oracle, ids, ...desk } = simDesk(coinbaseDialect, { paceMs: 40 })
  expect(await desk.goLive()).toBe(true)
  await clock.pass(3_000)
  const from: number[] = []
  vi.spyOn(oracle, 'onTradesLost').mockImplementation((id, at) => {
    if (id === ids[0]) from.push(at)
  })
  const line = network.open_[0]!
  const say = line.say.bind(line)
  let lostAt = NaN
  line.say = (text) => {
    const isIt = text.includes('"match"') && text.includes(desk.lane().symbol)
    if (isIt && Number.isNaN(lostAt)) lostAt = clock.now()
    else say(text)
  }
  expect(await desk.until(() => from.length > 0, 5_000)).toBe(true)
  desk.stop()
  expect(from[0]).toBeLessThan(lostAt + network.weather.latencyMs)
})

test('what may still be on its way over a line that brings frames but no answers is missed when another takes over', async () => {
  const desk = binanceDesk()
  await goLive(desk)
  const [old] = desk.transport.sockets
  old!.answers = (answered) => desk.clock.after(50, answered)
  await desk.clock.pass(10_000)
  old!.answers = () => undefined
  const provenBy = desk.clock.now()
  await desk.clock.pass(1_000)
  const before = desk.log.of('trades-lost').length
  /** Untimed: nothing tells how old it is. */
  const quote = {
    stream: 'btcusdt@bookTicker',
    data: { u: 101, s: 'BTCUSDT', b: '100.00', B: '2', a: '100.10', A: '1' }
  }
  old!.frame({ e: 'serverShutdown', E: desk.clock.now() })
  await desk.clock.pass(0)
  desk.transport.latest.open()
  for (let turn = 0; turn < 12; turn++) {
    old!.frame(quote)
    desk.transport.latest.frame(diff('BTCUSDT', 102 + turn, 102 + turn))
    await desk.clock.pass(500)
  }
  expect(old!.isTerminated).toBe(true)
  const [from] = desk.log
    .of('trades-lost')
    .slice(before)
    .map(({ text }) => Number(text))
  expect(from).toBeLessThanOrEqual(provenBy)
  // It is asked every five seconds.
  expect(from).toBeGreaterThan(provenBy - 6_000)
})

test('a line that answers until another takes over has missed nothing', async () => {
  const desk = binanceDesk()
  await goLive(desk)
  const [old] = desk.transport.sockets
  old!.answers = (answered) => desk.clock.after(50, answered)
  await desk.clock.pass(10_000)
  const before = desk.log.of('trades-lost').length
  old!.frame({ e: 'serverShutdown', E: desk.clock.now() })
  await desk.clock.pass(0)
  desk.transport.latest.open()
  for (let turn = 0; turn < 12; turn++) {
    desk.transport.latest.frame(diff('BTCUSDT', 102 + turn, 102 + turn))
    await desk.clock.pass(500)
  }
  expect(old!.isTerminated).toBe(true)
  expect(desk.log.of('trades-lost').slice(before)).toEqual([])
})
