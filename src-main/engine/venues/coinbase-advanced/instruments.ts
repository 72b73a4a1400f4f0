import * as v from 'valibot'
import type { Instrument } from '../../../../src-shared/instrument'
import { millis } from '../../../../src-shared/units'
import { gridOfIncrement, guessSpot, spot, tradingOf } from '../../dialects/coinbase/product'
import { readEntries, valueAt } from '../../dialects/listing'

const wireProduct = v.object({
  product_id: v.string(),
  product_type: v.optional(v.string()),
  base_currency_id: v.optional(v.string()),
  quote_currency_id: v.optional(v.string()),
  base_increment: v.string(),
  price_increment: v.optional(v.string()),
  quote_increment: v.string(),
  status: v.optional(v.string()),
  trading_disabled: v.optional(v.boolean()),
  is_disabled: v.optional(v.boolean()),
  cancel_only: v.optional(v.boolean()),
  /** The product whose book this one shows: `BTC-USD` of `BTC-USDC`. */
  alias: v.optional(v.string()),
  future_product_details: v.nullish(
    v.object({
      contract_root_unit: v.optional(v.string()),
      contract_size: v.optional(v.string()),
      contract_expiry: v.optional(v.string())
    })
  )
})
type WireProduct = v.InferOutput<typeof wireProduct>

/** Reads `market/products`. Products that show another's book under a second name are left out: the feed speaks of that other one. */
export const readProducts = (text: string) =>
  readEntries(text, (answer) => valueAt(answer, 'products'), wireProduct, instrumentOf)

function instrumentOf(wire: WireProduct): Instrument | undefined {
  const price = gridOfIncrement(wire.price_increment ?? wire.quote_increment)
  const size = gridOfIncrement(wire.base_increment)
  if (!price || !size || (wire.alias && wire.alias !== wire.product_id)) return undefined
  const isDisabled = [wire.trading_disabled, wire.is_disabled, wire.cancel_only].includes(true)
  const [base = '?', quote = '?'] = wire.product_id.split('-')
  const product = spot('coinbase-advanced', wire.product_id, {
    base: wire.base_currency_id || base,
    quote: wire.quote_currency_id || quote,
    ...{ price, size, trading: tradingOf(wire.status, isDisabled) }
  })
  return wire.product_type === 'FUTURE' ? future(product, wire) : product
}

/** Sizes of futures are contracts of `contract_size` units of base. Perpetuals have an expiry far away or none. */
function future(
  product: Instrument,
  { quote_currency_id: quote, future_product_details: details }: WireProduct
): Instrument | undefined {
  const of = Number(details?.contract_size)
  const expiresAt = Date.parse(details?.contract_expiry ?? '')
  if (!(of > 0)) return undefined
  return {
    ...product,
    product: 'linear',
    base: details?.contract_root_unit || product.base,
    quote: quote || 'USD',
    contract: { of, currency: 'base' },
    ...(expiresAt > 0 ? { expiresAt: millis(expiresAt) } : {})
  }
}

/**
 * A pair, or else a future (`BIT-28NOV25-CDE`, `BTC-PERP-INTX`), whose name tells neither what it stands on (BIT is bitcoin) nor what a contract is worth (0.01 of
 * it): unknown, never guessed, and so is every figure in coins and money.
 */
export function guess(symbol: string): Instrument {
  const guessed = guessSpot('coinbase-advanced', symbol)
  if (symbol.split('-').length <= 2) return guessed
  return {
    ...guessed,
    ...{ product: 'linear', base: '?', quote: '?' },
    // Contracts. Where parts of one can be traded the grid is refined.
    size: { decimals: 0, step: 1 },
    contract: { of: NaN, currency: 'base' }
  }
}
