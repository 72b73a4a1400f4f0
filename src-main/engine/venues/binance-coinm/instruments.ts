import type { Instrument } from '../../../../src-shared/instrument'
import { instrumentId } from '../../../../src-shared/instrument'
import { ticks } from '../../../../src-shared/units'
import { nameOf } from '../../dialects/binance/symbol-name'

/** An instrument whose steps nobody told us, refined by what arrives. A contract is worth 100 dollars on bitcoin and 10 on all else. */
export function guess(symbol: string): Instrument {
  const name = nameOf(symbol, ['USD'])
  return {
    id: instrumentId('binance-coinm', symbol),
    venue: 'binance-coinm',
    symbol,
    ...name,
    product: 'inverse',
    price: { decimals: 1, step: 1 },
    tickSize: ticks(1),
    size: { decimals: 0, step: 1 },
    contract: { of: name.base === 'BTC' ? 100 : 10, currency: 'quote' },
    trading: 'trading',
    simulated: false
  }
}
