import { expect, test, vi } from 'vitest'
import type { Dialect } from '../../support/sim-venue/dialect'
import { binanceUsdmDialect } from '../../support/sim-venue/dialects/binance'
import { bybitDialects } from '../../support/sim-venue/dialects/bybit'
import { krakenFuturesDialect } from '../../support/sim-venue/dialects/kraken-futures'
import { simDesk } from '../../support/sim-venue/sim-desk'

const minute = 60_000

/** A market whose books have been live for some seconds, and what it tells of its first derivative from then on. */
async function heardOf(dialect: Dialect, address = '') {
  const desk = simDesk(dialect, { paceMs: 2_000 })
  const heard: { mark: number; lapsed: string }[] = []
  const interest: number[] = []
  vi.spyOn(desk.oracle, 'onReference').mockImplementation((id, { mark, openInterest }, _at, lapsed) => {
    if (id !== desk.lane().id) return
    heard.push({ mark, lapsed })
    interest.push(openInterest)
  })
  expect(await desk.goLive()).toBe(true)
  await desk.clock.pass(3_000)
  const line = () => desk.network.open_.find(({ url }) => url.includes(address))!
  return { ...desk, line, heard, interest }
}

test('when the line that tells them is lost they are unknown at once, with the reason, beside a book that is live', async () => {
  const desk = await heardOf(binanceUsdmDialect, '/market/')
  const { heard, interest, line, lane, network, clock, status, stop } = desk
  expect(heard.at(-1)!.mark).toBeGreaterThan(0)
  expect(lane().reference.openInterest).toBe(1500.5)
  heard.length = 0
  network.weather.refuses = 'refused'
  line().close('connection cut')
  expect(status().state).toBe('live')
  expect(heard).toEqual([{ mark: NaN, lapsed: 'the line that tells it is down: connection cut' }])
  expect(lane().reference).toMatchObject({ mark: NaN, index: NaN, funding: NaN, openInterest: 1500.5 })
  await clock.pass(6 * minute)
  expect(heard.every((it) => Number.isNaN(it.mark) && it.lapsed !== '')).toBe(true)
  // Of the open interest, which nobody answers either, it is told too that it holds no more.
  expect([interest.at(-1), heard.length, status().state]).toEqual([NaN, 2, 'live'])
  network.weather.refuses = undefined
  await clock.pass(2 * minute)
  expect(heard.at(-1)!.mark).toBeGreaterThan(0)
  expect(heard.at(-1)!.lapsed).toBe('')
  stop()
})

test('where they come every second they are unknown after ten without one, though their line goes on', async () => {
  const { clock, heard, lane, line, stop } = await heardOf(binanceUsdmDialect, '/market/')
  const market = line()
  const say = market.say.bind(market)
  vi.spyOn(market, 'say').mockImplementation((text) => {
    if (!text.includes('btcusdt@markPrice')) say(text)
  })
  await clock.pass(9_000)
  expect(lane().reference.mark).toBeGreaterThan(0)
  await clock.pass(3_000)
  expect(line()).toBe(market)
  expect(lane(1).reference.mark).toBeGreaterThan(0)
  expect(heard.at(-1)).toEqual({ mark: NaN, lapsed: 'the venue has not told it for 10 s' })
  stop()
})

test('where a ticker comes every second they are unknown after ten without one, though the book beside it goes on', async () => {
  const { clock, heard, lane, line, network, sim, status, stop } = await heardOf(krakenFuturesDialect)
  const figures = { index: 100, markPrice: 100.5, openInterest: 7, suspended: false }
  const touch = { bid: 99, bid_size: 1, ask: 101, ask_size: 1, tag: 'perpetual', maturityTime: 0 }
  for (let second = 0; second < 30; second++) {
    const told = { feed: 'ticker', product_id: lane().symbol, time: sim.now(), ...figures, ...touch }
    line().say(JSON.stringify(told))
    await clock.pass(1_000)
  }
  expect([lane().reference.mark, heard.at(-1)!.lapsed]).toEqual([100.5, ''])
  await clock.pass(12_000)
  expect([status().state, network.connects.length]).toEqual(['live', 1])
  expect(heard.at(-1)).toEqual({ mark: NaN, lapsed: 'the venue has not told it for 10 s' })
  stop()
})

test('where only changes are told they hold as long as their line', async () => {
  const linear = bybitDialects.find(({ venue }) => venue.spec.id === 'bybit-linear')!
  const { clock, heard, lane, line, network, status, stop } = await heardOf(linear)
  const { symbol } = lane()
  const data = { symbol, markPrice: '100.5', indexPrice: '100', fundingRate: '0.0001' }
  const ticker = { topic: `tickers.${symbol}`, type: 'snapshot', ts: 1_700_000_000_000, cs: 1, data }
  line().say(JSON.stringify(ticker))
  await clock.pass(10 * minute)
  expect([status().state, heard]).toEqual(['live', [{ mark: 100.5, lapsed: '' }]])
  network.cut()
  expect(lane().reference.mark).toBeNaN()
  stop()
})

test('while the computer sleeps there are none', async () => {
  const { feed, heard, lane, stop } = await heardOf(binanceUsdmDialect)
  feed.suspend()
  expect(lane().reference.mark).toBeNaN()
  expect(heard.at(-1)).toEqual({ mark: NaN, lapsed: 'the computer sleeps' })
  stop()
})
