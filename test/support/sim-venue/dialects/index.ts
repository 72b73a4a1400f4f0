import type { Dialect } from '../dialect'
import { binanceCoinmDialect, binanceSpotDialect, binanceUsdmDialect } from './binance'
import { bitfinexDialect } from './bitfinex'
import { bitstampDialect } from './bitstamp'
import { bybitDialects } from './bybit'
import { coinbaseDialect } from './coinbase'
import { coinbaseAdvancedDialect } from './coinbase-advanced'
import { deribitDialect } from './deribit'
import { gateDialects } from './gate'
import { hyperliquidDialect } from './hyperliquid'
import { krakenDialect } from './kraken'
import { krakenFuturesDialect } from './kraken-futures'
import { kucoinDialect } from './kucoin'
import { okxDialect } from './okx'
import { simulatedDialect } from './simulated'

/** Every venue's words. */
export const dialects: readonly Dialect[] = [
  simulatedDialect,
  binanceSpotDialect,
  binanceUsdmDialect,
  binanceCoinmDialect,
  ...bybitDialects,
  okxDialect,
  deribitDialect,
  krakenDialect,
  krakenFuturesDialect,
  coinbaseDialect,
  coinbaseAdvancedDialect,
  hyperliquidDialect,
  bitfinexDialect,
  bitstampDialect,
  ...gateDialects,
  kucoinDialect
]

export function dialectOf(venue: string): Dialect {
  const dialect = dialects.find((it) => it.venue.spec.id === venue)
  if (!dialect) throw new RangeError(`there is no dialect of ${venue}`)
  return dialect
}
