/** What a channel brings, and how many levels a side its book keeps in view. */
export interface Channel {
  readonly kind: 'book' | 'quote' | 'trades' | 'liquidations' | 'reference' | 'index'
  readonly window: number
}

const one = (kind: Channel['kind'], window = NaN): Channel => ({ kind, window })

/** Channels that are read straight from the bytes; all others are ordinary. */
export const channels: ReadonlyMap<string, Channel> = new Map([
  ['books', one('book', 400)],
  ['books-l2-tbt', one('book', 400)],
  ['books50-l2-tbt', one('book', 50)],
  ['bbo-tbt', one('quote')],
  ['trades', one('trades')],
  ['trades-all', one('trades')],
  ['liquidation-orders', one('liquidations')],
  ['mark-price', one('reference')],
  ['open-interest', one('reference')],
  ['funding-rate', one('reference')],
  ['opt-summary', one('reference')],
  ['index-tickers', one('index')]
])
