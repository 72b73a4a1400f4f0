import type { Leg, Venue } from '../venue'
import { guess, readListing } from './instruments'
import { KucoinReader } from './reader'
import { sequence } from './sequence'
import { readSnapshot, symbolAsked } from './snapshot'
import { status } from './status'
import { ticket } from './ticket'

const reader = new KucoinReader()

const BOOK = '/market/level2'

/**
 * One request a topic and symbol: an unknown symbol would refuse all that it was asked for with. Trades before the book: what is traded while it is live is heard.
 * An acknowledgement repeats the id and nothing else, so that of a book is its symbol.
 */
const asking =
  (type: 'subscribe' | 'unsubscribe'): Leg['subscribe'] =>
  (symbols, number) => {
    const request = (topic: string, symbol: string) => {
      const id = topic === BOOK && type === 'subscribe' ? symbol : String(number)
      return JSON.stringify({ id, type, topic: `${topic}:${symbol}`, response: true })
    }
    return [
      ...symbols.flatMap((symbol) => [request('/market/match', symbol), request(BOOK, symbol)]),
      ...symbols.map((symbol) => request('/market/ticker', symbol))
    ]
  }

export const kucoin: Venue = {
  spec: {
    id: 'kucoin',
    title: 'KuCoin spot',
    code: 'KUC',
    products: ['spot'],
    integrity: 'chained',
    cannotDetect:
      'The loss of the last message before silence, until the next one comes; levels beyond the 100 a side of the snapshot (the whole book wants a key) that have not changed since; lost trades, whose numbers are those of all events of the book.',
    simulated: false,
    endpoints: { rest: 'https://api.kucoin.com' }
  },
  limits: {
    weightPerMinute: 4000,
    framesPerSecond: 9,
    connectsPerFiveMinutes: 150,
    maxFrameBytes: 4 * 2 ** 20
  },
  legs: [
    {
      id: 'stream',
      carriesBook: true,
      // The address comes with the token.
      url: ({ rest }) => rest!.replace(/^http/, 'ws'),
      ticket,
      capacity: 100,
      subscribe: asking('subscribe'),
      unsubscribe: asking('unsubscribe'),
      heartbeat: { everyMs: 18_000, text: JSON.stringify({ id: 'ping', type: 'ping' }) },
      silentMs: 40_000,
      lifetimeMs: 24 * 3_600_000
    }
  ],
  snapshot: {
    kind: 'rest',
    isCut: true,
    request: (symbol, { rest }) => ({
      url: `${rest}/api/v1/market/orderbook/level2_100?symbol=${encodeURIComponent(symbol)}`,
      weight: 4
    }),
    read: readSnapshot,
    symbolOf: symbolAsked
  },
  sequence,
  status,
  reader: () => reader,
  catalogue: {
    requests: ({ rest }) => [{ url: `${rest}/api/v2/symbols`, weight: 4 }],
    read: readListing,
    guess
  }
}
