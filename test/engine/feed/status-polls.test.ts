import { expect, test } from 'vitest'
import { binanceSpotDialect } from '../../support/sim-venue/dialects/binance'
import { bybitDialects } from '../../support/sim-venue/dialects/bybit'
import { kucoinDialect } from '../../support/sim-venue/dialects/kucoin'
import { simDesk } from '../../support/sim-venue/sim-desk'

const minute = 60_000

function closingDesk(dialect = bybitDialects[1]!) {
  const desk = simDesk(dialect, { paceMs: 300 })
  const { sim, network, feed } = desk
  const answer = sim.answer.bind(sim)
  const isPoll = (url: string) => /\/status(\?|$)/.test(url)
  const state = { text: undefined as string | undefined }
  sim.answer = (url, post) => (isPoll(url) && state.text !== undefined ? state.text : answer(url, post))
  return {
    ...desk,
    state,
    polls: () => network.asked.filter(({ url }) => isPoll(url)),
    rest: () => feed.links().find(({ leg }) => leg === 'rest')!
  }
}
const closed = JSON.stringify({
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

test('a venue that says so only when asked is asked once a minute, while something of it is watched', async () => {
  for (const dialect of [bybitDialects[1]!, kucoinDialect, binanceSpotDialect]) {
    const { clock, feed, polls, stop, ...desk } = closingDesk(dialect)
    await clock.pass(minute)
    expect(polls()).toEqual([])
    expect(await desk.goLive()).toBe(true)
    await clock.pass(3 * minute - 5_000)
    expect(polls()).toHaveLength(3)
    expect(desk.rest()).not.toHaveProperty('lastError')
    feed.watch(new Set())
    await clock.pass(3 * minute)
    expect(polls()).toHaveLength(3)
    stop()
  }
})

test('what it closes leaves live at once with its words, and comes back when it is open again', async () => {
  const { clock, state, sim, oracle, status, rest, stop, ...desk } = closingDesk()
  expect(await desk.goLive()).toBe(true)
  state.text = closed
  for (const { symbol } of sim.listings) sim.pace(symbol, Infinity)
  await clock.pass(minute + 1_000)
  expect([status(0), status(1)]).toMatchObject([
    { state: 'halted', reason: 'maintenance: upgrade' },
    { state: 'halted', reason: 'maintenance: upgrade' }
  ])
  const { lastError } = rest()
  expect(lastError).toMatchObject({ reason: 'the venue says it is closed: maintenance: upgrade' })
  // Once: what is known is not told again.
  await clock.pass(3 * minute)
  expect(rest().lastError).toEqual(lastError)
  state.text = undefined
  for (const { symbol } of sim.listings) sim.pace(symbol, 300)
  expect(await desk.until(() => status(0).state === 'live' && status(1).state === 'live', 70_000)).toBe(true)
  expect(oracle.lies).toEqual([])
  stop()
})

test('books that came back by themselves are left alone when the venue opens', async () => {
  const { clock, state, network, status, stop, ...desk } = closingDesk()
  expect(await desk.goLive()).toBe(true)
  state.text = closed
  const { length } = network.connects
  expect(await desk.until(() => status().state === 'halted', 70_000)).toBe(true)
  expect(await desk.until(() => status().state === 'live', 5_000)).toBe(true)
  const { since } = status()
  state.text = undefined
  await clock.pass(2 * minute)
  expect([status().since, network.connects.length]).toEqual([since, length])
  stop()
})

test('an answer that cannot be had or read changes nothing and is told in words', async () => {
  const { clock, state, status, rest, stop, ...desk } = closingDesk()
  expect(await desk.goLive()).toBe(true)
  state.text = '<html>'
  await clock.pass(minute + 1_000)
  expect(status().state).toBe('live')
  expect(rest()).toMatchObject({
    state: 'open',
    lastError: { reason: 'whether the venue is open: the answer cannot be read' }
  })
  stop()
})
