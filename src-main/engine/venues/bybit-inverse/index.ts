import { bybit } from '../../dialects/bybit/venue'

const topics = (symbol: string) => [
  `orderbook.1.${symbol}`,
  `publicTrade.${symbol}`,
  `tickers.${symbol}`,
  `allLiquidation.${symbol}`
]

export const bybitInverse = bybit({
  category: 'inverse',
  product: 'inverse',
  title: 'Bybit inverse',
  code: 'BYBI',
  depth: 1000,
  topics,
  ownTopics: topics,
  price: { decimals: 1, step: 5 },
  size: { decimals: 0, step: 1 }
})
