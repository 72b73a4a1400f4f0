import { binanceCoinm } from './binance-coinm/index'
import { binanceSpot } from './binance-spot/index'
import { binanceUsdm } from './binance-usdm/index'
import { bitstamp } from './bitstamp/index'
import { deribit } from './deribit/index'
import { gateFutures } from './gate-futures/index'
import { gateSpot } from './gate-spot/index'
import { kraken } from './kraken/index'
import { krakenFutures } from './kraken-futures/index'
import { kucoin } from './kucoin/index'
import { bybitInverse } from './bybit-inverse/index'
import { bybitLinear } from './bybit-linear/index'
import { bybitOption } from './bybit-option/index'
import { bybitSpot } from './bybit-spot/index'
import { coinbase } from './coinbase/index'
import { okx } from './okx/index'
import { hyperliquid } from './hyperliquid/index'
import { bitfinex } from './bitfinex/index'
import { coinbaseAdvanced } from './coinbase-advanced/index'
import { simulated } from './simulated/index'
import type { Venue } from './venue'

/** What Steelyard speaks. A new venue is a folder and one word here. */
export const venues: readonly Venue[] = [
  binanceSpot,
  binanceUsdm,
  binanceCoinm,
  okx,
  bitstamp,
  gateSpot,
  gateFutures,
  kucoin,
  bybitSpot,
  bybitLinear,
  bybitInverse,
  bybitOption,
  deribit,
  coinbase,
  hyperliquid,
  bitfinex,
  coinbaseAdvanced,
  kraken,
  krakenFutures,
  simulated
]
