import type { Instrument } from '../../../../src-shared/instrument'
import { instrumentId } from '../../../../src-shared/instrument'
import { ticks } from '../../../../src-shared/units'
import { nameOf } from '../../dialects/binance/symbol-name'

/** An instrument whose steps nobody told us: those of BTCUSDT, refined by what arrives. */
export function guess(symbol: string): Instrument {
  return {
    id: instrumentId('binance-spot', symbol),
    venue: 'binance-spot',
    symbol,
    ...nameOf(symbol),
    product: 'spot',
    price: { decimals: 2, step: 1 },
    tickSize: ticks(1),
    size: { decimals: 5, step: 1 },
    contract: { of: 1, currency: 'base' },
    trading: 'trading',
    simulated: false
  }
}
