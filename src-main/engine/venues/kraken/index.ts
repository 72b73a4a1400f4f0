import type { Venue } from '../venue'
import { krakenChecksum } from './checksum'
import { DEPTH } from './depths'
import { guess, readPairs } from './instruments'
import { KrakenReader } from './reader'

const request = (
  method: 'subscribe' | 'unsubscribe',
  params: Readonly<Record<string, unknown>>,
  id: number
) => JSON.stringify({ method, params, req_id: id })
const book = (symbols: readonly string[]) => ({ channel: 'book', symbol: symbols, depth: DEPTH })

/** Those of before the subscription are no flow. */
const trades = (symbols: readonly string[]) => ({ channel: 'trade', symbol: symbols, snapshot: false })

const asking =
  (method: 'subscribe' | 'unsubscribe') =>
  (symbols: readonly string[], id: number): readonly string[] =>
    [
      // Before the book: what is traded while it is live is heard.
      trades(symbols),
      book(symbols),
      { channel: 'ticker', symbol: symbols, event_trigger: 'bbo' }
    ].map((params) => request(method, params, id))

export const kraken: Venue = {
  spec: {
    id: 'kraken',
    title: 'Kraken',
    code: 'KRKN',
    products: ['spot'],
    integrity: 'checksummed',
    cannotDetect:
      'A lost change below the best ten levels a side, which are all that the checksum covers, until it comes up among them or the book is replaced by a fresh snapshot, every 10 minutes; the loss of the last message before silence.',
    simulated: false,
    endpoints: { rest: 'https://api.kraken.com', stream: 'wss://ws.kraken.com/v2' }
  },
  limits: {
    weightPerMinute: 60,
    framesPerSecond: 10,
    // About 150 in ten minutes an address.
    connectsPerFiveMinutes: 75,
    maxFrameBytes: 16 * 2 ** 20
  },
  legs: [
    {
      id: 'market',
      carriesBook: true,
      url: ({ stream }) => stream!,
      // Tells precisions, which the checksum needs, before any book, and later what becomes of pairs.
      hello: [request('subscribe', { channel: 'instrument', snapshot: true }, 0)],
      capacity: 100,
      subscribe: asking('subscribe'),
      unsubscribe: asking('unsubscribe'),
      trades: (symbols) => [request('subscribe', trades(symbols), 0)],
      // A heartbeat comes every second once something is subscribed.
      silentMs: 10_000
    }
  ],
  snapshot: {
    kind: 'in-band',
    request: (symbols, id) => [
      request('unsubscribe', book(symbols), id),
      request('subscribe', book(symbols), id)
    ]
  },
  // Nothing is numbered: what follows is told by the checksum alone.
  sequence: { joins: () => 'next', follows: () => 'next' },
  countsTrades: true,
  checksum: krakenChecksum,
  reader: () => new KrakenReader(),
  catalogue: {
    requests: ({ rest }) => [{ url: `${rest}/0/public/AssetPairs`, weight: 1 }],
    read: readPairs,
    guess
  }
}
