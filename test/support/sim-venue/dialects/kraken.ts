import { Crc32 } from '../../../../src-main/engine/dialects/crc32'
import { kraken } from '../../../../src-main/engine/venues/kraken/index'
import type { Deal, Dialect, Listing } from '../dialect'
import { isoOf, parsed, printsOf, textOf } from '../dialect'
import type { Level, Truth } from '../truth'

/** How a Kraken writes its prices. */
export interface Script {
  /** Decimals more than its listings have. */
  extraDecimals: number
}

/** Checksummed over the best ten: https://docs.kraken.com/api/docs/guides/spot-ws-book-v2 */
export const krakenWriting = (script: Script): Dialect => ({
  venue: kraken,
  listings: [
    { symbol: 'BTC/USD', base: 'BTC', quote: 'USD', price: 1, size: 8 },
    { symbol: 'ETH/USD', base: 'ETH', quote: 'USD', price: 2, size: 8 }
  ],
  view: 1_000,
  ids: 'one',
  fallsSilently: true,
  proven: 10,
  numbersDeals: 'each',
  line({ say, market }) {
    const books = new Set<string>()
    const prints = new Set<string>()
    const told = (type: string, deals: readonly Deal[], stream?: string) => {
      const data = deals.map((it) => rowOf(it, market.listing(it.symbol)!, script)).join(',')
      say(`{"channel":"trade","type":"${type}","data":[${data}]}`, stream)
    }
    // JSON numbers, with the zeros that JSON.stringify would leave out.
    const rows = (levels: readonly Level[], listing: Listing) =>
      levels
        .map(([p, s]) => `{"price":${priceText(p, listing, script)},"qty":${textOf(s, listing.size)}}`)
        .join(',')
    const book = (type: string, truth: Truth, bids: readonly Level[], asks: readonly Level[]) => {
      const { symbol, at } = truth
      const listing = market.listing(symbol)!
      const sides = `"bids":[${rows(bids, listing)}],"asks":[${rows(asks, listing)}]`
      const tail = `"checksum":${sumOf(truth, listing, script)},"timestamp":"${isoOf(at)}"`
      say(`{"channel":"book","type":"${type}","data":[{"symbol":"${symbol}",${sides},${tail}}]}`, symbol)
    }
    return {
      books,
      hear(text) {
        const { method, params, req_id } = parsed(text) as {
          method: string
          params: { channel: string; symbol?: string[]; depth?: number; snapshot?: boolean }
          req_id: number
        }
        if (params.channel === 'instrument') {
          const pairs = market.listings.map(({ symbol, price, size }) => ({
            ...{
              symbol,
              status: 'online',
              price_precision: price + script.extraDecimals,
              qty_precision: size
            }
          }))
          say({ channel: 'instrument', type: 'snapshot', data: { assets: [], pairs } })
        }
        for (const symbol of params.symbol ?? []) {
          const { channel, depth, snapshot = true } = params
          say({ method, req_id, success: true, result: { channel, symbol, depth, snapshot: true } })
          if (channel === 'trade') {
            if (method !== 'subscribe') prints.delete(symbol)
            else prints.add(symbol)
            if (method === 'subscribe' && snapshot) told('snapshot', market.recent(symbol))
          }
          if (channel !== 'book') continue
          if (method === 'subscribe') books.add(symbol)
          else books.delete(symbol)
          const truth = market.truth(symbol)!
          if (method === 'subscribe') book('snapshot', truth, truth.bids, truth.asks)
        }
      },
      step({ symbol, bids, asks }) {
        book('update', market.truth(symbol)!, bids, asks)
      },
      trade(deal) {
        if (prints.has(deal.symbol)) told('update', [deal], printsOf(deal.symbol))
      },
      beat() {
        if (books.size > 0) say({ channel: 'heartbeat' })
      }
    }
  },
  answer: (_url, _post, market) => ({
    error: [],
    result: Object.fromEntries(
      market.listings.map(({ symbol, price, size }) => [
        symbol.replace('/', ''),
        {
          wsname: symbol,
          pair_decimals: price + script.extraDecimals,
          lot_decimals: size,
          tick_size: textOf(1, price + script.extraDecimals),
          status: 'online'
        }
      ])
    )
  })
})

/** Its prices have no more decimals than its listings do. */
export const krakenDialect: Dialect = krakenWriting({ extraDecimals: 0 })

const priceText = (units: number, { price }: Listing, { extraDecimals }: Script): string =>
  textOf(units * 10 ** extraDecimals, price + extraDecimals)

function rowOf({ symbol, id, price, size, aggressor, at }: Deal, listing: Listing, script: Script): string {
  const money = `"price":${priceText(price, listing, script)},"qty":${textOf(size, listing.size)}`
  return `{"symbol":"${symbol}","side":"${aggressor}",${money},"ord_type":"limit","trade_id":${id},"timestamp":"${isoOf(at)}"}`
}

/** Of the best ten asks, then bids: price and size without point and leading zeros. */
function sumOf({ bids, asks }: Truth, listing: Listing, script: Script): number {
  const digits = (levels: readonly Level[]) =>
    levels
      .slice(0, 10)
      .flatMap(([p, s]) => [priceText(p, listing, script), textOf(s, listing.size)])
      .map((text) => text.replace('.', '').replace(/^0+/, ''))
      .join('')
  const crc = new Crc32()
  for (const letter of Buffer.from(digits(asks) + digits(bids))) crc.byte(letter)
  return crc.value
}
