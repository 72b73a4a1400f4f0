import { expect, test } from 'vitest'
import { coinbaseDialect } from '../../support/sim-venue/dialects/coinbase'
import { krakenDialect } from '../../support/sim-venue/dialects/kraken'
import type { Dialect } from '../../support/sim-venue/dialect'
import { simDesk } from '../../support/sim-venue/sim-desk'

const minute = 60_000

/** A live desk whose books move so often that no lull is probed: a snapshot would be an audit, too. */
async function liveDesk(dialect: Dialect) {
  const desk = simDesk(dialect, { paceMs: 150 })
  expect(await desk.goLive()).toBe(true)
  const from = desk.oracle.statuses.length
  const left = () => desk.oracle.statuses.slice(from).filter(({ status }) => status.state !== 'live')
  const whole = () => desk.network.asked.filter(({ url }) => url.includes('/book?level=2')).length
  return { ...desk, left, whole }
}

test('a sound book that nothing proves is compared with the whole one every five minutes, and stays live', async () => {
  const { clock, lane, left, whole, stop } = await liveDesk(coinbaseDialect)
  const { snapshots } = lane().counters
  await clock.pass(11 * minute)
  expect([lane().counters.audits, left()]).toEqual([2, []])
  expect(whole()).toBe(4)
  expect(lane().counters.snapshots).toBe(snapshots)
  stop()
})

test('a level that the venue has no more, and no message betrays, is found by the next comparison, and the book made anew', async () => {
  const { clock, network, lane, left, oracle, stop } = await liveDesk(coinbaseDialect)
  // As if the message that removed it had been lost.
  const ghost = { type: 'l2update', product_id: 'BTC-USD', changes: [['buy', '1.00', '3.00000000']] }
  for (const line of network.open_)
    line.say(JSON.stringify({ ...ghost, time: '2027-01-15T08:00:00.000000Z' }))
  await clock.pass(5 * minute + 3_000)
  expect(left().map(({ status }) => status.reason)).toEqual([
    expect.stringMatching(/^1 level differed from the venue’s whole book at .*, resyncing$/)
  ])
  expect(lane().isLive).toBe(true)
  const { length } = oracle.lies
  oracle.sample()
  expect(oracle.lies.length).toBe(length)
  stop()
})

test('without an answer the book is replaced by a fresh snapshot, and stays live', async () => {
  const { clock, network, lane, left, stop } = await liveDesk(coinbaseDialect)
  const { snapshots } = lane().counters
  network.weather.restErrors = 1
  await clock.pass(6 * minute)
  expect([lane().counters.snapshots - snapshots, left()]).toEqual([1, []])
  stop()
})

test('answers that differ time after time are no measure: after three the book is only replaced', async () => {
  const { clock, sim, lane, left, whole, stop } = await liveDesk(coinbaseDialect)
  const answer = sim.answer.bind(sim)
  sim.answer = (url, post) => answer(url, post)?.replace('"bids":[', '"bids":[["1.00","7.00000000",1],')
  await clock.pass(22 * minute)
  expect(left().filter(({ id, status }) => id === lane().id && status.state === 'gap')).toHaveLength(3)
  expect(whole()).toBe(6)
  expect(lane().isLive).toBe(true)
  stop()
})

test('a book whose checksum sees but ten levels is replaced every ten minutes, and stays live', async () => {
  const { clock, lane, left, stop } = await liveDesk(krakenDialect)
  const { snapshots } = lane().counters
  await clock.pass(11 * minute)
  expect([lane().counters.snapshots - snapshots, lane().counters.audits, left()]).toEqual([1, 1, []])
  stop()
})
