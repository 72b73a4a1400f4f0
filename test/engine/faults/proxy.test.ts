import { afterEach, expect, test } from 'vitest'
import type { BookStatus } from '../../../src-shared/status'
import type { ProxyDesk } from '../../support/fault-proxy/proxy-desk'
import { proxyDesk } from '../../support/fault-proxy/proxy-desk'
import type { Dialect } from '../../support/sim-venue/dialect'
import { dialectOf, dialects } from '../../support/sim-venue/dialects/index'

/** One of each kind: a snapshot by request, one in the stream, a checksum, whole books each time. */
const kinds = ['binance-spot', 'bybit-linear', 'kraken', 'hyperliquid'].map(dialectOf)
const [rest, inBand] = kinds as [Dialect, Dialect]

let desk: ProxyDesk | undefined
afterEach(async () => {
  await desk?.stop()
  desk = undefined
})

/** Live through the proxy; a fault, and what must be seen; healed, live again; and never anything but the venue's own book called live. */
async function through(dialect: Dialect, act: (desk: ProxyDesk, from: number) => Promise<void>) {
  desk = await proxyDesk(dialect)
  await desk.live()
  await act(desk, desk.oracle.statuses.length)
  desk.proxy.heal()
  await desk.live()
  expect(desk.oracle.lies).toEqual([])
}

/** The simulated market has no sockets. */
const onSockets = dialects.filter(({ venue }) => !venue.spec.simulated)

test.each(onSockets)('$venue.spec.id goes live over real sockets, equal to the venue', async (dialect) =>
  through(dialect, async ({ feed }) => {
    await Promise.resolve()
    expect(feed.counts()).toMatchObject({ gaps: 0, rejected: 0 })
  })
)

test.each(kinds)('$venue.spec.id: a long and uneven way costs no book; it is told as lag', async (dialect) =>
  through(dialect, async ({ proxy, feed, until }) => {
    Object.assign(proxy.weather, { latencyMs: 300, jitterMs: 300 })
    await until(() => feed.links().some(({ lagMs }) => lagMs >= 300))
  })
)

test.each([rest, inBand])(
  '$venue.spec.id: a lost message is a gap, and one resync heals it',
  async (dialect) =>
    through(dialect, async ({ proxy, symbol, struck, lane }, from) => {
      const isLost = ({ state, reason }: BookStatus) => state === 'gap' && reason.includes('lost')
      await struck(() => proxy.faults.drop(symbol), isLost, from)
      expect(lane().book.bids.count).toBe(0)
    })
)

test('a message that comes twice changes nothing and is counted', async () =>
  through(rest, async ({ proxy, symbol, lane, until, oracle }, from) => {
    proxy.faults.duplicate(symbol, 3)
    await until(() => lane().counters.stale >= 3)
    expect(oracle.statuses.slice(from).filter(({ status }) => status.state === 'gap')).toEqual([])
  }))

test('two messages that changed places are a gap, never an old size over a new one', async () =>
  through(rest, async ({ proxy, symbol, struck }, from) => {
    await struck(
      () => proxy.faults.swap(symbol),
      ({ state }) => state === 'gap',
      from
    )
  }))

// Where each message is the whole book, the next one mends it.
test.each(kinds.slice(0, 3))(
  '$venue.spec.id: a message truncated on the way is refused, and its book is void',
  async (dialect) =>
    through(dialect, async ({ proxy, symbol, said, feed, until }, from) => {
      proxy.faults.truncate(symbol)
      await until(() => feed.counts().rejected > 0)
      await said(({ state }) => state !== 'live', from)
    })
)

test.each(kinds.slice(0, 3))(
  '$venue.spec.id: a frozen line is stale, and what it kept is not called live',
  async (dialect) =>
    through(dialect, async ({ proxy, said, paced, oracle }) => {
      await paced()
      const from = oracle.statuses.length
      proxy.freeze()
      await said(({ state }) => state === 'stale', from)
    })
)

test('a half-open line is stale, and given up for a new one', async () =>
  through(rest, async ({ proxy, said, paced, oracle, until }) => {
    await paced()
    const { opened } = proxy
    const from = oracle.statuses.length
    proxy.halfOpen()
    await said(({ state }) => state === 'stale', from)
    await until(() => proxy.opened > opened)
  }))

test.each(kinds)('$venue.spec.id: a reset line voids its books at once and is made again', async (dialect) =>
  through(dialect, async ({ proxy, said, lane }, from) => {
    proxy.reset()
    await said(({ state, reason }) => state === 'connecting' && reason.startsWith('connection cut'), from)
    expect(lane().book.bids.count + lane().book.asks.count).toBe(0)
    expect(lane().status.nextAttemptAt).toBeDefined()
  })
)

test('a line that ends within a message says so, and the part is not taken', async () =>
  through(rest, async ({ proxy, said, feed }, from) => {
    const { rejected } = feed.counts()
    proxy.cutWithin()
    await said(({ state, reason }) => state === 'connecting' && reason.startsWith('connection cut'), from)
    expect(feed.counts().rejected).toBe(rejected)
  }))

test('a venue that turns every connection away is tried again, and is back when it takes them', async () =>
  through(rest, async ({ proxy, said, lane }, from) => {
    proxy.refuse()
    proxy.reset()
    await said(({ state }) => state === 'connecting', from)
    await said(({ reason }) => reason.includes('trying again'), from)
    expect(lane().isLive).toBe(false)
  }))

test('a line that drips is late, not live, and is replaced', async () =>
  through(rest, async ({ proxy, said, until }, from) => {
    const { opened } = proxy
    proxy.weather.bytesPerSecond = 300
    await said(({ state, reason }) => state === 'overloaded' && /arrives \d+\.\d s late/.test(reason), from)
    await until(() => proxy.opened > opened)
  }))

test.each([
  ['oversized', /^a frame larger than allowed/],
  ['compressed', /^a compressed frame/]
] as const)('a bomb that is %s ends the line with its reason, and its book is void', async (kind, words) =>
  through(rest, async ({ proxy, said, lane, feed }, from) => {
    const { rejected } = feed.counts()
    proxy.bomb(kind)
    await said(({ state, reason }) => state === 'connecting' && words.test(reason), from)
    expect(lane().book.bids.count).toBe(0)
    expect(feed.counts().rejected).toBe(rejected + 1)
  })
)

test.each([
  ['unpacks to more than allowed', 'bomb', /^no snapshot, an answer larger than allowed/],
  ['ends half way', 'cut', /^no snapshot, an answer that was cut short/]
] as const)(
  'a snapshot that %s is refused with its reason, and asked for again',
  async (_words, fault, words) =>
    through(rest, async ({ proxy, server, symbol, said }, from) => {
      server.restFaults.push(fault)
      proxy.faults.drop(symbol)
      await said(({ state, reason }) => state !== 'live' && words.test(reason), from)
    })
)
