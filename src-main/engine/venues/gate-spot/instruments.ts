import * as v from 'valibot'
import type { Instrument, Trading } from '../../../../src-shared/instrument'
import { instrumentId } from '../../../../src-shared/instrument'
import { ticks } from '../../../../src-shared/units'
import type { Listing } from '../../dialects/listing'
import { readEntries } from '../../dialects/listing'

const decimals = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(15))

/** An entry of `GET /spot/currency_pairs`. */
const wirePair = v.object({
  id: v.string(),
  base: v.string(),
  quote: v.string(),
  precision: decimals,
  amount_precision: decimals,
  trade_status: v.string()
})

export const readListing = (text: string): Listing =>
  readEntries(
    text,
    (answer) => answer,
    wirePair,
    ({ id, base, quote, precision, amount_precision, trade_status }) => ({
      ...pair(id, base, quote, precision, amount_precision),
      trading: tradingOf(trade_status)
    })
  )

/** An instrument whose steps nobody told us: refined by what arrives. */
export function guess(symbol: string): Instrument {
  const [base = symbol, quote = '?'] = symbol.split('_')
  return pair(symbol, base, quote, 1, 3)
}

const pair = (
  symbol: string,
  base: string,
  quote: string,
  priceDecimals: number,
  sizeDecimals: number
): Instrument => ({
  id: instrumentId('gate-spot', symbol),
  venue: 'gate-spot',
  symbol,
  base,
  quote,
  product: 'spot',
  price: { decimals: priceDecimals, step: 1 },
  tickSize: ticks(1),
  size: { decimals: sizeDecimals, step: 1 },
  contract: { of: 1, currency: 'base' },
  trading: 'trading',
  simulated: false
})

/** `buyable` and `sellable` trade one way only, and have a book. */
const tradingOf = (status: string): Trading => (status === 'untradable' ? 'halted' : 'trading')
