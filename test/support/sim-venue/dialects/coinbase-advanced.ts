import { coinbaseAdvanced } from '../../../../src-main/engine/venues/coinbase-advanced/index'
import type { Dialect } from '../dialect'
import { isoOf, pairsOf, parsed, textOf } from '../dialect'
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
  line({ say, market }) {
    const books = new Set<string>()
    let sequence = 0
    const told = (channel: string, event: object, at: number, book?: string) => {
      say({ channel, client_id: '', timestamp: isoOf(at), sequence_num: sequence++, events: [event] }, book)
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
        told('subscriptions', { subscriptions: { level2: [...books] } }, market.now())
        if (channel !== 'level2' || type !== 'subscribe') return
        for (const symbol of product_ids) {
          const { at, bids, asks } = market.truth(symbol)!
          book('snapshot', symbol, at, bids, asks)
        }
      },
      step({ symbol, at, bids, asks }) {
        book('update', symbol, at, bids, asks)
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
