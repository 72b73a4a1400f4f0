import * as v from 'valibot'
import type { Instrument } from '../../../../src-shared/instrument'
import { gridOf, instrumentId } from '../../../../src-shared/instrument'
import { ticks } from '../../../../src-shared/units'
import type { Listing } from '../../dialects/listing'
import { readEntries, valueAt } from '../../dialects/listing'

/** An entry of `GET /api/v2/symbols` (and of v1 before it). */
const wireSymbol = v.object({
  symbol: v.string(),
  baseCurrency: v.string(),
  quoteCurrency: v.string(),
  priceIncrement: v.string(),
  baseIncrement: v.string(),
  enableTrading: v.boolean()
})
type WireSymbol = v.InferOutput<typeof wireSymbol>

export const readListing = (text: string): Listing =>
  readEntries(text, (answer) => valueAt(answer, 'data'), wireSymbol, instrumentOf)

function instrumentOf(wire: WireSymbol): Instrument | undefined {
  const price = gridOf(wire.priceIncrement)
  const size = gridOf(wire.baseIncrement)
  if (!price || !size) return undefined
  return {
    ...guess(wire.symbol),
    base: wire.baseCurrency,
    quote: wire.quoteCurrency,
    price,
    size,
    trading: wire.enableTrading ? 'trading' : 'halted'
  }
}

/** An instrument whose steps nobody told us: refined by what arrives. */
export function guess(symbol: string): Instrument {
  const [base = symbol, quote = '?'] = symbol.split('-')
  return {
    id: instrumentId('kucoin', symbol),
    venue: 'kucoin',
    symbol,
    base,
    quote,
    product: 'spot',
    price: { decimals: 1, step: 1 },
    tickSize: ticks(1),
    size: { decimals: 8, step: 1 },
    contract: { of: 1, currency: 'base' },
    trading: 'trading',
    simulated: false
  }
}
