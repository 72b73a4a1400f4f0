import { bitstamp } from '../../../../src-main/engine/venues/bitstamp/index'
import type { Dialect } from '../dialect'
import { pairsOf, parsed, textOf } from '../dialect'

/** Unsequenced, with REST and, now and then, the best 100 levels as a whole: https://www.bitstamp.net/websocket/v2/ */
export const bitstampDialect: Dialect = {
  venue: bitstamp,
  listings: [
    { symbol: 'btcusd', base: 'BTC', quote: 'USD', price: 0, size: 8 },
    { symbol: 'ethusd', base: 'ETH', quote: 'USD', price: 1, size: 8 }
  ],
  view: Infinity,
  ids: 'time',
  proven: 0,
  line({ say, market }) {
    const books = new Set<string>()
    const prints = new Set<string>()
    const data = (channel: string, symbol: string, at: number, sides: object) => {
      const times = { timestamp: String(Math.floor(at / 1_000)), microtimestamp: `${at}000` }
      say({ data: { ...times, ...sides }, channel: `${channel}_${symbol}`, event: 'data' }, symbol)
    }
    return {
      books,
      hear(text) {
        const { event, data: asked } = parsed(text) as { event: string; data?: { channel: string } }
        const channel = asked?.channel ?? ''
        if (event === 'bts:heartbeat') say({ event, channel: '', data: { status: 'success' } })
        else say({ event: `${event.replace('subscribe', 'subscription')}_succeeded`, channel, data: {} })
        const print = /^live_trades_(.+)$/.exec(channel)?.[1]
        if (print !== undefined && event === 'bts:subscribe') prints.add(print)
        else if (print !== undefined) prints.delete(print)
        const symbol = /^diff_order_book_(.+)$/.exec(channel)?.[1]
        if (symbol === undefined) return
        if (event === 'bts:subscribe') books.add(symbol)
        else books.delete(symbol)
      },
      step({ symbol, at, bids, asks }) {
        const listing = market.listing(symbol)!
        data('diff_order_book', symbol, at, { bids: pairsOf(bids, listing), asks: pairsOf(asks, listing) })
        if (at % 7 > 0) return
        const truth = market.truth(symbol)!
        const sides = { bids: pairsOf(truth.bids, listing), asks: pairsOf(truth.asks, listing) }
        data('order_book', symbol, at, sides)
      },
      trade({ symbol, id, price, size, aggressor, at }) {
        if (!prints.has(symbol)) return
        const listing = market.listing(symbol)!
        const [amount_str, price_str] = [textOf(size, listing.size), textOf(price, listing.price)]
        const told = {
          ...{ id, timestamp: String(Math.floor(at / 1_000)), amount: Number(amount_str), amount_str },
          ...{ price: Number(price_str), price_str, type: aggressor === 'buy' ? 0 : 1 },
          ...{ microtimestamp: `${at}000`, buy_order_id: 2 * id, sell_order_id: 2 * id + 1 }
        }
        say({ data: told, channel: `live_trades_${symbol}`, event: 'trade' })
      }
    }
  },
  answer(url, _post, market) {
    if (url.pathname.includes('trading-pairs-info'))
      return market.listings.map(({ symbol, base, quote, price, size }) => ({
        ...{ name: `${base}/${quote}`, url_symbol: symbol, trading: 'Enabled' },
        ...{ base_decimals: size, counter_decimals: price }
      }))
    const symbol = /order_book\/([^/]+)\//.exec(url.pathname)?.[1] ?? ''
    const truth = market.truth(symbol)
    if (!truth) return undefined
    const listing = market.listing(symbol)!
    return {
      ...{ timestamp: String(Math.floor(truth.at / 1_000)), microtimestamp: `${truth.at}000` },
      ...{ bids: pairsOf(truth.bids, listing), asks: pairsOf(truth.asks, listing) }
    }
  }
}
