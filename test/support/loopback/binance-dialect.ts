import type { SimFrame } from '../wire-book'

export type Product = 'spot' | 'usdm' | 'coinm'

export interface Listing {
  readonly symbol: string
  readonly sim: string
  readonly tick: string
  readonly lot: string
  readonly base: string
  readonly quote: string
}

/** Which simulated instrument stands behind which listing. */
export const listings: Readonly<Record<Product, readonly Listing[]>> = {
  spot: [
    { symbol: 'BTCUSDT', sim: 'BTC-USDT', tick: '0.01', lot: '0.00001', base: 'BTC', quote: 'USDT' },
    { symbol: 'ETHUSDT', sim: 'ETH-USDT', tick: '0.01', lot: '0.0001', base: 'ETH', quote: 'USDT' }
  ],
  usdm: [
    { symbol: 'BTCUSDT', sim: 'BTC-PERP', tick: '0.1', lot: '0.001', base: 'BTC', quote: 'USDT' },
    { symbol: 'ETHUSDT', sim: 'ETH-USDT', tick: '0.01', lot: '0.0001', base: 'ETH', quote: 'USDT' }
  ],
  coinm: [{ symbol: 'BTCUSD_PERP', sim: 'BTC-INV', tick: '0.1', lot: '1', base: 'BTC', quote: 'USD' }]
}

/** Stream names of Binance, as in `btcusdt@depth@100ms`. */
export interface Said {
  readonly channel: 'depth' | 'bookTicker' | 'trade' | 'aggTrade' | 'markPrice'
  readonly data: object
}

/** A frame of the simulated market in Binance's words: https://developers.binance.com/docs/ */
export function inBinanceWords(frame: SimFrame, product: Product, symbol: string): readonly Said[] {
  const futures = product === 'spot' ? {} : { T: frame.at }
  switch (frame.ch) {
    case 'book':
      if (frame.type !== 'diff') return []
      return [
        {
          channel: 'depth',
          data: {
            ...{ e: 'depthUpdate', E: frame.at, ...futures, s: symbol, U: frame.first, u: frame.last },
            ...(product === 'spot' ? {} : { pu: frame.prev }),
            ...{ b: frame.bids, a: frame.asks }
          }
        }
      ]
    case 'quote': {
      const { id: u, b, B, a, A } = frame
      const head = product === 'spot' ? {} : { e: 'bookTicker', E: frame.at, ...futures }
      return [{ channel: 'bookTicker', data: { ...head, u, s: symbol, b, B, a, A } }]
    }
    case 'trade': {
      const trade = frame as SimFrame & { readonly p: string; readonly q: string; readonly aggressor: string }
      const common = {
        E: frame.at,
        s: symbol,
        p: trade.p,
        q: trade.q,
        T: frame.at,
        m: trade.aggressor === 'sell'
      }
      return [
        { channel: 'trade', data: { e: 'trade', ...common, t: frame.id } },
        { channel: 'aggTrade', data: { e: 'aggTrade', ...common, a: frame.id, f: frame.id, l: frame.id } }
      ]
    }
    case 'mark': {
      const mark = frame as SimFrame &
        Readonly<Record<'mark' | 'index' | 'funding', string>> & { next: number }
      const { mark: p, index: i, funding: r, next: T } = mark
      return [{ channel: 'markPrice', data: { e: 'markPriceUpdate', E: frame.at, s: symbol, p, i, r, T } }]
    }
    default:
      return []
  }
}

export function snapshotInBinanceWords(frame: SimFrame, product: Product): string {
  const times = product === 'spot' ? {} : { E: frame.at, T: frame.at }
  return JSON.stringify({ lastUpdateId: frame.id, ...times, bids: frame.bids, asks: frame.asks })
}

export function exchangeInfo(product: Product): string {
  const symbols = listings[product].map(({ symbol, base, quote, tick, lot }) => ({
    ...{ symbol, pair: symbol, baseAsset: base, quoteAsset: quote, marginAsset: quote },
    ...(product === 'coinm' ? { contractStatus: 'TRADING', contractSize: 100 } : { status: 'TRADING' }),
    ...(product === 'spot' ? {} : { contractType: 'PERPETUAL', deliveryDate: 4_133_404_800_000 }),
    filters: [
      { filterType: 'PRICE_FILTER', minPrice: tick, maxPrice: '1000000', tickSize: tick },
      { filterType: 'LOT_SIZE', minQty: lot, maxQty: '9000', stepSize: lot }
    ]
  }))
  return JSON.stringify({ timezone: 'UTC', serverTime: 0, rateLimits: [], symbols })
}
