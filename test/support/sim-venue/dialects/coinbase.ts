import { coinbase } from '../../../../src-main/engine/venues/coinbase/index'
import type { Deal, Dialect } from '../dialect'
import { isoOf, pairsOf, parsed, printsOf, textOf } from '../dialect'

/** Unsequenced, in-band: https://docs.cdp.coinbase.com/exchange/websocket-feed/channels */
export const coinbaseDialect: Dialect = {
  venue: coinbase,
  listings: [
    { symbol: 'BTC-USD', base: 'BTC', quote: 'USD', price: 2, size: 8 },
    { symbol: 'ETH-USD', base: 'ETH', quote: 'USD', price: 2, size: 8 }
  ],
  view: Infinity,
  ids: 'each',
  proven: 0,
  numbersDeals: 'line',
  line({ say, market }) {
    const books = new Set<string>()
    const prints = new Set<string>()
    // The side is the maker's.
    const match = (type: string, { symbol, id, price, size, aggressor, at }: Deal, stream?: string) => {
      const listing = market.listing(symbol)!
      const orders = { maker_order_id: `m${id}`, taker_order_id: `t${id}` }
      const money = { size: textOf(size, listing.size), price: textOf(price, listing.price) }
      const side = aggressor === 'buy' ? 'sell' : 'buy'
      const common = { product_id: symbol, sequence: market.truth(symbol)!.last, time: isoOf(at) }
      say({ type, trade_id: id, ...orders, side, ...money, ...common }, stream)
    }
    const snapshot = (product_id: string) => {
      const { bids, asks } = market.truth(product_id)!
      const listing = market.listing(product_id)!
      say(
        { type: 'snapshot', product_id, bids: pairsOf(bids, listing), asks: pairsOf(asks, listing) },
        product_id
      )
    }
    return {
      books,
      hear(text) {
        const said = parsed(text) as { type: string; product_ids?: string[]; channels?: unknown[] }
        const isOf = (channel: string) => JSON.stringify(said.channels ?? []).includes(channel)
        const isBook = isOf('level2_batch')
        const ids = said.product_ids ?? []
        if (said.type !== 'subscribe' && said.type !== 'unsubscribe') return
        for (const symbol of isBook ? ids : [])
          if (said.type === 'subscribe') books.add(symbol)
          else books.delete(symbol)
        for (const symbol of isOf('matches') ? ids : [])
          if (said.type === 'subscribe') prints.add(symbol)
          else prints.delete(symbol)
        const channels = [
          { name: 'level2_batch', product_ids: [...books] },
          { name: 'matches', product_ids: [...prints] }
        ]
        say({ type: 'subscriptions', channels })
        for (const symbol of isOf('matches') && said.type === 'subscribe' ? ids : []) {
          const last = market.recent(symbol).at(-1)
          if (last) match('last_match', last)
        }
        if (isBook && said.type === 'subscribe') for (const symbol of ids) snapshot(symbol)
      },
      trade(deal) {
        if (prints.has(deal.symbol)) match('match', deal, printsOf(deal.symbol))
      },
      beat() {
        for (const product_id of books) {
          const { last: sequence } = market.truth(product_id)!
          const last_trade_id = market.recent(product_id).at(-1)?.id ?? 0
          say({ type: 'heartbeat', last_trade_id, product_id, sequence, time: isoOf(market.now()) })
        }
      },
      step({ symbol, at, bids, asks }) {
        const listing = market.listing(symbol)!
        const rows = (side: string, levels: typeof bids) =>
          pairsOf(levels, listing).map((it) => [side, ...it])
        const changes = [...rows('buy', bids), ...rows('sell', asks)]
        say({ type: 'l2update', product_id: symbol, changes, time: isoOf(at) }, symbol)
      }
    }
  },
  answer(url, _post, market) {
    if (url.pathname.endsWith('/products'))
      return market.listings.map(({ symbol, base, quote, price, size }) => ({
        ...{ id: symbol, base_currency: base, quote_currency: quote, status: 'online' },
        ...{ quote_increment: textOf(1, price), base_increment: textOf(1, size) }
      }))
    const symbol = /products\/([^/]+)\/book/.exec(url.pathname)?.[1] ?? ''
    const truth = market.truth(symbol)
    if (!truth) return undefined
    const rows = (levels: typeof truth.bids) =>
      pairsOf(levels, market.listing(symbol)!).map((it) => [...it, 1])
    return { bids: rows(truth.bids), asks: rows(truth.asks), sequence: truth.last, time: isoOf(truth.at) }
  }
}
