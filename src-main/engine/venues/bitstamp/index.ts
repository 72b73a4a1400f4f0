import type { Leg, Venue } from '../venue'
import { checksum } from './audit'
import { channels } from './channels'
import { guess, readListing } from './instruments'
import { BitstampReader } from './reader'
import { sequence } from './sequence'
import { readSnapshot } from './snapshot'

const reader = new BitstampReader()

/** One channel a request. */
const asking =
  (event: 'bts:subscribe' | 'bts:unsubscribe'): Leg['subscribe'] =>
  (symbols) =>
    channels.flatMap((channel) =>
      symbols.map((symbol) => JSON.stringify({ event, data: { channel: `${channel}_${symbol}` } }))
    )

export const bitstamp: Venue = {
  spec: {
    id: 'bitstamp',
    title: 'Bitstamp',
    code: 'BTSP',
    products: ['spot'],
    integrity: 'unverifiable',
    cannotDetect:
      'The loss of any diff: they carry times, not numbers. The best 100 levels a side are held against a full picture whenever the venue sends one of the same microsecond; a loss below them, or between two pictures, goes unseen. Lost trades, whose ids do not count up a pair. Maintenance, of which only what it does to the books is seen.',
    simulated: false,
    endpoints: { rest: 'https://www.bitstamp.net', stream: 'wss://ws.bitstamp.net' }
  },
  limits: {
    weightPerMinute: 1000,
    framesPerSecond: 20,
    connectsPerFiveMinutes: 100,
    maxFrameBytes: 4 * 2 ** 20
  },
  legs: [
    {
      id: 'stream',
      carriesBook: true,
      url: ({ stream }) => stream!,
      capacity: 50,
      subscribe: asking('bts:subscribe'),
      unsubscribe: asking('bts:unsubscribe'),
      trades: (symbols) =>
        symbols.map((symbol) =>
          JSON.stringify({ event: 'bts:subscribe', data: { channel: `live_trades_${symbol}` } })
        ),
      heartbeat: { everyMs: 15_000, text: '{"event":"bts:heartbeat"}' },
      silentMs: 40_000,
      lifetimeMs: 90 * 24 * 3_600_000
    }
  ],
  snapshot: {
    kind: 'rest',
    request: (symbol, { rest }) => ({
      url: `${rest}/api/v2/order_book/${encodeURIComponent(symbol)}/?group=1`,
      weight: 1
    }),
    read: readSnapshot,
    symbolOf: ({ pathname }) => /\/order_book\/([^/]+)\/?$/.exec(pathname)?.[1]
  },
  sequence,
  checksum,
  reader: () => reader,
  catalogue: {
    requests: ({ rest }) => [{ url: `${rest}/api/v2/trading-pairs-info/`, weight: 1 }],
    read: readListing,
    guess
  }
}
