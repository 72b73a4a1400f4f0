import type { VenueSpec } from '../../../../src-shared/contract/catalogue'
import type { Grid, Instrument, Product } from '../../../../src-shared/instrument'
import { instrumentId } from '../../../../src-shared/instrument'
import { ticks } from '../../../../src-shared/units'
import type { Leg, Venue } from '../../venues/venue'
import { readListing } from './listing'
import { BybitReader } from './reader'
import { sequence } from './sequence'
import type { Category } from './status'
import { statusOf } from './status'
import { nameOf } from './symbol-name'

/** What makes one of the four products. */
export interface BybitProduct {
  readonly category: Category
  readonly product: Product
  readonly title: string
  readonly code: string
  /** Levels a side of the book's topic: the deepest, as all metrics of depth want a band known to its end. */
  readonly depth: number
  /** Topics of a symbol beside its book. */
  readonly topics: (symbol: string) => readonly string[]
  /** Those of them that are no other symbol's too. */
  readonly ownTopics: (symbol: string) => readonly string[]
  /** Behind the list's address. */
  readonly listQuery?: string
  /** Steps of its best known instrument, refined by what arrives. */
  readonly price: Grid
  readonly size: Grid
}

/** The four Bybit venues: one protocol, four addresses. */
export function bybit(of: BybitProduct): Venue {
  const id = `bybit-${of.category}`
  const book = (symbol: string) => `orderbook.${of.depth}.${symbol}`
  return {
    spec: specOf(of, id),
    limits: {
      weightPerMinute: 600,
      framesPerSecond: 10,
      connectsPerFiveMinutes: 500,
      maxFrameBytes: 4 * 2 ** 20,
      // "403, access too frequent": wait for at least 10 minutes. https://bybit-exchange.github.io/docs/v5/rate-limit
      bans: [{ status: 403, leastMs: 600_000, meaning: 'asked too often, or from where it does not serve' }]
    },
    legs: [
      {
        id: 'public',
        carriesBook: true,
        url: ({ stream }) => stream!,
        capacity: 50,
        ...asking(
          (symbol) => [book(symbol), ...of.topics(symbol)],
          (symbol) => [book(symbol), ...of.ownTopics(symbol)]
        ),
        // The venue wants one every 20 s and answers each; quiet books are told from dead links by the answers.
        heartbeat: { everyMs: 10_000, text: '{"op":"ping"}' },
        silentMs: 25_000
      }
    ],
    snapshot: {
      kind: 'in-band',
      // `ts`: "the timestamp that the system generates the data".
      isStamped: true,
      request: (symbols) => {
        const { subscribe, unsubscribe } = asking((symbol) => [book(symbol)])
        return [...unsubscribe(symbols, 0), ...subscribe(symbols, 0)]
      }
    },
    sequence,
    status: statusOf(of.category),
    reader: () => new BybitReader(of.category !== 'option'),
    catalogue: {
      requests: ({ rest }) => [
        {
          url: `${rest}/v5/market/instruments-info?category=${of.category}&limit=1000${of.listQuery ?? ''}`,
          weight: 1
        }
      ],
      read: (text, request) => readListing(text, request, id, of.product),
      guess: (symbol) => guess(symbol, of, id)
    }
  }
}

const specOf = ({ title, code, product, category, depth }: BybitProduct, id: string): VenueSpec => ({
  id,
  title,
  code,
  products: [product],
  integrity: 'chained',
  cannotDetect: `The loss of the last message before silence, until the next one comes; what rests beyond the best ${depth} levels a side; orders of the retail price improvement programme; lost trades, whose ids do not count up.`,
  simulated: false,
  endpoints: {
    rest: 'https://api.bybit.com',
    stream: `wss://stream.bybit.com/v5/public/${category}`
  }
})

/** A request a symbol, with the symbol as its id: a topic that the venue does not know costs no other symbol its book, and the answer says whose it was. */
function asking(
  topics: (symbol: string) => readonly string[],
  ownTopics = topics
): Pick<Leg, 'subscribe' | 'unsubscribe'> {
  const requests = (op: string, args: typeof topics) => (symbols: readonly string[]) =>
    symbols.map((symbol) => JSON.stringify({ req_id: symbol, op, args: args(symbol) }))
  return { subscribe: requests('subscribe', topics), unsubscribe: requests('unsubscribe', ownTopics) }
}

function guess(symbol: string, { product, price, size }: BybitProduct, venue: string): Instrument {
  return {
    id: instrumentId(venue, symbol),
    venue,
    symbol,
    ...nameOf(symbol),
    product,
    price,
    tickSize: ticks(1),
    size,
    contract: { of: 1, currency: product === 'inverse' ? 'quote' : 'base' },
    trading: 'trading',
    simulated: false
  }
}
