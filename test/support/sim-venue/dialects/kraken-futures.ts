import { krakenFutures } from '../../../../src-main/engine/venues/kraken-futures/index'
import { tradeFlag } from '../../../../src-shared/trade-flag'
import type { Dialect } from '../dialect'
import { numbersOf, parsed, printsOf, textOf } from '../dialect'

/** Numbered one by one, one level a message: https://docs.kraken.com/api/docs/futures-api/websocket/book */
export const krakenFuturesDialect: Dialect = {
  venue: krakenFutures,
  listings: [
    { symbol: 'PF_XBTUSD', base: 'BTC', quote: 'USD', price: 1, size: 4 },
    { symbol: 'PF_ETHUSD', base: 'ETH', quote: 'USD', price: 2, size: 3 }
  ],
  view: Infinity,
  ids: 'one',
  most: 1,
  proven: Infinity,
  numbersDeals: 'each',
  told: (flags) => flags & (tradeFlag.block | tradeFlag.liquidation),
  line({ say, market }) {
    const books = new Set<string>()
    const prints = new Set<string>()
    const snapshot = (symbol: string) => {
      const { bids, asks, at, last } = market.truth(symbol)!
      const listing = market.listing(symbol)!
      const rows = (levels: typeof bids) => numbersOf(levels, listing).map(([price, qty]) => ({ price, qty }))
      const sides = { bids: rows(bids), asks: rows(asks) }
      say(
        { feed: 'book_snapshot', product_id: symbol, timestamp: at, seq: last, tickSize: null, ...sides },
        symbol
      )
    }
    return {
      books,
      hear(text) {
        const {
          event,
          feed,
          product_ids = []
        } = parsed(text) as {
          event: string
          feed: string
          product_ids?: string[]
        }
        if (event === 'ping') say({ event: 'pong' })
        else say({ event: `${event}d`, feed, product_ids })
        for (const symbol of feed === 'trade' ? product_ids : [])
          if (event === 'subscribe') prints.add(symbol)
          else prints.delete(symbol)
        for (const symbol of feed === 'book' ? product_ids : []) {
          if (event === 'subscribe') books.add(symbol)
          else books.delete(symbol)
          if (event === 'subscribe') snapshot(symbol)
        }
      },
      step({ symbol, last, at, bids, asks }) {
        const listing = market.listing(symbol)!
        const [[price, qty]] = numbersOf(bids.length > 0 ? bids : asks, listing) as [[number, number]]
        const side = bids.length > 0 ? 'buy' : 'sell'
        say({ feed: 'book', product_id: symbol, side, seq: last, price, qty, timestamp: at }, symbol)
      },
      trade({ symbol, id, price, size, aggressor, at, flags }) {
        if (!prints.has(symbol)) return
        const [[p, qty]] = numbersOf([[price, size]], market.listing(symbol)!) as [[number, number]]
        const type =
          (flags & tradeFlag.block) > 0
            ? 'block'
            : (flags & tradeFlag.liquidation) > 0
              ? 'liquidation'
              : 'fill'
        const row = { uid: `u${id}`, side: aggressor, type, seq: id, time: at, qty, price: p }
        say({ feed: 'trade', product_id: symbol, ...row }, printsOf(symbol))
      },
      beat() {
        say({ feed: 'heartbeat', time: market.now() })
      }
    }
  },
  answer: (_url, _post, market) => ({
    result: 'success',
    instruments: market.listings.map(({ symbol, price, size }) => ({
      ...{ symbol, type: 'flexible_futures', tickSize: Number(textOf(1, price)), contractSize: 1 },
      ...{ contractValueTradePrecision: size, tradeable: true }
    }))
  })
}
