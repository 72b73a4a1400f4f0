import type { Reader, Venue } from '../venue'
import { leaving } from './channels'
import { checksum } from './checksum'
import { guess, readPairs } from './instruments'
import { BitfinexReader } from './reader'
import { sequence } from './sequence'

const TIMESTAMP = 32_768
const SEQ_ALL = 65_536
const OB_CHECKSUM = 131_072

const say = (frame: object): string => JSON.stringify(frame)
const joinBook = (symbol: string): string =>
  say({ event: 'subscribe', channel: 'book', symbol, prec: 'P0', freq: 'F0', len: '250' })
/** A channel is left by the number it was given on this line. */
const leave = (reader: Reader | undefined, channel: string, symbol: string): string[] => {
  const chanId = reader?.leave?.(channel, symbol)
  return chanId === undefined ? [] : [leaving(chanId)]
}

export const bitfinex: Venue = {
  spec: {
    id: 'bitfinex',
    title: 'Bitfinex',
    code: 'BFX',
    products: ['spot', 'linear'],
    integrity: 'chained',
    cannotDetect:
      'The loss of the last message before silence, until the next one or the heartbeat of 15 s; levels beyond the 250 a side that are sent.',
    simulated: false,
    endpoints: { rest: 'https://api-pub.bitfinex.com/v2', stream: 'wss://api-pub.bitfinex.com/ws/2' }
  },
  limits: {
    weightPerMinute: 30,
    framesPerSecond: 5,
    // 20 a minute.
    connectsPerFiveMinutes: 100,
    maxFrameBytes: 4 * 2 ** 20
  },
  legs: [
    {
      id: 'public',
      carriesBook: true,
      url: ({ stream }) => stream!,
      hello: [say({ event: 'conf', flags: TIMESTAMP + SEQ_ALL + OB_CHECKSUM })],
      // 25 channels a line, two an instrument.
      capacity: 12,
      subscribe: (symbols) =>
        symbols.flatMap((symbol) => [
          // Before the book: what is traded while it is live is heard.
          say({ event: 'subscribe', channel: 'trades', symbol }),
          joinBook(symbol)
        ]),
      unsubscribe: (symbols, _id, reader) =>
        symbols.flatMap((symbol) => [...leave(reader, 'book', symbol), ...leave(reader, 'trades', symbol)]),
      // Every channel has a heartbeat after 15 s of silence.
      silentMs: 35_000
    },
    {
      id: 'status',
      carriesBook: false,
      serves: (symbol) => symbol.endsWith('F0'),
      url: ({ stream }) => stream!,
      hello: [
        say({ event: 'conf', flags: TIMESTAMP }),
        say({ event: 'subscribe', channel: 'status', key: 'liq:global' })
      ],
      capacity: 24,
      subscribe: (symbols) =>
        symbols.map((symbol) => say({ event: 'subscribe', channel: 'status', key: `deriv:${symbol}` })),
      unsubscribe: (symbols, _id, reader) => symbols.flatMap((symbol) => leave(reader, 'status', symbol)),
      silentMs: 35_000
    }
  ],
  snapshot: {
    kind: 'in-band',
    request: (symbols, _id, reader) =>
      symbols.flatMap((symbol) => [...leave(reader, 'book', symbol), joinBook(symbol)])
  },
  sequence,
  checksum,
  reader: () => new BitfinexReader(),
  catalogue: {
    requests: ({ rest }) => [{ url: `${rest}/conf/pub:info:pair,pub:info:pair:futures`, weight: 1 }],
    read: readPairs,
    guess
  }
}
