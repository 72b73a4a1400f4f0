import { kucoin } from '../../../../src-main/engine/venues/kucoin/index'
import type { Dialect } from '../dialect'
import { pairsOf, parsed, textOf } from '../dialect'

/** Sequenced with REST, behind a token: https://www.kucoin.com/docs-new */
export const kucoinDialect: Dialect = {
  venue: kucoin,
  listings: [
    { symbol: 'BTC-USDT', base: 'BTC', quote: 'USDT', price: 1, size: 8 },
    { symbol: 'ETH-USDT', base: 'ETH', quote: 'USDT', price: 2, size: 7 }
  ],
  view: Infinity,
  ids: 'each',
  proven: Infinity,
  line({ say, market }) {
    const books = new Set<string>()
    const prints = new Set<string>()
    say({ id: 'steelyard', type: 'welcome' })
    return {
      books,
      hear(text) {
        const { id, type, topic = '' } = parsed(text) as { id: string; type: string; topic?: string }
        say({ id, type: type === 'ping' ? 'pong' : 'ack' })
        const [channel, symbol] = topic.split(':')
        if (channel === '/market/match' && symbol !== undefined)
          if (type === 'subscribe') prints.add(symbol)
          else prints.delete(symbol)
        if (channel !== '/market/level2' || symbol === undefined) return
        if (type === 'subscribe') books.add(symbol)
        else books.delete(symbol)
      },
      step({ symbol, first, last, at, bids, asks }) {
        const listing = market.listing(symbol)!
        const rows = (levels: typeof bids) => pairsOf(levels, listing).map((it) => [...it, String(last)])
        const data = {
          ...{ sequenceStart: first, sequenceEnd: last, symbol, time: at },
          changes: { asks: rows(asks), bids: rows(bids) }
        }
        say({ type: 'message', topic: `/market/level2:${symbol}`, subject: 'trade.l2update', data }, symbol)
      },
      trade({ symbol, id, price, size, aggressor, at }) {
        if (!prints.has(symbol)) return
        const listing = market.listing(symbol)!
        const data = {
          ...{ symbol, side: aggressor, type: 'match', makerOrderId: `m${id}`, sequence: String(id) },
          ...{ size: textOf(size, listing.size), price: textOf(price, listing.price) },
          ...{ takerOrderId: `t${id}`, time: `${at}000000`, tradeId: String(id) }
        }
        say({ type: 'message', topic: `/market/match:${symbol}`, subject: 'trade.l3match', data })
      }
    }
  },
  answer(url, post, market) {
    const ok = (data: object) => ({ code: '200000', data })
    if (post !== undefined)
      return ok({
        token: 't',
        instanceServers: [{ endpoint: 'wss://push.kucoin.test/endpoint', pingInterval: 18_000 }]
      })
    if (url.pathname.endsWith('/status')) return ok({ status: 'open', msg: '' })
    if (url.pathname.endsWith('/symbols'))
      return ok(
        market.listings.map(({ symbol, base, quote, price, size }) => ({
          ...{ symbol, baseCurrency: base, quoteCurrency: quote, enableTrading: true },
          ...{ priceIncrement: textOf(1, price), baseIncrement: textOf(1, size) }
        }))
      )
    const symbol = url.searchParams.get('symbol') ?? ''
    const truth = market.truth(symbol)
    if (!truth) return undefined
    const listing = market.listing(symbol)!
    const sides = { bids: pairsOf(truth.bids, listing), asks: pairsOf(truth.asks, listing) }
    return ok({ time: truth.at, sequence: String(truth.last), ...sides })
  }
}
