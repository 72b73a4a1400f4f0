import { futuresSequence } from '../../dialects/binance/futures-sequence'
import { readListing } from '../../dialects/binance/listing'
import { openInterest } from '../../dialects/binance/open-interest'
import { BinanceReader } from '../../dialects/binance/reader'
import { readSnapshot, SNAPSHOT_LEVELS, symbolAsked } from '../../dialects/binance/snapshot'
import { asking } from '../../dialects/binance/subscription'
import type { Venue } from '../venue'
import { guess } from './instruments'

const reader = new BinanceReader()

export const binanceCoinm: Venue = {
  spec: {
    id: 'binance-coinm',
    title: 'Binance COIN-M',
    code: 'BINC',
    products: ['inverse'],
    integrity: 'chained',
    cannotDetect:
      'The loss of the last message before silence, until the next one comes; levels beyond the 1,000 a side of the snapshot that have not changed since; maintenance, of which only what it does to the books is seen.',
    simulated: false,
    endpoints: { rest: 'https://dapi.binance.com', stream: 'wss://dstream.binance.com/stream' }
  },
  limits: {
    weightPerMinute: 2400,
    framesPerSecond: 10,
    connectsPerFiveMinutes: 300,
    maxFrameBytes: 4 * 2 ** 20
  },
  legs: [
    {
      id: 'stream',
      carriesBook: true,
      url: ({ stream }) => stream!,
      capacity: 50,
      ...asking(['depth@100ms', 'aggTrade', 'bookTicker', 'markPrice@1s', 'forceOrder']),
      // The mark price comes every second.
      silentMs: 10_000,
      lifetimeMs: 24 * 3_600_000
    }
  ],
  snapshot: {
    kind: 'rest',
    isCut: true,
    request: (symbol, { rest }) => ({
      url: `${rest}/dapi/v1/depth?symbol=${encodeURIComponent(symbol)}&limit=${SNAPSHOT_LEVELS}`,
      weight: 20
    }),
    read: readSnapshot,
    symbolOf: symbolAsked
  },
  sequence: futuresSequence,
  countsTrades: true,
  // `markPrice@1s` comes every second.
  referencesLapseMs: 10_000,
  asked: openInterest('/dapi/v1'),
  reader: () => reader,
  catalogue: {
    requests: ({ rest }) => [{ url: `${rest}/dapi/v1/exchangeInfo`, weight: 1 }],
    read: (text) => readListing(text, 'binance-coinm', 'inverse'),
    guess
  }
}
