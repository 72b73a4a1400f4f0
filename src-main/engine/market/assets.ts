export type Asset = 'BTC' | 'ETH' | 'SOL' | 'DOGE'

export interface AssetTraits {
  readonly name: Asset
  /** Reference price in quote money, about which the hidden price is pulled home. */
  readonly price: number
  /** Volatility in bps per square root of a second, at regime active. */
  readonly volBps: number
  /** Correlation with the market's common factor. */
  readonly beta: number
}

export const assets: readonly AssetTraits[] = [
  { name: 'BTC', price: 61800, volBps: 1.1, beta: 1 },
  { name: 'ETH', price: 2682, volBps: 0.95, beta: 0.8 },
  { name: 'SOL', price: 151, volBps: 1.1, beta: 0.7 },
  { name: 'DOGE', price: 0.1012, volBps: 1.3, beta: 0.7 }
]
