import { futuresSequence } from '../../dialects/binance/futures-sequence'
import { readListing } from '../../dialects/binance/listing'
import { openInterest } from '../../dialects/binance/open-interest'
import { BinanceReader } from '../../dialects/binance/reader'
import { readSnapshot, SNAPSHOT_LEVELS, symbolAsked } from '../../dialects/binance/snapshot'
import { asking } from '../../dialects/binance/subscription'
import type { Venue } from '../venue'
import { guess } from './instruments'

const reader = new BinanceReader()
const lifetimeMs = 24 * 3_600_000

export const binanceUsdm: Venue = {
  spec: {
    id: 'binance-usdm',
    title: 'Binance USD-M',
    code: 'BINU',
    products: ['linear'],
    integrity: 'chained',
    cannotDetect:
      'The loss of the last message before silence, until the next one comes; levels beyond the 1,000 a side of the snapshot that have not changed since; orders of the retail price improvement programme; maintenance, of which only what it does to the books is seen.',
    simulated: false,
    endpoints: {
      rest: 'https://fapi.binance.com',
      public: 'wss://fstream.binance.com/public/stream',
      market: 'wss://fstream.binance.com/market/stream'
    }
  },
  limits: {
    weightPerMinute: 2400,
    framesPerSecond: 10,
    connectsPerFiveMinutes: 300,
    maxFrameBytes: 4 * 2 ** 20
  },
  legs: [
    {
      id: 'public',
      carriesBook: true,
      url: (endpoints) => endpoints['public']!,
      capacity: 100,
      ...asking(['depth@100ms', 'bookTicker']),
      // Nothing comes at a fixed pace but the venue's ping, every 3 min.
      silentMs: 400_000,
      lifetimeMs
    },
    {
      id: 'market',
      carriesBook: false,
      carriesTrades: true,
      url: ({ market }) => market!,
      capacity: 100,
      ...asking(['aggTrade', 'markPrice@1s', 'forceOrder']),
      // The mark price comes every second.
      silentMs: 10_000,
      lifetimeMs
    }
  ],
  snapshot: {
    kind: 'rest',
    isCut: true,
    request: (symbol, { rest }) => ({
      url: `${rest}/fapi/v1/depth?symbol=${encodeURIComponent(symbol)}&limit=${SNAPSHOT_LEVELS}`,
      weight: 20
    }),
    read: readSnapshot,
    symbolOf: symbolAsked
  },
  sequence: futuresSequence,
  countsTrades: true,
  // `markPrice@1s` comes every second.
  referencesLapseMs: 10_000,
  asked: openInterest('/fapi/v1'),
  reader: () => reader,
  catalogue: {
    requests: ({ rest }) => [{ url: `${rest}/fapi/v1/exchangeInfo`, weight: 1 }],
    read: (text) => readListing(text, 'binance-usdm', 'linear'),
    guess
  }
}
