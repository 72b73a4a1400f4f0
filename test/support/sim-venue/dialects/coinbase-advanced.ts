import { coinbaseAdvanced } from '../../../../src-main/engine/venues/coinbase-advanced/index'
import type { Deal, Dialect } from '../dialect'
import { isoOf, pairsOf, parsed, printsOf, textOf } from '../dialect'
import type { Level } from '../truth'

/** A counter over all messages of a line, books in-band: https://docs.cdp.coinbase.com/advanced-trade/docs/ws-channels */
export const coinbaseAdvancedDialect: Dialect = {
  venue: coinbaseAdvanced,
  listings: [
    { symbol: 'BTC-USD', base: 'BTC', quote: 'USD', price: 2, size: 8 },
    { symbol: 'ETH-USD', base: 'ETH', quote: 'USD', price: 2, size: 8 }
  ],
  view: Infinity,
  ids: 'one',
  idsOfLine: true,
  proven: Infinity,
  numbersDeals: 'line',
  line({ say, market }) {
    const books = new Set<string>()
    const prints = new Set<string>()
    let sequence = 0
    const told = (channel: string, event: object, at: number, stream?: string) => {
      say({ channel, client_id: '', timestamp: isoOf(at), sequence_num: sequence++, events: [event] }, stream)
    }
    const book = (
      type: string,
      product_id: string,
      at: number,
      bids: readonly Level[],
      asks: readonly Level[]
    ) => {
      const listing = market.listing(product_id)!
      const rows = (side: string, levels: readonly Level[]) =>
        pairsOf(levels, listing).map(([price_level, new_quantity]) => ({
          ...{ side, event_time: isoOf(at), price_level, new_quantity }
        }))
      told(
        'l2_data',
        { type, product_id, updates: [...rows('bid', bids), ...rows('offer', asks)] },
        at,
        product_id
      )
    }
    // Newest first in a snapshot. The side is the maker's.
    const trades = (type: string, deals: readonly Deal[], at: number, stream?: string) => {
      const rows = deals.map(({ symbol, id, price, size, aggressor, at: time }) => {
        const listing = market.listing(symbol)!
        return {
          ...{ trade_id: String(id), product_id: symbol, price: textOf(price, listing.price) },
          ...{ size: textOf(size, listing.size), side: aggressor === 'buy' ? 'SELL' : 'BUY' },
          time: isoOf(time)
        }
      })
      told('market_trades', { type, trades: rows }, at, stream)
    }
    return {
      books,
      hear(text) {
        const {
          type,
          channel,
          product_ids = []
        } = parsed(text) as {
          type: string
          channel: string
          product_ids?: string[]
        }
        for (const symbol of channel === 'level2' ? product_ids : [])
          if (type === 'subscribe') books.add(symbol)
          else books.delete(symbol)
        for (const symbol of channel === 'market_trades' ? product_ids : [])
          if (type === 'subscribe') prints.add(symbol)
          else prints.delete(symbol)
        told(
          'subscriptions',
          { subscriptions: { level2: [...books], market_trades: [...prints] } },
          market.now()
        )
        if (channel === 'market_trades' && type === 'subscribe')
          for (const symbol of product_ids)
            trades('snapshot', market.recent(symbol).toReversed(), market.now())
        if (channel !== 'level2' || type !== 'subscribe') return
        for (const symbol of product_ids) {
          const { at, bids, asks } = market.truth(symbol)!
          book('snapshot', symbol, at, bids, asks)
        }
      },
      step({ symbol, at, bids, asks }) {
        book('update', symbol, at, bids, asks)
      },
      trade(deal) {
        if (prints.has(deal.symbol)) trades('update', [deal], market.now(), printsOf(deal.symbol))
      },
      beat() {
        told('heartbeats', { current_time: isoOf(market.now()), heartbeat_counter: sequence }, market.now())
      }
    }
  },
  answer: (_url, _post, market) => ({
    products: market.listings.map(({ symbol, base, quote, price, size }) => ({
      ...{ product_id: symbol, product_type: 'SPOT', base_currency_id: base, quote_currency_id: quote },
      ...{ quote_increment: textOf(1, price), base_increment: textOf(1, size), status: 'online' }
    }))
  })
}
