import { WINDOW } from '../../dialects/gate/levels'
import { GateReader } from '../../dialects/gate/reader'
import { sequence } from '../../dialects/gate/sequence'
import { readSnapshot } from '../../dialects/gate/snapshot'
import { asking, heartbeat } from '../../dialects/gate/subscription'
import type { Venue } from '../venue'
import { guess, readListing } from './instruments'

const reader = new GateReader('spot')

export const gateSpot: Venue = {
  spec: {
    id: 'gate-spot',
    title: 'Gate spot',
    code: 'GATE',
    products: ['spot'],
    integrity: 'chained',
    cannotDetect:
      'The loss of the last message before silence, until the next one comes; anything beyond the best 100 levels a side, which the venue does not send; lost trades, whose ids do not count up a pair.',
    simulated: false,
    endpoints: { rest: 'https://api.gateio.ws/api/v4', stream: 'wss://api.gateio.ws/ws/v4/' }
  },
  limits: {
    weightPerMinute: 1200,
    framesPerSecond: 40,
    connectsPerFiveMinutes: 300,
    maxFrameBytes: 4 * 2 ** 20
  },
  legs: [
    {
      id: 'stream',
      carriesBook: true,
      url: ({ stream }) => stream!,
      capacity: 100,
      ...asking(['spot.trades'], ['spot.order_book_update', '100ms'], [['spot.book_ticker']]),
      heartbeat: heartbeat('spot.ping'),
      silentMs: 40_000
    }
  ],
  snapshot: {
    kind: 'rest',
    request: (symbol, { rest }) => ({
      url: `${rest}/spot/order_book?currency_pair=${encodeURIComponent(symbol)}&limit=${WINDOW}&with_id=true`,
      weight: 1
    }),
    read: readSnapshot('spot'),
    symbolOf: ({ pathname, searchParams }) =>
      pathname.endsWith('/spot/order_book') ? (searchParams.get('currency_pair') ?? undefined) : undefined
  },
  sequence,
  reader: () => reader,
  catalogue: {
    requests: ({ rest }) => [{ url: `${rest}/spot/currency_pairs`, weight: 1 }],
    read: readListing,
    guess
  }
}
