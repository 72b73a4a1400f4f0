import { bybit } from '../../dialects/bybit/venue'

/** Trades come for all options of a base currency at once, so leaving one symbol leaves them on. */
const trades = (symbol: string) => `publicTrade.${symbol.split('-')[0]}`

export const bybitOption = bybit({
  category: 'option',
  product: 'option',
  title: 'Bybit options',
  code: 'BYBO',
  depth: 100,
  topics: (symbol) => [`tickers.${symbol}`, trades(symbol)],
  ownTopics: (symbol) => [`tickers.${symbol}`],
  // Without it the venue lists those of BTC alone.
  listQuery: '&baseCoin=All',
  price: { decimals: 0, step: 5 },
  size: { decimals: 2, step: 1 }
})
