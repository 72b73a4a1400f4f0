import { bitfinex } from '../../../../src-main/engine/venues/bitfinex/index'
import type { Deal, Dialect } from '../dialect'
import { numbersOf, parsed, printsOf } from '../dialect'

/** A counter over all messages of a line, one level a message: https://docs.bitfinex.com/docs/ws-general */
export const bitfinexDialect: Dialect = {
  venue: bitfinex,
  listings: [
    { symbol: 'tBTCUSD', base: 'BTC', quote: 'USD', price: 0, size: 8 },
    { symbol: 'tETHUSD', base: 'ETH', quote: 'USD', price: 0, size: 8 }
  ],
  view: 250,
  ids: 'one',
  most: 1,
  idsOfLine: true,
  proven: Infinity,
  numbersDeals: 'line',
  line({ say, market }) {
    const books = new Set<string>()
    const channels = new Map<number, string>()
    const prints = new Map<number, string>()
    let [sequence, channel] = [0, 100]
    const idOf = (symbol: string) => [...channels].find(([, name]) => name === symbol)?.[0]
    const print = ({ symbol, id, price, size, aggressor, at }: Deal) => {
      const [[p, amount]] = numbersOf([[price, size]], market.listing(symbol)!) as [[number, number]]
      return [id, at, aggressor === 'buy' ? amount : -amount, p]
    }
    const row = (price: number, amount: number, sign: number) =>
      amount === 0 ? [price, 0, sign] : [price, 1, amount * sign]
    const told = (id: number, body: readonly unknown[], at: number, stream?: string) => {
      say([id, ...body, ++sequence, at], stream)
    }
    return {
      books,
      hear(text) {
        const asked = parsed(text) as { event: string; channel?: string; symbol?: string; chanId?: number }
        if (asked.event === 'conf') say({ event: 'conf', status: 'OK', flags: 0 })
        if (asked.event === 'unsubscribe') {
          const symbol = channels.get(asked.chanId ?? 0)
          channels.delete(asked.chanId ?? 0)
          prints.delete(asked.chanId ?? 0)
          if (symbol !== undefined) books.delete(symbol)
          say({ event: 'unsubscribed', status: 'OK', chanId: asked.chanId })
        }
        if (asked.event !== 'subscribe' || asked.symbol === undefined) return
        const id = ++channel
        say({ ...asked, event: 'subscribed', chanId: id, pair: asked.symbol.slice(1) })
        if (asked.channel === 'trades') {
          prints.set(id, asked.symbol)
          told(id, [market.recent(asked.symbol).map(print).toReversed()], market.now())
        }
        if (asked.channel !== 'book') return
        channels.set(id, asked.symbol)
        books.add(asked.symbol)
        const { bids, asks, at } = market.truth(asked.symbol)!
        const listing = market.listing(asked.symbol)!
        const rows = [
          ...numbersOf(bids, listing).map(([price, amount]) => row(price, amount, 1)),
          ...numbersOf(asks, listing).map(([price, amount]) => row(price, amount, -1))
        ]
        told(id, [rows], at, asked.symbol)
      },
      step({ symbol, at, bids, asks }) {
        const sign = bids.length > 0 ? 1 : -1
        const [[price, amount]] = numbersOf(bids.length > 0 ? bids : asks, market.listing(symbol)!) as [
          [number, number]
        ]
        const id = idOf(symbol)
        if (id !== undefined) told(id, [row(price, amount, sign)], at, symbol)
      },
      // Executed, and told once more when it is booked.
      trade(deal) {
        for (const [id, symbol] of prints)
          if (symbol === deal.symbol)
            for (const word of ['te', 'tu']) told(id, [word, print(deal)], market.now(), printsOf(symbol))
      },
      beat() {
        if (market.now() % 15_000 < 1_000)
          for (const id of [...channels.keys(), ...prints.keys()]) told(id, ['hb'], market.now())
      }
    }
  },
  answer: (_url, _post, market) => [market.listings.map(({ symbol }) => [symbol.slice(1), []]), []]
}
