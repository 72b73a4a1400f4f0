import * as v from 'valibot'
import type { Instrument, Trading } from '../../../../src-shared/instrument'
import { gridOf, instrumentId } from '../../../../src-shared/instrument'
import { ticks } from '../../../../src-shared/units'
import type { Listing } from '../../dialects/listing'
import { readEntries } from '../../dialects/listing'

/** An entry of `GET /futures/usdt/contracts`. `status` came in 2025. */
const wireContract = v.object({
  name: v.string(),
  order_price_round: v.string(),
  quanto_multiplier: v.string(),
  in_delisting: v.optional(v.boolean()),
  position_size: v.optional(v.union([v.number(), v.string()])),
  status: v.optional(v.string())
})
type WireContract = v.InferOutput<typeof wireContract>

export const readListing = (text: string): Listing =>
  readEntries(text, (answer) => answer, wireContract, instrumentOf)

function instrumentOf(wire: WireContract): Instrument | undefined {
  const price = gridOf(wire.order_price_round)
  const multiplier = Number(wire.quanto_multiplier)
  if (!price || !(multiplier > 0 && Number.isFinite(multiplier))) return undefined
  const contract = { of: multiplier, currency: 'base' } as const
  return { ...guess(wire.name), price, contract, trading: tradingOf(wire) }
}

/**
 * A contract whose steps nobody told us: refined by what arrives. What one contract stands for cannot be guessed (0.0001 of BTC, 10^8 of PEPE): unknown, and
 * so is every figure in money.
 */
export function guess(symbol: string): Instrument {
  const [base = symbol, quote = 'USDT'] = symbol.split('_')
  return {
    id: instrumentId('gate-futures', symbol),
    venue: 'gate-futures',
    symbol,
    base,
    quote,
    product: 'linear',
    settle: 'USDT',
    price: { decimals: 1, step: 1 },
    tickSize: ticks(1),
    // Contracts. Where parts of one can be traded the grid is refined.
    size: { decimals: 0, step: 1 },
    contract: { of: NaN, currency: 'base' },
    trading: 'trading',
    simulated: false
  }
}

/** Without a `status`: what is being delisted and held by nobody has gone. */
function tradingOf({ status, in_delisting = false, position_size }: WireContract): Trading {
  if (status === 'delisted') return 'delisted'
  if (status === 'prelaunch' || status === 'circuit_breaker') return 'halted'
  return status === undefined && in_delisting && Number(position_size) === 0 ? 'delisted' : 'trading'
}
