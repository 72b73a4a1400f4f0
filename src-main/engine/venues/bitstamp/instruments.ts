import * as v from 'valibot'
import type { Instrument } from '../../../../src-shared/instrument'
import { instrumentId } from '../../../../src-shared/instrument'
import { ticks } from '../../../../src-shared/units'
import type { Listing } from '../../dialects/listing'
import { readEntries } from '../../dialects/listing'

const decimals = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(15))

/** An entry of `GET /api/v2/trading-pairs-info/`. */
const wirePair = v.object({
  name: v.pipe(v.string(), v.includes('/')),
  url_symbol: v.string(),
  base_decimals: decimals,
  counter_decimals: decimals,
  trading: v.string()
})

export const readListing = (text: string): Listing =>
  readEntries(
    text,
    (answer) => answer,
    wirePair,
    ({ name, url_symbol, base_decimals, counter_decimals, trading }) => {
      const [base = '', quote = ''] = name.split('/')
      return {
        ...guess(url_symbol),
        base,
        quote,
        price: { decimals: counter_decimals, step: 1 },
        size: { decimals: base_decimals, step: 1 },
        trading: trading === 'Enabled' ? 'trading' : 'halted'
      }
    }
  )

const usualQuotes = ['USDT', 'USDC', 'USD', 'EUR', 'GBP', 'BTC', 'ETH', 'PAX']

/** An instrument whose steps nobody told us: those of btcusd, refined by what arrives. Names have no seam between base and quote. */
export function guess(symbol: string): Instrument {
  const name = symbol.toUpperCase()
  const quote = usualQuotes.find((ending) => name.endsWith(ending) && name.length > ending.length)
  return {
    id: instrumentId('bitstamp', symbol),
    venue: 'bitstamp',
    symbol,
    base: quote ? name.slice(0, -quote.length) : name,
    quote: quote ?? '?',
    product: 'spot',
    price: { decimals: 2, step: 1 },
    tickSize: ticks(1),
    size: { decimals: 8, step: 1 },
    contract: { of: 1, currency: 'base' },
    trading: 'trading',
    simulated: false
  }
}
