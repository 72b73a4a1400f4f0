import { WINDOW } from '../../dialects/gate/levels'
import { GateReader } from '../../dialects/gate/reader'
import { sequence } from '../../dialects/gate/sequence'
import { readSnapshot } from '../../dialects/gate/snapshot'
import { asking, heartbeat } from '../../dialects/gate/subscription'
import type { Venue } from '../venue'
import { guess, readListing } from './instruments'

const reader = new GateReader('futures')

export const gateFutures: Venue = {
  spec: {
    id: 'gate-futures',
    title: 'Gate USDT perpetuals',
    code: 'GATF',
    products: ['linear'],
    integrity: 'chained',
    cannotDetect:
      'The loss of the last message before silence, until the next one comes; anything beyond the best 100 levels a side, which the venue does not send; lost trades, whose ids are not known to count up a contract.',
    simulated: false,
    endpoints: { rest: 'https://api.gateio.ws/api/v4', stream: 'wss://fx-ws.gateio.ws/v4/ws/usdt' }
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
      capacity: 60,
      ...asking(
        ['futures.trades'],
        ['futures.order_book_update', '100ms', String(WINDOW)],
        [['futures.book_ticker'], ['futures.tickers'], ['futures.public_liquidates']]
      ),
      heartbeat: heartbeat('futures.ping'),
      silentMs: 40_000
    }
  ],
  snapshot: {
    kind: 'rest',
    request: (symbol, { rest }) => ({
      url: `${rest}/futures/usdt/order_book?contract=${encodeURIComponent(symbol)}&limit=${WINDOW}&with_id=true`,
      weight: 1
    }),
    read: readSnapshot('futures'),
    symbolOf: ({ pathname, searchParams }) =>
      pathname.endsWith('/futures/usdt/order_book') ? (searchParams.get('contract') ?? undefined) : undefined
  },
  sequence,
  reader: () => reader,
  catalogue: {
    requests: ({ rest }) => [{ url: `${rest}/futures/usdt/contracts`, weight: 1 }],
    read: readListing,
    guess
  }
}
