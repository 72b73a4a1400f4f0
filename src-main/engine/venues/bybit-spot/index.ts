import { bybit } from '../../dialects/bybit/venue'

const topics = (symbol: string) => [`orderbook.1.${symbol}`, `publicTrade.${symbol}`]

export const bybitSpot = bybit({
  category: 'spot',
  product: 'spot',
  title: 'Bybit spot',
  code: 'BYB',
  depth: 1000,
  topics,
  ownTopics: topics,
  price: { decimals: 1, step: 1 },
  size: { decimals: 6, step: 1 }
})
