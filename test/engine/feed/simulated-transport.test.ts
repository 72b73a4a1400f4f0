import { expect, test } from 'vitest'
import { defaultSettings } from '../../../src-shared/settings'
import { Feed } from '../../../src-main/engine/feed/hub'
import { SimulatedTransport, simulationOf } from '../../../src-main/engine/feed/simulated-transport'
import { simulated } from '../../../src-main/engine/venues/simulated/index'
import { FakeClock } from '../../support/fake-clock'
import { FeedLog } from '../../support/feed-log'

function start() {
  const clock = new FakeClock()
  const log = new FeedLog()
  const feed = new Feed({
    venues: [simulated],
    transports: [new SimulatedTransport(clock, () => simulationOf(defaultSettings))],
    http: () => Promise.resolve({ ok: false, status: NaN, reason: 'no network' }),
    clock,
    chance: () => 0.5,
    listener: log,
    settings: defaultSettings,
    bans: [],
    onBan: () => undefined
  })
  return { clock, log, feed }
}
const ids = ['sim:BTC-PERP', 'sim:ETH-USDT', 'sim:SOL-USDT']

test('three simulated books are live within a second, without a network', async () => {
  const { clock, log, feed } = start()
  feed.watch(new Set(ids))
  await clock.pass(1_000)
  for (const id of ids) expect(log.states(id)).toEqual(['connecting', 'connecting', 'syncing', 'live'])
  expect(feed.instrumentsOf('sim')).toHaveLength(6)
})

test('a simulated minute has no gap, and every quote equals the rebuilt touch', async () => {
  const { clock, log, feed } = start()
  feed.watch(new Set(ids))
  await clock.pass(60_000)
  expect(log.of('gap')).toEqual([])
  for (const id of ids) {
    const { counters, status } = feed.lane(id)!
    expect(status).toMatchObject({ state: 'live', reason: '' })
    expect(counters).toMatchObject({ gaps: 0, crossed: 0, rejected: 0, resyncs: 0 })
    expect(counters.applied).toBeGreaterThan(100)
    expect(counters.trades).toBeGreaterThan(0)
    expect(counters.quotesEqual).toBe(counters.quotesCompared)
    expect(counters.quotesCompared).toBeGreaterThan(10)
  }
})

test('after a night everything leaves live at once and is live again within a second', async () => {
  const { clock, log, feed } = start()
  feed.watch(new Set(ids))
  await clock.pass(5_000)
  const before = log.events.length
  clock.freeze(8 * 3_600_000)
  await clock.pass(2_000)
  const since = log.events.slice(before).filter(({ id }) => id === 'sim:BTC-PERP')
  const left = since.findIndex(({ kind }) => kind === 'gap')
  expect(since.slice(0, left).filter(({ kind }) => kind === 'book')).toEqual([])
  expect(feed.lane('sim:BTC-PERP')!.status.state).toBe('live')
})

test('a stopped feed leaves no timer behind', async () => {
  const { clock, feed } = start()
  feed.watch(new Set(ids))
  await clock.pass(3_000)
  feed.stop()
  expect(clock.timers).toBe(0)
})

test('what is no longer wanted is forgotten, the others go on', async () => {
  const { clock, log, feed } = start()
  feed.watch(new Set(ids))
  await clock.pass(2_000)
  feed.watch(new Set(['sim:BTC-PERP']))
  await clock.pass(1_000)
  const before = log.events.length
  await clock.pass(2_000)
  const heard = new Set(log.events.slice(before).map(({ id }) => id))
  expect([...heard]).toEqual(['sim:BTC-PERP'])
  expect(feed.lane('sim:ETH-USDT')).toBeUndefined()
})

test('asleep nothing is live; a system that never says it woke is found out', async () => {
  const { clock, feed } = start()
  feed.watch(new Set(ids))
  await clock.pass(2_000)
  feed.suspend()
  expect(feed.lane('sim:BTC-PERP')!.status).toMatchObject({
    state: 'connecting',
    reason: 'the computer sleeps'
  })
  clock.freeze(3_600_000)
  await clock.pass(3_000)
  expect(feed.lane('sim:BTC-PERP')!.status.state).toBe('live')
})

test('another seed is another market, and its books start anew', async () => {
  const { clock, log, feed } = start()
  feed.watch(new Set(ids))
  await clock.pass(2_000)
  feed.configure({ ...defaultSettings, simulation: { seed: 8 } })
  await clock.pass(2_000)
  expect(log.of('gap', 'sim:BTC-PERP')).toHaveLength(1)
  expect(feed.lane('sim:BTC-PERP')!.status.state).toBe('live')
})
