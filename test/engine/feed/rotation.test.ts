import { expect, test } from 'vitest'
import type { Dialect } from '../../support/sim-venue/dialect'
import { bitfinexDialect } from '../../support/sim-venue/dialects/bitfinex'
import { binanceSpotDialect } from '../../support/sim-venue/dialects/binance'
import { kucoinDialect } from '../../support/sim-venue/dialects/kucoin'
import { okxDialect } from '../../support/sim-venue/dialects/okx'
import type { Line } from '../../../src-main/engine/feed/line'
import { Rotation } from '../../../src-main/engine/feed/rotation'
import { FakeClock } from '../../support/fake-clock'
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

/** Its lines are old after ten minutes. */
const shortLived = ({ venue }: Dialect) => ({
  ...venue,
  legs: venue.legs.map((leg) => ({ ...leg, lifetimeMs: 10 * minute }))
})

test.each([
  // After waits of at most 2, 4, 8, 16, 32 and 64 s it waits 80 s to 120 s each time.
  ['refused', 15, false],
  // Left alone for a minute after each.
  ['bombed', 10, true]
] as const)(
  'a new line that is due and is %s each time is tried at most %d times in ten minutes, and the old one is heard meanwhile',
  async (_what, most, isBombed) => {
    const desk = simDesk(binanceSpotDialect, { paceMs: 2_000, venue: shortLived(binanceSpotDialect) })
    const { clock, network, oracle, stop } = desk
    expect(await desk.goLive()).toBe(true)
    await clock.pass(9 * minute)
    const open = network.open.bind(network)
    network.open = (url, events) => {
      const socket = open(url, {
        ...events,
        onOpen: () => {
          socket.terminate()
          events.onClose('ended', isBombed)
        }
      })
      return socket
    }
    await clock.pass(10.7 * minute)
    const tried = network.connects.length - 1
    expect(tried).toBeGreaterThan(4)
    expect(tried).toBeLessThanOrEqual(most)
    expect(oracle.outages).toEqual([])

    network.open = open
    await clock.pass(2.1 * minute)
    expect([network.connects.length, network.open_.length]).toEqual([tried + 2, 1])
    expect(oracle.outages).toEqual([])
    stop()
  }
)

test('a line on which twelve books are asked for at five requests a second takes over when the last of them is heard', async () => {
  const listings = [...'ABCDEFGHIJKL'].map((letter) => ({
    ...bitfinexDialect.listings[0]!,
    ...{ symbol: `tAA${letter}USD`, base: `AA${letter}` }
  }))
  const desk = simDesk(bitfinexDialect, { paceMs: 200, listings, venue: shortLived(bitfinexDialect) })
  const { clock, network, oracle, stop } = desk
  network.weather.latencyMs = 1_000
  expect(await desk.goLive(30_000)).toBe(true)
  const [outages, losses] = [oracle.outages.length, oracle.tradesLost.length]
  expect(await desk.until(() => network.connects.length > 1, 10 * minute)).toBe(true)
  await clock.pass(30_000)
  oracle.checkPrints()
  expect([network.connects.length, network.open_.length]).toEqual([2, 1])
  stop()
  expect(oracle.outages.slice(outages)).toEqual([])
  expect(oracle.tradesLost.slice(losses)).toEqual([])
  expect(oracle.lies).toEqual([])
})

test('a keepalive that both lines bring before the next change is no gap when the new one takes over', async () => {
  const desk = simDesk(okxDialect, { listings: okxDialect.listings.slice(0, 1), paceMs: 2_000 })
  const { clock, lane, network, oracle, sim, status, stop } = desk
  expect(await desk.goLive()).toBe(true)
  await clock.pass(20_000)
  const { symbol } = lane()
  sim.pace(symbol, Infinity)
  const { gaps } = lane().counters
  const say = (message: object) => {
    for (const line of network.open_) line.say(JSON.stringify(message))
  }
  say({ event: 'notice', code: '64008', msg: 'The connection will soon be closed.', connId: 'c1' })
  await clock.pass(1_000)
  expect(network.open_).toHaveLength(2)
  const { last } = sim.truth(symbol)!
  const data = [{ asks: [], bids: [], ts: String(sim.now()), checksum: 0, seqId: last, prevSeqId: last }]
  say({ arg: { channel: 'books', instId: symbol }, action: 'update', data })
  await clock.pass(500)
  sim.advance(symbol)
  expect(await desk.until(() => network.open_.length === 1, 20_000)).toBe(true)
  expect([status().state, lane().counters.gaps]).toEqual(['live', gaps])
  expect(lane().book.sequence).toBe(sim.truth(symbol)!.last)
  await clock.pass(1_000)
  stop()
  expect(oracle.lies).toEqual([])
})

test.each([
  ['20,000 frames of fifty busy books are all read when it takes over', 20_000, 100],
  ['32 MiB of whole books', 500, 64 * 1024]
])('a line that is to take over keeps what it hears meanwhile: %s', async (_what, frames, bytes) => {
  const { clock, rotation, hear } = rotating()
  for (let n = 0; n < frames; n++) hear(new Uint8Array(bytes))
  await clock.pass(3_000)
  expect([rotation.isReady, rotation.isHopeless, rotation.drain().length]).toEqual([true, false, frames])
})

test('a line that is to take over is given up when it hears more than can be kept: 64 MiB', async () => {
  const { clock, rotation, hear } = rotating()
  for (let n = 0; n < 65; n++) hear(new Uint8Array(1024 * 1024))
  await clock.pass(3_000)
  expect([rotation.isReady, rotation.isHopeless]).toEqual([false, true])
})

function rotating() {
  const clock = new FakeClock()
  let hear: (bytes: Uint8Array) => void = () => undefined
  const rotation = new Rotation(clock, (onFrame) => {
    hear = onFrame
    return { isSettled: true, startedAt: clock.mono() } as Line
  })
  return { clock, rotation, hear }
}
