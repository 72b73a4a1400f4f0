import { gateFutures } from '../../../../src-main/engine/venues/gate-futures/index'
import { gateSpot } from '../../../../src-main/engine/venues/gate-spot/index'
import type { Venue } from '../../../../src-main/engine/venues/venue'
import { tradeFlag } from '../../../../src-shared/trade-flag'
import type { Dialect, Listing } from '../dialect'
import { pairsOf, parsed, textOf } from '../dialect'
import type { Level } from '../truth'

const { block, liquidation } = tradeFlag

/** Sequenced with REST: https://www.gate.com/docs/developers/apiv4/ws/en */
function gate(venue: Venue, market: 'spot' | 'futures', listings: readonly Listing[]): Dialect {
  const rows = (levels: readonly Level[], listing: Listing) => {
    const pairs = pairsOf(levels, listing)
    return market === 'spot' ? pairs : pairs.map(([p, s]) => ({ p, s: Number(s) }))
  }
  return {
    venue,
    listings,
    view: 100,
    ids: 'each',
    proven: Infinity,
    // What the fund settles is neither on the book nor free will.
    told: (flags) => (market === 'futures' && (flags & block) > 0 ? block | liquidation : 0),
    line({ say, market: books_ }) {
      const books = new Set<string>()
      const prints = new Set<string>()
      const channel = `${market}.order_book_update`
      return {
        books,
        hear(text) {
          const asked = parsed(text) as { time: number; channel: string; event?: string; payload?: string[] }
          if (asked.channel === `${market}.ping`)
            say({ time: 1, channel: `${market}.pong`, event: '', result: null })
          if (asked.event === undefined || !asked.payload) return
          const { time, event, payload } = asked
          say({ time, channel: asked.channel, event, payload, error: null, result: { status: 'success' } })
          if (asked.channel === `${market}.trades`)
            for (const symbol of payload)
              if (event === 'subscribe') prints.add(symbol)
              else prints.delete(symbol)
          if (asked.channel !== channel) return
          if (event === 'subscribe') books.add(payload[0]!)
          else books.delete(payload[0]!)
        },
        step({ symbol, first, last, at, bids, asks }) {
          const listing = books_.listing(symbol)!
          const ids = { t: at, e: 'depthUpdate', E: Math.floor(at / 1_000), s: symbol, U: first, u: last }
          const result = { ...ids, b: rows(bids, listing), a: rows(asks, listing) }
          say({ time: Math.floor(at / 1_000), time_ms: at, channel, event: 'update', result }, symbol)
        },
        trade({ symbol, id, price, size, aggressor, at, flags }) {
          if (!prints.has(symbol)) return
          const listing = books_.listing(symbol)!
          const money = { price: textOf(price, listing.price), create_time: Math.floor(at / 1_000) }
          const amount = textOf(size, listing.size)
          const result =
            market === 'spot'
              ? {
                  ...{ id, ...money, create_time_ms: `${at}.0`, side: aggressor },
                  ...{ currency_pair: symbol, amount }
                }
              : [
                  {
                    ...{ id, ...money, create_time_ms: at, contract: symbol },
                    size: aggressor === 'buy' ? Number(amount) : -Number(amount),
                    ...((flags & block) > 0 ? { is_internal: true } : {})
                  }
                ]
          say({
            ...{ time: money.create_time, time_ms: at, channel: `${market}.trades`, event: 'update' },
            result
          })
        }
      }
    },
    answer(url, _post, books) {
      if (url.pathname.endsWith('/currency_pairs') || url.pathname.endsWith('/contracts'))
        return books.listings.map((it) => listed(it))
      const symbol = url.searchParams.get('currency_pair') ?? url.searchParams.get('contract') ?? ''
      const truth = books.truth(symbol)
      if (!truth) return undefined
      const listing = books.listing(symbol)!
      const update = market === 'spot' ? truth.at : truth.at / 1_000
      return { id: truth.last, update, asks: rows(truth.asks, listing), bids: rows(truth.bids, listing) }
    }
  }
}

const listed = ({ symbol, base, quote, price, size }: Listing): object => ({
  ...{ id: symbol, base, quote, precision: price, amount_precision: size, trade_status: 'tradable' },
  ...{ name: symbol, order_price_round: textOf(1, price), quanto_multiplier: '0.0001', in_delisting: false }
})

export const gateDialects: readonly Dialect[] = [
  gate(gateSpot, 'spot', [
    { symbol: 'BTC_USDT', base: 'BTC', quote: 'USDT', price: 1, size: 5 },
    { symbol: 'ETH_USDT', base: 'ETH', quote: 'USDT', price: 2, size: 4 }
  ]),
  gate(gateFutures, 'futures', [
    { symbol: 'BTC_USDT', base: 'BTC', quote: 'USDT', price: 1, size: 0 },
    { symbol: 'ETH_USDT', base: 'ETH', quote: 'USDT', price: 2, size: 0 }
  ])
]
