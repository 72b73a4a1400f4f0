import { hyperliquid } from '../../../../src-main/engine/venues/hyperliquid/index'
import type { Deal, Dialect } from '../dialect'
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
  dealId,
  line({ say, market }) {
    const books = new Set<string>()
    const prints = new Set<string>()
    const trades = (deals: readonly Deal[]) => {
      const data = deals.map(({ symbol, id, price, size, aggressor, at }) => {
        const [[px, sz]] = pairsOf([[price, size]], market.listing(symbol)!) as [[string, string]]
        const common = { coin: symbol, side: aggressor === 'buy' ? 'B' : 'A', px, sz, time: at }
        return { ...common, hash: `0x${id.toString(16).padStart(64, '0')}`, tid: id, users: ['0x1', '0x2'] }
      })
      say({ channel: 'trades', data })
    }
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
        const { type, coin } = subscription
        if (type === 'trades' && method !== 'subscribe') prints.delete(coin)
        else if (type === 'trades') {
          prints.add(coin)
          if (market.recent(coin).length > 0) trades(market.recent(coin))
        }
        if (type !== 'l2Book') return
        if (method === 'subscribe') books.add(coin)
        else books.delete(coin)
        if (method === 'subscribe') book(coin)
      },
      step({ symbol }) {
        book(symbol)
      },
      trade(deal) {
        if (prints.has(deal.symbol)) trades([deal])
      }
    }
  },
  answer(_url, post, market) {
    if (post?.includes('spotMeta')) return { universe: [{ name: '@1', tokens: [0, 1] }], tokens: spotTokens }
    return { universe: market.listings.map(({ symbol, size }) => ({ name: symbol, szDecimals: size })) }
  }
}
/** A hash of 50 bits: it does not count up. */
function dealId(n: number): number {
  return Number(BigInt.asUintN(50, BigInt(n) * 0x2545f4914f6cdn))
}
const spotTokens = [
  { name: 'USDC', szDecimals: 8, index: 0 },
  { name: 'PURR', szDecimals: 0, index: 1 }
]
