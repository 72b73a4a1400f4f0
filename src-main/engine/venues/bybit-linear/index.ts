import { bybit } from '../../dialects/bybit/venue'

const topics = (symbol: string) => [
  `orderbook.1.${symbol}`,
  `publicTrade.${symbol}`,
  `tickers.${symbol}`,
  `allLiquidation.${symbol}`
]

export const bybitLinear = bybit({
  category: 'linear',
  product: 'linear',
  title: 'Bybit linear',
  code: 'BYBL',
  depth: 1000,
  topics,
  ownTopics: topics,
  price: { decimals: 1, step: 1 },
  size: { decimals: 3, step: 1 }
})
