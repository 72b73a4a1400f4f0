import type { Venue } from '../venue'
import { guess, readMeta } from './instruments'
import { HyperliquidReader } from './reader'
import { sequence } from './sequence'

const channels = ['l2Book', 'trades', 'bbo', 'activeAssetCtx']
const say = (method: 'subscribe' | 'unsubscribe', types: readonly string[]) => (symbols: readonly string[]) =>
  symbols.flatMap((coin) => types.map((type) => JSON.stringify({ method, subscription: { type, coin } })))

export const hyperliquid: Venue = {
  spec: {
    id: 'hyperliquid',
    title: 'Hyperliquid',
    code: 'HYP',
    products: ['linear', 'spot'],
    integrity: 'snapshot-only',
    cannotDetect:
      'What happens between two books, about half a second apart, and beyond the best 20 levels a side; lost trades, whose ids do not count up; maintenance, of which only what it does to the books is seen.',
    simulated: false,
    endpoints: { rest: 'https://api.hyperliquid.xyz', stream: 'wss://api.hyperliquid.xyz/ws' }
  },
  limits: {
    weightPerMinute: 1200,
    // 2,000 messages a minute over all links.
    framesPerSecond: 15,
    // 30 a minute.
    connectsPerFiveMinutes: 150,
    maxFrameBytes: 4 * 2 ** 20
  },
  legs: [
    {
      id: 'stream',
      carriesBook: true,
      url: ({ stream }) => stream!,
      // 1,000 subscriptions an address, four an instrument.
      capacity: 50,
      subscribe: say('subscribe', channels),
      unsubscribe: say('unsubscribe', channels),
      trades: say('subscribe', ['trades']),
      // The venue cuts a line on which it has not spoken for 60 s, and answers a ping.
      heartbeat: { everyMs: 20_000, text: '{"method":"ping"}' },
      silentMs: 45_000
    }
  ],
  snapshot: {
    kind: 'in-band',
    always: true,
    request: (symbols) => [
      ...say('unsubscribe', ['l2Book'])(symbols),
      ...say('subscribe', ['l2Book'])(symbols)
    ]
  },
  sequence,
  reader: () => new HyperliquidReader(),
  catalogue: {
    requests: ({ rest }) =>
      ['meta', 'spotMeta'].map((type) => ({
        url: `${rest}/info`,
        weight: 20,
        post: JSON.stringify({ type })
      })),
    read: readMeta,
    guess
  }
}
