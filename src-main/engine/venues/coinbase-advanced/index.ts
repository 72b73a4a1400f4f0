import type { Venue } from '../venue'
import { asked } from './asked'
import { guess, readProducts } from './instruments'
import { CoinbaseAdvancedReader } from './reader'
import { sequence } from './sequence'

/** Trades before the book: what is traded while it is live is heard. */
const channels = ['market_trades', 'level2', 'ticker']
const say = (type: 'subscribe' | 'unsubscribe', symbol: string, channel: string): string =>
  JSON.stringify({ type, product_ids: [symbol], channel })

export const coinbaseAdvanced: Venue = {
  spec: {
    id: 'coinbase-advanced',
    title: 'Coinbase Advanced',
    code: 'CBA',
    products: ['spot', 'linear'],
    integrity: 'chained',
    cannotDetect:
      'The loss of the last message before silence, until the next one comes, at the latest the heartbeat a second later; maintenance of the whole venue, of which only what it does to the books is seen.',
    simulated: false,
    endpoints: {
      rest: 'https://api.coinbase.com/api/v3/brokerage',
      stream: 'wss://advanced-trade-ws.coinbase.com'
    }
  },
  limits: {
    weightPerMinute: 600,
    // Eight messages a second an address.
    framesPerSecond: 8,
    connectsPerFiveMinutes: 150,
    maxFrameBytes: 64 * 2 ** 20
  },
  legs: [
    {
      id: 'stream',
      carriesBook: true,
      url: ({ stream }) => stream!,
      hello: [JSON.stringify({ type: 'subscribe', channel: 'heartbeats' })],
      // A lost message spoils every book of its connection: few on each.
      capacity: 4,
      subscribe: (symbols) => symbols.flatMap((symbol) => channels.map((it) => say('subscribe', symbol, it))),
      unsubscribe: (symbols) =>
        symbols.flatMap((symbol) => channels.map((it) => say('unsubscribe', symbol, it))),
      // A heartbeat comes every second.
      silentMs: 10_000
    }
  ],
  snapshot: {
    kind: 'in-band',
    request: (symbols) =>
      symbols.flatMap((symbol) => [say('unsubscribe', symbol, 'level2'), say('subscribe', symbol, 'level2')])
  },
  sequence,
  asked,
  reader: () => new CoinbaseAdvancedReader(),
  catalogue: {
    requests: ({ rest }) => [{ url: `${rest}/market/products`, weight: 1 }],
    read: readProducts,
    guess
  }
}
