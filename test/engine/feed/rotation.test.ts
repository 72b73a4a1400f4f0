import { expect, test } from 'vitest'
import type { Dialect } from '../../support/sim-venue/dialect'
import { binanceSpotDialect } from '../../support/sim-venue/dialects/binance'
import { kucoinDialect } from '../../support/sim-venue/dialects/kucoin'
import { simDesk } from '../../support/sim-venue/sim-desk'

const minute = 60_000

/** The venue allows so many new connections in five minutes, of which half are made. */
const narrow = ({ venue }: Dialect, connectsPerFiveMinutes: number) => ({
  ...venue,
  limits: { ...venue.limits, connectsPerFiveMinutes }
})

test('a new line that is due while no more connections may be made is made when they may, before the old one goes', async () => {
  const desk = simDesk(binanceSpotDialect, { paceMs: 2_000, venue: narrow(binanceSpotDialect, 2) })
  const { clock, network, oracle, stop } = desk
  expect(await desk.goLive()).toBe(true)
  for (const line of network.open_) line.say('{"e":"serverShutdown","E":1800000000000}')

  await clock.pass(4 * minute)
  expect(network.connects).toHaveLength(1)
  await clock.pass(2 * minute)
  expect([network.connects.length, network.open_.length]).toEqual([2, 1])
  expect(oracle.outages).toEqual([])
  expect(oracle.lies).toEqual([])
  // Once made, none is due any more.
  await clock.pass(6 * minute)
  expect(network.connects).toHaveLength(2)
  stop()
})

test('a new line that is due and gets no address asks for it again, now and then', async () => {
  const { legs } = kucoinDialect.venue
  const venue = { ...kucoinDialect.venue, legs: legs.map((leg) => ({ ...leg, lifetimeMs: 10 * minute })) }
  const desk = simDesk(kucoinDialect, { paceMs: 2_000, venue })
  const { clock, network, sim, oracle, stop } = desk
  expect(await desk.goLive()).toBe(true)
  const answer = sim.answer.bind(sim)
  sim.answer = (url, post) => (post === undefined ? answer(url, post) : undefined)
  const asked = () => network.asked.filter(({ url }) => url.includes('bullet')).length
  const before = asked()

  await clock.pass(9.65 * minute)
  expect(asked() - before).toBeGreaterThan(0)
  expect(asked() - before).toBeLessThan(5)
  sim.answer = answer
  await clock.pass(15_000)
  expect([network.connects.length, network.open_.length]).toEqual([2, 1])
  expect(oracle.outages).toEqual([])
  stop()
})
