import type { Venue } from '../venue'
import { guess, readInstruments } from './instruments'
import { KrakenFuturesReader } from './reader'
import { krakenFuturesSequence } from './sequence'

type Method = 'subscribe' | 'unsubscribe'
const request = (event: Method, feed: string, symbols: readonly string[]): string =>
  JSON.stringify({ event, feed, product_ids: symbols })
// Trades before the book: what is traded while it is live is heard.
const asking = (event: Method) => (symbols: readonly string[]) =>
  ['trade', 'book', 'ticker'].map((feed) => request(event, feed, symbols))

export const krakenFutures: Venue = {
  spec: {
    id: 'kraken-futures',
    title: 'Kraken Futures',
    code: 'KRKF',
    products: ['linear', 'inverse'],
    integrity: 'chained',
    cannotDetect: 'The loss of the last message of a book before silence, until its next one comes.',
    simulated: false,
    endpoints: {
      rest: 'https://futures.kraken.com/derivatives/api/v3',
      stream: 'wss://futures.kraken.com/ws/v1'
    }
  },
  limits: {
    weightPerMinute: 60,
    framesPerSecond: 5,
    connectsPerFiveMinutes: 50,
    maxFrameBytes: 8 * 2 ** 20
  },
  legs: [
    {
      id: 'market',
      carriesBook: true,
      url: ({ stream }) => stream!,
      hello: ['{"event":"subscribe","feed":"heartbeat"}'],
      capacity: 100,
      subscribe: asking('subscribe'),
      unsubscribe: asking('unsubscribe'),
      trades: (symbols) => [request('subscribe', 'trade', symbols)],
      // The venue cuts a line that has not pinged for 60 s.
      heartbeat: { everyMs: 30_000, text: '{"event":"ping"}' },
      // A ticker comes every second for each product, and a heartbeat.
      silentMs: 20_000
    }
  ],
  snapshot: {
    kind: 'in-band',
    request: (symbols) => [request('unsubscribe', 'book', symbols), request('subscribe', 'book', symbols)]
  },
  sequence: krakenFuturesSequence,
  countsTrades: true,
  // A ticker comes every second for each product.
  referencesLapseMs: 10_000,
  reader: () => new KrakenFuturesReader(),
  catalogue: {
    requests: ({ rest }) => [{ url: `${rest}/instruments`, weight: 1 }],
    read: readInstruments,
    guess
  }
}
