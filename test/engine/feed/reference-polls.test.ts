import { expect, test, vi } from 'vitest'
import { binanceCoinmDialect, binanceUsdmDialect } from '../../support/sim-venue/dialects/binance'
import { bybitDialects } from '../../support/sim-venue/dialects/bybit'
import { simDesk } from '../../support/sim-venue/sim-desk'

const minute = 60_000

function polledDesk(dialect = binanceUsdmDialect) {
  const desk = simDesk(dialect, { paceMs: 2_000 })
  const polls = () => desk.network.asked.filter(({ url }) => url.includes('/openInterest?'))
  return { ...desk, polls }
}

test('open interest that no stream tells is asked for once a minute and book, one question at a time', async () => {
  const desk = polledDesk()
  const { clock, polls, lane, stop } = desk
  expect(await desk.goLive()).toBe(true)
  const liveAt = clock.mono()
  await clock.pass(3 * minute - 5_000)
  const of = (symbol: string) => polls().filter(({ url }) => url.endsWith(`?symbol=${symbol}`))
  expect([of('BTCUSDT').length, of('ETHUSDT').length, polls().length]).toEqual([3, 3, 6])
  expect(Math.abs(of('ETHUSDT')[0]!.mono - of('BTCUSDT')[0]!.mono)).toBeGreaterThanOrEqual(999)
  expect(of('BTCUSDT')[0]!.mono - liveAt).toBeLessThan(2_000)
  expect(lane().reference.openInterest).toBe(1500.5)
  expect(clock.now() - lane().reference.openInterestAt).toBeLessThan(minute + 2_000)
  stop()
})

test('contracts worth quote money become quote money', async () => {
  const desk = polledDesk(binanceCoinmDialect)
  const { clock, lane, stop } = desk
  expect(await desk.goLive()).toBe(true)
  await clock.pass(3_000)
  expect(lane().reference.openInterest).toBe(150_050)
  stop()
})

test('without answers the figure keeps the time it was told at, is none after five minutes, and the venue’s health says why', async () => {
  const desk = polledDesk()
  const { clock, sim, polls, lane, status, stop } = desk
  expect(await desk.goLive()).toBe(true)
  await clock.pass(3_000)
  const { openInterestAt } = lane().reference
  const answer = sim.answer.bind(sim)
  sim.answer = (url, post) => (url.includes('/openInterest?') ? '{"code":-1,"msg":"no"}' : answer(url, post))
  await clock.pass(4 * minute)
  expect(lane().reference).toMatchObject({ openInterest: 1500.5, openInterestAt })
  await clock.pass(2 * minute)
  expect([lane().reference.openInterest, lane().reference.openInterestAt]).toEqual([NaN, NaN])
  expect(status().state).toBe('live')
  const { lastError } = desk.feed.links().find(({ leg }) => leg === 'rest')!
  expect(lastError?.reason).toMatch(/^open interest of (BTC|ETH)USDT: the answer does not tell it$/)
  expect(clock.now() - lastError!.at).toBeLessThan(minute)
  expect(polls().length).toBeLessThanOrEqual(14)
  stop()
})

test('where no stream tells any figure, each answer is handed on by itself, and after five minutes without one that they are unknown', async () => {
  const { venue } = binanceUsdmDialect
  const alone = { ...venue, asked: { ...venue.asked!, isAlone: true } }
  const desk = simDesk({ ...binanceUsdmDialect, venue: alone }, { paceMs: 2_000 })
  const { clock, sim, lane, oracle, stop } = desk
  const told: number[] = []
  vi.spyOn(oracle, 'onReference').mockImplementation((id, { openInterest, at }, receivedAt) => {
    if (id !== lane().id) return
    // What this venue's stream tells all the same has the venue's time.
    if (at !== receivedAt && !Number.isNaN(at)) return
    told.push(openInterest)
  })
  expect(await desk.goLive()).toBe(true)
  await clock.pass(minute + 3_000)
  expect(told).toEqual([1500.5, 1500.5])
  const answer = sim.answer.bind(sim)
  sim.answer = (url, post) => (url.includes('/openInterest?') ? '' : answer(url, post))
  await clock.pass(6 * minute)
  expect(told).toEqual([1500.5, 1500.5, NaN])
  stop()
})

test('a book that does not stand is not asked about, nor one of a venue whose stream tells', async () => {
  const desk = polledDesk()
  const { clock, network, polls, stop } = desk
  expect(await desk.goLive()).toBe(true)
  await clock.pass(3_000)
  network.weather.refuses = 'refused'
  network.cut()
  const { length } = polls()
  await clock.pass(2 * minute)
  expect(polls().length).toBe(length)
  stop()
  const other = polledDesk(bybitDialects[1]!)
  expect(await other.goLive()).toBe(true)
  await other.clock.pass(minute)
  expect(other.polls()).toEqual([])
  other.stop()
})
