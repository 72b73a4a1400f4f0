import type { Venue } from '../venue'
import { bookAnswer } from './book-answer'
import { guess, readProducts } from './instruments'
import { CoinbaseReader } from './reader'
import { sequence } from './sequence'

const channels = ['level2_batch', 'matches', 'ticker', 'heartbeat']
const say = (type: 'subscribe' | 'unsubscribe', symbol: string, about: readonly string[]): string =>
  JSON.stringify({ type, product_ids: [symbol], channels: about })

export const coinbase: Venue = {
  spec: {
    id: 'coinbase',
    title: 'Coinbase Exchange',
    code: 'CB',
    products: ['spot'],
    integrity: 'unverifiable',
    cannotDetect:
      'The loss of a book message by itself, as they carry no numbers: it shows by lost trades, heartbeats, the venue’s best quotes or a crossed book, and in deeper levels only by the audit of every 5 minutes; maintenance of the whole venue, of which only what it does to the books is seen.',
    simulated: false,
    endpoints: {
      rest: 'https://api.exchange.coinbase.com',
      feed: 'wss://ws-feed.exchange.coinbase.com'
    }
  },
  limits: {
    // 10 requests a second.
    weightPerMinute: 600,
    framesPerSecond: 50,
    connectsPerFiveMinutes: 150,
    // The snapshot of BTC-USD has tens of thousands of levels.
    maxFrameBytes: 32 * 2 ** 20
  },
  legs: [
    {
      id: 'feed',
      carriesBook: true,
      url: ({ feed }) => feed!,
      capacity: 20,
      // One product a request: a bad name spoils the whole request.
      subscribe: (symbols) => symbols.map((symbol) => say('subscribe', symbol, channels)),
      unsubscribe: (symbols) => symbols.map((symbol) => say('unsubscribe', symbol, channels)),
      // Each product has a heartbeat a second.
      silentMs: 10_000
    }
  ],
  snapshot: {
    kind: 'in-band',
    request: (symbols) =>
      symbols.flatMap((symbol) => [
        say('unsubscribe', symbol, ['level2_batch']),
        say('subscribe', symbol, ['level2_batch'])
      ])
  },
  audit: bookAnswer,
  sequence,
  reader: () => new CoinbaseReader(),
  catalogue: {
    requests: ({ rest }) => [{ url: `${rest}/products`, weight: 1 }],
    read: readProducts,
    guess
  }
}
