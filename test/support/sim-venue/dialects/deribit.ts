import { deribit } from '../../../../src-main/engine/venues/deribit/index'
import { tradeFlag } from '../../../../src-shared/trade-flag'
import type { Dialect } from '../dialect'
import { numbersOf, parsed, printsOf, textOf } from '../dialect'
import type { Level } from '../truth'

/** Chained by identity, snapshots in-band, JSON-RPC: https://docs.deribit.com */
export const deribitDialect: Dialect = {
  venue: deribit,
  listings: [
    { symbol: 'BTC-PERPETUAL', base: 'BTC', quote: 'USD', price: 1, size: 0 },
    { symbol: 'ETH-PERPETUAL', base: 'ETH', quote: 'USD', price: 2, size: 0 }
  ],
  view: Infinity,
  ids: 'jump',
  proven: Infinity,
  numbersDeals: 'each',
  told: (flags) => flags & (tradeFlag.block | tradeFlag.combo | tradeFlag.liquidation),
  line({ say, market }) {
    const books = new Set<string>()
    const prints = new Set<string>()
    const channelOf = (symbol: string) => `book.${symbol}.100ms`
    const rows = (symbol: string, levels: readonly Level[], action?: string) =>
      numbersOf(levels, market.listing(symbol)!).map(([price, amount]) => [
        action ?? (amount === 0 ? 'delete' : 'change'),
        price,
        amount
      ])
    const told = (symbol: string, data: object) => {
      const params = { channel: channelOf(symbol), data: { instrument_name: symbol, ...data } }
      say({ jsonrpc: '2.0', method: 'subscription', params }, symbol)
    }
    const snapshot = (symbol: string) => {
      const { bids, asks, at, last } = market.truth(symbol)!
      const sides = { bids: rows(symbol, bids, 'new'), asks: rows(symbol, asks, 'new') }
      told(symbol, { type: 'snapshot', timestamp: at, change_id: last, ...sides })
    }
    return {
      books,
      hear(text) {
        const { id, method, params } = parsed(text) as {
          id: number
          method: string
          params: { channels?: string[] }
        }
        const { channels = [] } = params
        say({ jsonrpc: '2.0', id, result: channels.length > 0 ? channels : 'ok' })
        for (const channel of channels)
          if (method === 'public/subscribe') prints.add(channel)
          else prints.delete(channel)
        for (const { symbol } of market.listings) {
          if (!channels.includes(channelOf(symbol))) continue
          if (method === 'public/subscribe') books.add(symbol)
          else books.delete(symbol)
          if (method === 'public/subscribe') snapshot(symbol)
        }
      },
      step({ symbol, at, last, previous, bids, asks }) {
        const ids = { type: 'change', timestamp: at, change_id: last, prev_change_id: previous }
        told(symbol, { ...ids, bids: rows(symbol, bids), asks: rows(symbol, asks) })
      },
      trade({ symbol, id, price, size, aggressor, at, flags }) {
        const channel = `trades.${symbol}.100ms`
        if (!prints.has(channel)) return
        const listing = market.listing(symbol)!
        const row = {
          ...{ trade_seq: id, trade_id: String(id), timestamp: at, instrument_name: symbol },
          ...{ direction: aggressor, tick_direction: 0 },
          ...{ price: Number(textOf(price, listing.price)), amount: Number(textOf(size, listing.size)) },
          ...((flags & tradeFlag.block) > 0 ? { block_trade_id: `BLOCK-${id}` } : {}),
          ...((flags & tradeFlag.combo) > 0 ? { combo_trade_id: id, combo_id: 'BTC-FS-1' } : {}),
          ...((flags & tradeFlag.liquidation) > 0 ? { liquidation: 'T' } : {})
        }
        say({ jsonrpc: '2.0', method: 'subscription', params: { channel, data: [row] } }, printsOf(symbol))
      },
      beat() {
        if (market.now() % 10_000 < 1_000)
          say({ jsonrpc: '2.0', method: 'heartbeat', params: { type: 'test_request' } })
      }
    }
  },
  answer(url, _post, market) {
    if (url.searchParams.get('kind') !== 'future') return { jsonrpc: '2.0', result: [] }
    const result = market.listings.map(({ symbol, base, quote, price, size }) => ({
      ...{ instrument_name: symbol, kind: 'future', base_currency: base, quote_currency: quote },
      ...{ settlement_currency: base, settlement_period: 'perpetual', instrument_type: 'reversed' },
      ...{ tick_size: Number(textOf(1, price)), min_trade_amount: Number(textOf(1, size)), contract_size: 1 },
      ...{ expiration_timestamp: 32_503_708_800_000, is_active: true, state: 'open' }
    }))
    return { jsonrpc: '2.0', result }
  }
}
