import { binanceCoinm } from '../../../../src-main/engine/venues/binance-coinm/index'
import { binanceSpot } from '../../../../src-main/engine/venues/binance-spot/index'
import { binanceUsdm } from '../../../../src-main/engine/venues/binance-usdm/index'
import type { Venue } from '../../../../src-main/engine/venues/venue'
import { tradeFlag } from '../../../../src-shared/trade-flag'
import type { Dialect, DialectLine, Listing, Market, Wire } from '../dialect'
import { pairsOf, parsed, printsOf, textOf } from '../dialect'

type Product = 'spot' | 'usdm' | 'coinm'

/** Sequenced with REST: https://developers.binance.com/docs/ */
function binance(venue: Venue, product: Product, listings: readonly Listing[]): Dialect {
  return {
    venue,
    listings,
    view: Infinity,
    ids: 'each',
    proven: Infinity,
    numbersDeals: 'each',
    pingMs: product === 'spot' ? 20_000 : 180_000,
    told: (flags) => (product === 'usdm' ? flags & tradeFlag.rpi : 0),
    line: (wire) => line(wire, product),
    answer: (url, _post, market) => answer(url, product, market)
  }
}

function line({ say, market }: Wire, product: Product): DialectLine {
  const streams = new Set<string>()
  const books = new Set<string>()
  const stream = (symbol: string, channel: string) => `${symbol.toLowerCase()}@${channel}`
  return {
    books,
    hear(text) {
      const { method, params, id } = parsed(text) as { method: string; params: string[]; id: number }
      for (const name of params) {
        if (method === 'SUBSCRIBE') streams.add(name)
        else streams.delete(name)
      }
      books.clear()
      for (const { symbol } of market.listings)
        if (streams.has(stream(symbol, 'depth@100ms'))) books.add(symbol)
      say({ result: null, id })
    },
    step({ symbol, first, last, previous, at, bids, asks }) {
      const listing = market.listing(symbol)!
      // In the order in which the venues write their keys.
      const data = {
        ...{ e: 'depthUpdate', E: at, ...(product !== 'spot' && { T: at }), s: symbol },
        ...(product === 'coinm' && { ps: symbol.split('_')[0] }),
        ...{ U: first, u: last, ...(product !== 'spot' && { pu: previous }) },
        ...{ b: pairsOf(bids, listing), a: pairsOf(asks, listing) }
      }
      say({ stream: stream(symbol, 'depth@100ms'), data }, symbol)
      if (!streams.has(stream(symbol, 'bookTicker')) || last % 3 > 0) return
      const truth = market.truth(symbol)!
      const [[b, B], [a, A]] = [pairsOf(truth.bids, listing)[0]!, pairsOf(truth.asks, listing)[0]!]
      say({ stream: stream(symbol, 'bookTicker'), data: { u: last, s: symbol, b, B, a, A } })
    },
    // `markPrice@1s` of futures, whatever the book does.
    beat() {
      for (const { symbol, price } of market.listings) {
        const name = stream(symbol, 'markPrice@1s')
        if (!streams.has(name)) continue
        const mark = textOf(market.truth(symbol)!.bids[0]![0], price)
        const funding = { p: mark, i: mark, P: mark, r: '0.00010000', T: 1_800_028_800_000 }
        say({ stream: name, data: { e: 'markPriceUpdate', E: market.now(), s: symbol, ...funding } })
      }
    },
    trade({ symbol, id, price, size, aggressor, at, flags }) {
      const listing = market.listing(symbol)!
      const channel = product === 'spot' ? 'trade' : 'aggTrade'
      if (!streams.has(stream(symbol, channel))) return
      const common = { E: at, s: symbol, T: at, m: aggressor === 'sell' }
      const money = { p: textOf(price, listing.price), q: textOf(size, listing.size) }
      const ids = product === 'spot' ? { t: id } : { a: id, f: id, l: id }
      const shown = product === 'usdm' ? { nq: (flags & tradeFlag.rpi) > 0 ? '0' : money.q } : {}
      const data = { e: channel, ...common, ...money, ...shown, ...ids }
      say({ stream: stream(symbol, channel), data }, printsOf(symbol))
    }
  }
}

function answer(url: URL, product: Product, market: Market): object | undefined {
  if (url.pathname.endsWith('/exchangeInfo'))
    return { symbols: market.listings.map((it) => listed(it, product)) }
  if (url.pathname.endsWith('/system/status')) return { status: 0, msg: 'normal' }
  const symbol = url.searchParams.get('symbol') ?? ''
  const truth = market.truth(symbol)
  if (truth && url.pathname.endsWith('/openInterest'))
    return { symbol, openInterest: '1500.500', time: truth.at }
  if (!url.pathname.endsWith('/depth') || !truth) return undefined
  const listing = market.listing(symbol)!
  return {
    lastUpdateId: truth.last,
    ...(product === 'spot' ? {} : { E: truth.at, T: truth.at }),
    bids: pairsOf(truth.bids, listing),
    asks: pairsOf(truth.asks, listing)
  }
}

function listed({ symbol, base, quote, price, size }: Listing, product: Product): object {
  return {
    ...{ symbol, pair: symbol, baseAsset: base, quoteAsset: quote, marginAsset: quote },
    ...(product === 'coinm' ? { contractStatus: 'TRADING', contractSize: 100 } : { status: 'TRADING' }),
    ...(product === 'spot' ? {} : { contractType: 'PERPETUAL', deliveryDate: 4_133_404_800_000 }),
    filters: [
      { filterType: 'PRICE_FILTER', tickSize: textOf(1, price) },
      { filterType: 'LOT_SIZE', stepSize: textOf(1, size) }
    ]
  }
}

const usdt: readonly Listing[] = [
  { symbol: 'BTCUSDT', base: 'BTC', quote: 'USDT', price: 2, size: 5 },
  { symbol: 'ETHUSDT', base: 'ETH', quote: 'USDT', price: 2, size: 4 }
]

export const binanceSpotDialect = binance(binanceSpot, 'spot', usdt)
export const binanceUsdmDialect = binance(binanceUsdm, 'usdm', [
  { symbol: 'BTCUSDT', base: 'BTC', quote: 'USDT', price: 1, size: 3 },
  { symbol: 'ETHUSDT', base: 'ETH', quote: 'USDT', price: 2, size: 3 }
])
export const binanceCoinmDialect = binance(binanceCoinm, 'coinm', [
  { symbol: 'BTCUSD_PERP', base: 'BTC', quote: 'USD', price: 1, size: 0 },
  { symbol: 'ETHUSD_PERP', base: 'ETH', quote: 'USD', price: 2, size: 0 }
])
