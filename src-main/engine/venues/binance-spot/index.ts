import { readListing } from '../../dialects/binance/listing'
import { BinanceReader } from '../../dialects/binance/reader'
import { readSnapshot, SNAPSHOT_LEVELS, symbolAsked } from '../../dialects/binance/snapshot'
import { asking } from '../../dialects/binance/subscription'
import type { Venue } from '../venue'
import { guess } from './instruments'
import { sequence } from './sequence'
import { status } from './status'

const reader = new BinanceReader()

export const binanceSpot: Venue = {
  spec: {
    id: 'binance-spot',
    title: 'Binance spot',
    code: 'BIN',
    products: ['spot'],
    integrity: 'chained',
    cannotDetect:
      'The loss of the last message before silence, until the next one comes; levels beyond the 1,000 a side of the snapshot that have not changed since.',
    simulated: false,
    endpoints: { rest: 'https://api.binance.com', stream: 'wss://stream.binance.com:9443/stream' }
  },
  limits: {
    weightPerMinute: 6000,
    framesPerSecond: 5,
    connectsPerFiveMinutes: 300,
    maxFrameBytes: 4 * 2 ** 20
  },
  legs: [
    {
      id: 'stream',
      carriesBook: true,
      url: ({ stream }) => stream!,
      capacity: 100,
      ...asking(['depth@100ms', 'trade', 'bookTicker']),
      // The venue pings every 20 s.
      silentMs: 45_000,
      lifetimeMs: 24 * 3_600_000
    }
  ],
  snapshot: {
    kind: 'rest',
    isCut: true,
    request: (symbol, { rest }) => ({
      url: `${rest}/api/v3/depth?symbol=${encodeURIComponent(symbol)}&limit=${SNAPSHOT_LEVELS}`,
      weight: 50
    }),
    read: readSnapshot,
    symbolOf: symbolAsked
  },
  sequence,
  countsTrades: true,
  status,
  reader: () => reader,
  catalogue: {
    requests: ({ rest }) => [{ url: `${rest}/api/v3/exchangeInfo?showPermissionSets=false`, weight: 20 }],
    read: (text) => readListing(text, 'binance-spot', 'spot'),
    guess
  }
}
