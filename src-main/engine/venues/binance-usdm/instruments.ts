import type { Instrument } from '../../../../src-shared/instrument'
import { instrumentId } from '../../../../src-shared/instrument'
import { ticks } from '../../../../src-shared/units'
import { nameOf } from '../../dialects/binance/symbol-name'

/** An instrument whose steps nobody told us: those of BTCUSDT, refined by what arrives. */
export function guess(symbol: string): Instrument {
  return {
    id: instrumentId('binance-usdm', symbol),
    venue: 'binance-usdm',
    symbol,
    ...nameOf(symbol),
    product: 'linear',
    price: { decimals: 1, step: 1 },
    tickSize: ticks(1),
    size: { decimals: 3, step: 1 },
    contract: { of: 1, currency: 'base' },
    trading: 'trading',
    simulated: false
  }
}
