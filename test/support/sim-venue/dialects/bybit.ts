import { bybitInverse } from '../../../../src-main/engine/venues/bybit-inverse/index'
import { bybitLinear } from '../../../../src-main/engine/venues/bybit-linear/index'
import { bybitOption } from '../../../../src-main/engine/venues/bybit-option/index'
import { bybitSpot } from '../../../../src-main/engine/venues/bybit-spot/index'
import type { Venue } from '../../../../src-main/engine/venues/venue'
import { tradeFlag } from '../../../../src-shared/trade-flag'
import type { Dialect, DialectLine, Listing, Wire } from '../dialect'
import { pairsOf, parsed, textOf } from '../dialect'

/** Sequenced in-band: https://bybit-exchange.github.io/docs/v5/websocket/public/orderbook */
const bybit = (venue: Venue, depth: number, listings: readonly Listing[]): Dialect => ({
  venue,
  listings,
  view: depth,
  ids: 'one',
  proven: Infinity,
  told: (flags) => flags & (tradeFlag.block | tradeFlag.rpi),
  line: (wire) => line(wire, depth, venue.spec.id === 'bybit-option'),
  answer: (_url, _post, market) => ({
    retCode: 0,
    retMsg: 'OK',
    result: { nextPageCursor: '', list: market.listings.map((it) => listed(it, venue)) }
  })
})

function line({ say, market }: Wire, depth: number, isOption: boolean): DialectLine {
  const books = new Set<string>()
  const topics = new Set<string>()
  const topicOf = (symbol: string) => `orderbook.${depth}.${symbol}`
  const book = (type: string, symbol: string, at: number, sides: object, u: number) => {
    const data = { s: symbol, ...sides, u, seq: u * 3 }
    // A snapshot bears the time at which it was made; nothing else does so long after its change.
    const ts = (type === 'snapshot' ? market.now() : at) + 1
    say({ topic: topicOf(symbol), type, ts, data, cts: at }, symbol)
  }
  const snapshot = (symbol: string) => {
    const truth = market.truth(symbol)!
    const listing = market.listing(symbol)!
    const sides = { b: pairsOf(truth.bids, listing), a: pairsOf(truth.asks, listing) }
    book('snapshot', symbol, truth.at, sides, truth.last)
  }
  return {
    books,
    hear(text) {
      const { op, args = [], req_id } = parsed(text) as { op: string; args?: string[]; req_id?: string }
      if (op === 'ping') say({ success: true, ret_msg: 'pong', op: 'ping' })
      if (op === 'ping') return
      for (const topic of args)
        if (op === 'subscribe') topics.add(topic)
        else topics.delete(topic)
      const symbols = market.listings.map((it) => it.symbol).filter((it) => args.includes(topicOf(it)))
      for (const symbol of symbols)
        if (op === 'subscribe') books.add(symbol)
        else books.delete(symbol)
      const data = { successTopics: args, failTopics: [] }
      say(
        isOption ? { success: true, type: 'COMMAND_RESP', data } : { success: true, ret_msg: '', op, req_id }
      )
      if (op === 'subscribe') for (const symbol of symbols) snapshot(symbol)
    },
    step({ symbol, last, at, bids, asks }) {
      const listing = market.listing(symbol)!
      book('delta', symbol, at, { b: pairsOf(bids, listing), a: pairsOf(asks, listing) }, last)
    },
    trade({ symbol, id, price, size, aggressor, at, flags }) {
      const listing = market.listing(symbol)!
      const topic = `publicTrade.${isOption ? listing.base : symbol}`
      if (!topics.has(topic)) return
      const row = {
        ...{ T: at, s: symbol, S: aggressor === 'buy' ? 'Buy' : 'Sell', i: String(id) },
        ...{ v: textOf(size, listing.size), p: textOf(price, listing.price) },
        ...{ BT: (flags & tradeFlag.block) > 0, RPI: (flags & tradeFlag.rpi) > 0 }
      }
      say({ topic, type: 'snapshot', ts: at + 1, data: [row] })
    }
  }
}

function listed({ symbol, base, quote, price, size }: Listing, { spec }: Venue): object {
  const isOption = spec.id === 'bybit-option'
  return {
    ...{ symbol, baseCoin: base, quoteCoin: quote, settleCoin: quote, status: 'Trading' },
    ...(isOption
      ? { optionsType: 'Call', deliveryTime: '1830000000000' }
      : { contractType: 'LinearPerpetual' }),
    priceFilter: { tickSize: textOf(1, price) },
    lotSizeFilter: { qtyStep: textOf(1, size), basePrecision: textOf(1, size) }
  }
}

const perps = (quote: string, price: number, size: number): readonly Listing[] =>
  ['BTC', 'ETH'].map((base) => ({ symbol: `${base}${quote}`, base, quote, price, size }))

export const bybitDialects: readonly Dialect[] = [
  bybit(bybitSpot, 1000, perps('USDT', 2, 6)),
  bybit(bybitLinear, 1000, perps('USDT', 1, 3)),
  bybit(bybitInverse, 1000, perps('USD', 1, 0)),
  bybit(bybitOption, 100, [
    { symbol: 'BTC-27DEC26-100000-C', base: 'BTC', quote: 'USDT', price: 0, size: 2 },
    { symbol: 'ETH-27DEC26-4000-C', base: 'ETH', quote: 'USDT', price: 1, size: 1 }
  ])
]
