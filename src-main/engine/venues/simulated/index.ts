import type { Venue } from '../venue'
import { guess, readListing } from './instruments'
import { SimulatedReader } from './read'
import { sequence } from './sequence'

const reader = new SimulatedReader()
const asking = (op: string) => (symbols: readonly string[]) => [JSON.stringify({ op, i: symbols })]

export const simulated: Venue = {
  spec: {
    id: 'sim',
    title: 'Simulated market',
    code: 'SIM',
    products: ['spot', 'linear', 'inverse'],
    integrity: 'chained',
    cannotDetect:
      'The loss of the last message before silence, until the next one comes; levels beyond the 1,000 a side of the snapshot that have not changed since.',
    simulated: true,
    endpoints: { market: 'sim://market' }
  },
  limits: {
    weightPerMinute: 6000,
    framesPerSecond: 100,
    connectsPerFiveMinutes: 1000,
    maxFrameBytes: 4 * 2 ** 20
  },
  legs: [
    {
      id: 'market',
      carriesBook: true,
      url: ({ market }) => market!,
      capacity: 1000,
      subscribe: asking('subscribe'),
      unsubscribe: asking('unsubscribe'),
      // Its heartbeat comes every 5 s.
      silentMs: 15_000
    }
  ],
  snapshot: { kind: 'in-band', isCut: true, request: asking('snapshot') },
  sequence,
  countsTrades: true,
  reader: () => reader,
  catalogue: { requests: ({ market }) => [{ url: market!, weight: 0 }], read: readListing, guess }
}
