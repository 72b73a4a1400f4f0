import { afterEach, beforeEach, expect, test } from 'vitest'
import { systemClock } from '../../../src-main/engine/feed/clock'
import { httpGet } from '../../../src-main/engine/feed/http-get'
import { Feed } from '../../../src-main/engine/feed/hub'
import { webSocketTransport } from '../../../src-main/engine/feed/web-socket-transport'
import { venues } from '../../../src-main/engine/venues/index'
import { defaultSettings } from '../../../src-shared/settings'
import type { InstrumentId } from '../../../src-shared/instrument'
import { priceOf, sizeOf } from '../../../src-shared/instrument'
import type { BookStatus } from '../../../src-shared/status'
import { lots, ticks } from '../../../src-shared/units'
import { LoopbackBinance } from '../../support/loopback/loopback-binance'
import type { Product } from '../../support/loopback/binance-dialect'
import { nobody } from '../../../src-main/engine/feed/nobody'

/** A feed on real sockets against a Binance on loopback, and what it said. */
class Watcher {
  readonly feed: Feed
  readonly said: string[] = []
  readonly #waiting = new Set<() => void>()

  constructor(venue: LoopbackBinance) {
    const at = (product: Product) => ({ enabled: true, endpoints: venue.endpoints(product) })
    const on = { 'binance-spot': at('spot'), 'binance-usdm': at('usdm'), 'binance-coinm': at('coinm') }
    this.feed = new Feed({
      venues,
      transports: [webSocketTransport],
      http: httpGet,
      clock: systemClock,
      chance: () => 0.01,
      settings: { ...defaultSettings, venues: on },
      bans: [],
      onBan: () => undefined,
      listener: {
        ...nobody,
        onStatus: (id: InstrumentId, { state }: BookStatus) => {
          this.said.push(`${id} ${state}`)
          for (const wake of this.#waiting) wake()
        },
        onBook: () => {
          for (const wake of this.#waiting) wake()
        }
      }
    })
  }

  /** Resolves at the first book or status after which `holds`. */
  async until(holds: () => boolean): Promise<void> {
    while (!holds()) await new Promise<void>((resolve) => this.#waiting.add(resolve))
  }

  /** Every level as the venue writes it, price to size. */
  levels(id: InstrumentId): Map<number, number> {
    const { book, instrument } = this.feed.lane(id)!
    const found = new Map<number, number>()
    for (const side of [book.bids, book.asks])
      for (let rank = 0; rank < side.count; rank++)
        found.set(priceOf(instrument, ticks(side.price(rank))), sizeOf(instrument, lots(side.size(rank))))
    return found
  }
}

let venue: LoopbackBinance
let watcher: Watcher
beforeEach(async () => {
  venue = await LoopbackBinance.start()
  watcher = new Watcher(venue)
})
afterEach(async () => {
  watcher.feed.stop()
  await venue.stop()
})

const listed = [
  ['binance-spot:BTCUSDT', 'spot', 'BTCUSDT'],
  ['binance-usdm:BTCUSDT', 'usdm', 'BTCUSDT'],
  ['binance-coinm:BTCUSD_PERP', 'coinm', 'BTCUSD_PERP']
] as const

const isLive = (id: InstrumentId) => watcher.feed.lane(id)?.isLive === true

/** The venue stands still; once the feed holds its last change, every level the venue has in reach is in the book, and no other. */
async function equals(id: InstrumentId, product: Product, symbol: string): Promise<void> {
  venue.stall(true)
  await watcher.until(
    () => isLive(id) && watcher.feed.lane(id)!.book.sequence === venue.book(product, symbol).last
  )
  const truth = venue.book(product, symbol)
  const rebuilt = watcher.levels(id)
  let compared = 0
  for (const [text, size] of [...truth.bids, ...truth.asks]) {
    const price = Number(text)
    // Beyond the first snapshot's last level nothing is known for sure.
    if (Math.abs(price / truth.touch.bid - 1) > 0.001) continue
    expect([price, rebuilt.get(price)]).toEqual([price, Number(size)])
    compared++
  }
  expect(compared).toBeGreaterThan(50)
  venue.stall(false)
}

test.each(listed)('%s becomes live, equal to the venue level by level', async (id, product, symbol) => {
  watcher.feed.watch(new Set([id]))
  await watcher.until(() => isLive(id))
  await equals(id, product, symbol)
})

test.each(listed)('%s leaves live when a diff is lost, and comes back equal', async (id, product, symbol) => {
  watcher.feed.watch(new Set([id]))
  await watcher.until(() => isLive(id))
  const asked = venue.snapshotsAsked(product, symbol)
  venue.faults(product, symbol).drop()
  await watcher.until(() => watcher.said.includes(`${id} gap`))
  await watcher.until(() => isLive(id))
  expect(venue.snapshotsAsked(product, symbol)).toBe(asked + 1)
  expect(watcher.feed.lane(id)!.counters).toMatchObject({ gaps: 1, resyncs: 1 })
  await equals(id, product, symbol)
})

test('a diff that comes twice changes nothing', async () => {
  const [id, product, symbol] = listed[0]
  watcher.feed.watch(new Set([id]))
  await watcher.until(() => isLive(id))
  venue.faults(product, symbol).duplicate()
  const { counters } = watcher.feed.lane(id)!
  const before = counters.stale
  await watcher.until(() => counters.stale > before)
  expect(counters.gaps).toBe(0)
  await equals(id, product, symbol)
})

test('two diffs that changed places never put an old size over a new one', async () => {
  const [id, product, symbol] = listed[1]
  watcher.feed.watch(new Set([id]))
  await watcher.until(() => isLive(id))
  venue.faults(product, symbol).swap()
  await watcher.until(() => watcher.said.includes(`${id} gap`))
  await watcher.until(() => isLive(id))
  await equals(id, product, symbol)
})

test('a cut link voids its books at once, and they come back equal', async () => {
  const [id, product, symbol] = listed[1]
  watcher.feed.watch(new Set([id]))
  await watcher.until(() => isLive(id))
  venue.cut()
  await watcher.until(() => watcher.said.includes(`${id} connecting`) && !isLive(id))
  await watcher.until(() => isLive(id))
  await equals(id, product, symbol)
})

test('garbage on the line costs no book', async () => {
  const [id, product, symbol] = listed[0]
  watcher.feed.watch(new Set([id]))
  await watcher.until(() => isLive(id))
  for (const text of [
    '',
    '{',
    '<html>502</html>',
    '[[[[',
    '{"stream":"x","data":{"e":"depthUpdate"}}',
    'null'
  ])
    venue.say(text)
  await equals(id, product, symbol)
})

test('a snapshot older than the stream is asked for again, on the same link', async () => {
  const [id, product, symbol] = listed[0]
  watcher.feed.watch(new Set([id]))
  await watcher.until(() => isLive(id))
  const { connections } = venue
  venue.faults(product, symbol).oldSnapshot()
  venue.faults(product, symbol).drop()
  await watcher.until(() => watcher.said.includes(`${id} gap`))
  await watcher.until(() => isLive(id))
  expect(venue.connections).toBe(connections)
  expect(venue.snapshotsAsked(product, symbol)).toBeGreaterThanOrEqual(3)
  await equals(id, product, symbol)
})
