import type { Venue } from '../venue'
import { bookAnswer } from './book-answer'
import { checksum } from './checksum'
import { guess, readListing, requests } from './instruments'
import { OkxReader } from './reader'
import { sequence } from './sequence'
import { asking, askingTrades } from './subscription'

export const okx: Venue = {
  spec: {
    id: 'okx',
    title: 'OKX',
    code: 'OKX',
    products: ['spot', 'linear', 'inverse', 'option'],
    integrity: 'chained',
    cannotDetect:
      'The loss of the last message before silence, until the next one comes (a quiet book repeats itself about once a minute); what rests beyond the best 400 levels a side. How many updates a gap lost.',
    simulated: false,
    endpoints: {
      rest: 'https://www.okx.com',
      public: 'wss://ws.okx.com/ws/v5/public',
      publicOld: 'wss://ws.okx.com:8443/ws/v5/public'
    }
  },
  limits: {
    weightPerMinute: 1200,
    // Books: 40 in two seconds from one address.
    burst: { weight: 40, withinMs: 2_000 },
    subscriptionsPerHour: 480,
    framesPerSecond: 3,
    connectsPerFiveMinutes: 300,
    maxFrameBytes: 16 * 2 ** 20
  },
  legs: [
    {
      id: 'public',
      carriesBook: true,
      url: (endpoints) => endpoints['public']!,
      fallbacks: ({ publicOld }) => (publicOld === undefined ? [] : [publicOld]),
      hello: ['{"op":"subscribe","args":[{"channel":"status"}]}'],
      capacity: 50,
      ...asking,
      trades: askingTrades,
      // The venue closes after 30 s in which nothing was said either way.
      heartbeat: { everyMs: 10_000, text: 'ping' },
      silentMs: 25_000
    }
  ],
  snapshot: { kind: 'rest', ...bookAnswer },
  sequence,
  countsTrades: true,
  checksum,
  // `mark-price` is pushed every 10 s when it does not change.
  referencesLapseMs: 60_000,
  reader: () => new OkxReader(),
  catalogue: { requests, read: readListing, guess }
}
