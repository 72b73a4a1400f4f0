import { hyperliquid } from '../../../../src-main/engine/venues/hyperliquid/index'
import type { Dialect } from '../dialect'
import { pairsOf, parsed } from '../dialect'

/** Whole books of 20 levels each time: https://hyperliquid.gitbook.io/hyperliquid-docs */
export const hyperliquidDialect: Dialect = {
  venue: hyperliquid,
  listings: [
    { symbol: 'BTC', base: 'BTC', quote: 'USD', price: 1, size: 5 },
    { symbol: 'ETH', base: 'ETH', quote: 'USD', price: 2, size: 4 }
  ],
  view: 20,
  ids: 'one',
  proven: Infinity,
  line({ say, market }) {
    const books = new Set<string>()
    // Stamped with the block it stands in, changed or not.
    const book = (coin: string) => {
      const truth = market.truth(coin)!
      const rows = (levels: typeof truth.bids) =>
        pairsOf(levels, market.listing(coin)!).map(([px, sz]) => ({ px, sz, n: 1 }))
      say(
        {
          channel: 'l2Book',
          data: { coin, time: market.now(), levels: [rows(truth.bids), rows(truth.asks)] }
        },
        coin
      )
    }
    return {
      books,
      hear(text) {
        const { method, subscription } = parsed(text) as {
          method: string
          subscription?: { type: string; coin: string }
        }
        if (!subscription) {
          say({ channel: 'pong' })
          return
        }
        say({ channel: 'subscriptionResponse', data: { method, subscription } })
        if (subscription.type !== 'l2Book') return
        if (method === 'subscribe') books.add(subscription.coin)
        else books.delete(subscription.coin)
        if (method === 'subscribe') book(subscription.coin)
      },
      step({ symbol }) {
        book(symbol)
      }
    }
  },
  answer(_url, post, market) {
    if (post?.includes('spotMeta')) return { universe: [{ name: '@1', tokens: [0, 1] }], tokens: spotTokens }
    return { universe: market.listings.map(({ symbol, size }) => ({ name: symbol, szDecimals: size })) }
  }
}
const spotTokens = [
  { name: 'USDC', szDecimals: 8, index: 0 },
  { name: 'PURR', szDecimals: 0, index: 1 }
]
