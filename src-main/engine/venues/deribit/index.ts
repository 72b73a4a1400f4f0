import type { Endpoints, Venue } from '../venue'
import { asking, bookOf, call } from './channels'
import { guess, readInstruments } from './instruments'
import { DeribitReader } from './reader'
import { deribitSequence } from './sequence'

/** One request a kind keeps each answer small; the venue allows five at once. */
const kinds = ['future', 'option', 'spot', 'future_combo', 'option_combo'] as const

/** The server speaks at least this often, s; 10 is the least it takes. */
const HEARTBEAT_S = 10

export const deribit: Venue = {
  spec: {
    id: 'deribit',
    title: 'Deribit',
    code: 'DERI',
    products: ['spot', 'linear', 'inverse', 'option', 'combo'],
    integrity: 'chained',
    cannotDetect:
      'The loss of the last message of a book before silence, until its next one comes; what happened within the 100 ms that one message gathers.',
    simulated: false,
    endpoints: {
      rest: 'https://www.deribit.com/api/v2',
      streams: 'wss://streams.deribit.com/ws/api/v2',
      www: 'wss://www.deribit.com/ws/api/v2'
    }
  },
  limits: {
    // 20 requests a second an address for what asks no matching engine; the lists have a limit of their own, one a second.
    weightPerMinute: 60,
    // A subscribe costs 3,000 of 30,000 credits, 10,000 come back a second.
    framesPerSecond: 3,
    connectsPerFiveMinutes: 32,
    maxFrameBytes: 8 * 2 ** 20
  },
  legs: [
    {
      id: 'market',
      carriesBook: true,
      url: ({ streams }) => streams!,
      fallbacks: ({ www }: Endpoints) => [www!],
      hello: [
        call('public/set_heartbeat', { interval: HEARTBEAT_S }, 0),
        call('public/subscribe', { channels: ['platform_state', 'instrument.state.any.any'] }, 0)
      ],
      capacity: 100,
      subscribe: asking('public/subscribe'),
      unsubscribe: asking('public/unsubscribe'),
      silentMs: 2.5 * HEARTBEAT_S * 1_000
    }
  ],
  snapshot: {
    kind: 'in-band',
    request: (symbols, id) => {
      const channels = symbols.map(bookOf)
      return [call('public/unsubscribe', { channels }, 0), call('public/subscribe', { channels }, id)]
    }
  },
  sequence: deribitSequence,
  countsTrades: true,
  reader: () => new DeribitReader(),
  catalogue: {
    requests: ({ rest }) =>
      kinds.map((kind) => ({
        url: `${rest}/public/get_instruments?currency=any&kind=${kind}&expired=false`,
        weight: 1
      })),
    read: readInstruments,
    guess
  }
}
