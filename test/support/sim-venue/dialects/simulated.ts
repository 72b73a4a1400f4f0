import { simulated } from '../../../../src-main/engine/venues/simulated/index'
import type { Dialect } from '../dialect'
import { pairsOf, parsed, printsOf, textOf } from '../dialect'

/** Sequenced in-band: the dialect `steelyard-sim/1`. */
export const simulatedDialect: Dialect = {
  venue: simulated,
  listings: [
    { symbol: 'BTC-PERP', base: 'BTC', quote: 'USD', price: 1, size: 3 },
    { symbol: 'BTC-USDT', base: 'BTC', quote: 'USDT', price: 2, size: 5 }
  ],
  view: Infinity,
  ids: 'each',
  proven: Infinity,
  numbersDeals: 'each',
  line({ say, market }) {
    const books = new Set<string>()
    const snapshot = (symbol: string) => {
      const truth = market.truth(symbol)
      if (!truth || !books.has(symbol)) return
      const listing = market.listing(symbol)!
      const sides = { bids: pairsOf(truth.bids, listing), asks: pairsOf(truth.asks, listing) }
      say({ ch: 'book', type: 'snap', i: symbol, at: truth.at, id: truth.last, ...sides }, symbol)
    }
    return {
      books,
      hear(text) {
        const { op, i } = parsed(text) as { op: string; i: string[] }
        for (const symbol of i) {
          if (op === 'unsubscribe') books.delete(symbol)
          if (op === 'subscribe') books.add(symbol)
          if (op !== 'unsubscribe') snapshot(symbol)
        }
      },
      step({ symbol, first, last, previous, at, bids, asks }) {
        const listing = market.listing(symbol)!
        const sides = { bids: pairsOf(bids, listing), asks: pairsOf(asks, listing) }
        say({ ch: 'book', type: 'diff', i: symbol, at, first, last, prev: previous, ...sides }, symbol)
      },
      trade({ symbol, id, price, size, aggressor, at }) {
        if (!books.has(symbol)) return
        const listing = market.listing(symbol)!
        const money = { p: textOf(price, listing.price), q: textOf(size, listing.size) }
        say({ ch: 'trade', i: symbol, at, id, aggressor, ...money }, printsOf(symbol))
      },
      beat() {
        say({ ch: 'heartbeat', at: market.now() })
      }
    }
  },
  answer(_url, _post, market) {
    const list = market.listings.map(({ symbol, base, quote, price, size }) => ({
      ...{ i: symbol, kind: 'linear', base, quote, contract: '1' },
      ...{ tick: (10 ** -price).toFixed(price), lot: (10 ** -size).toFixed(size) }
    }))
    return { ch: 'instruments', at: market.now(), list }
  }
}
