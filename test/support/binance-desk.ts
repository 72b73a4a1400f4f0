import { defaultSettings } from '../../src-shared/settings'
import type { Settings } from '../../src-shared/settings'
import type { Ban } from '../../src-shared/contract/control'
import { Feed } from '../../src-main/engine/feed/hub'
import { binanceSpot } from '../../src-main/engine/venues/binance-spot/index'
import { FakeClock } from './fake-clock'
import { FakeHttp, FakeTransport, json } from './fake-transport'
import { FeedLog } from './feed-log'

/** A feed on Binance spot whose sockets, requests, clock and chance are in the test's hands. */
export function binanceDesk(
  given: { bans?: readonly Ban[]; symbols?: readonly string[]; settings?: Settings } = {}
) {
  const symbols = given.symbols ?? ['BTCUSDT', 'ETHUSDT']
  const clock = new FakeClock()
  const log = new FeedLog()
  const transport = new FakeTransport()
  const http = new FakeHttp()
  const bans: Ban[] = []
  http.reply = (url) => (url.includes('exchangeInfo') ? json(listing(symbols)) : undefined)
  const feed = new Feed({
    venues: [binanceSpot],
    transports: [transport],
    http: http.get,
    clock,
    chance: () => 0.5,
    listener: log,
    settings: given.settings ?? defaultSettings,
    bans: given.bans ?? [],
    onBan: (ban) => bans.push(ban)
  })
  return { clock, log, transport, http, bans, feed, snapshots: () => http.of('/depth') }
}
export type BinanceDesk = ReturnType<typeof binanceDesk>

/** The snapshot and the first diff that joins it: a live book at id 101 with bid 100.0 x 2 and ask 100.1 x 1. */
export async function goLive(desk: BinanceDesk, symbols: readonly string[] = ['BTCUSDT']): Promise<void> {
  desk.feed.watch(new Set(symbols.map((symbol) => `binance-spot:${symbol}`)))
  await desk.clock.pass(0)
  desk.transport.latest.open()
  const { reply } = desk.http
  desk.http.reply = () => json(snapshot(100))
  for (const symbol of symbols) desk.transport.latest.frame(diff(symbol, 101, 101))
  await desk.clock.pass(0)
  desk.http.reply = reply
}

/** Time passes on an open link of a quiet market: the venue pings every 20 s. */
export async function quietly(desk: BinanceDesk, ms: number): Promise<void> {
  for (let left = ms; left > 0; left -= 20_000) {
    desk.transport.latest.ping()
    await desk.clock.pass(Math.min(left, 20_000))
  }
}

export const snapshot = (lastUpdateId: number) => ({
  lastUpdateId,
  bids: [['100.00', '1.000']],
  asks: [['100.10', '1.000']]
})

export const diff = (symbol: string, first: number, last: number) => ({
  stream: `${symbol.toLowerCase()}@depth@100ms`,
  data: {
    e: 'depthUpdate',
    s: symbol,
    U: first,
    u: last,
    b: [['100.00', '2.000']],
    a: []
  }
})

const listing = (symbols: readonly string[]) => ({
  symbols: symbols.map((symbol) => ({
    symbol,
    status: 'TRADING',
    baseAsset: symbol.slice(0, -4),
    quoteAsset: 'USDT',
    filters: [
      { filterType: 'PRICE_FILTER', tickSize: '0.01000000' },
      { filterType: 'LOT_SIZE', stepSize: '0.00100000' }
    ]
  }))
})
