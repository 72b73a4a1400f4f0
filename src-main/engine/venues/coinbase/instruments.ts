import * as v from 'valibot'
import type { Instrument } from '../../../../src-shared/instrument'
import type { Listing } from '../../dialects/listing'
import { readEntries } from '../../dialects/listing'
import { gridOfIncrement, guessSpot, spot, tradingOf } from '../../dialects/coinbase/product'

const wireProduct = v.object({
  id: v.string(),
  base_currency: v.string(),
  quote_currency: v.string(),
  quote_increment: v.string(),
  base_increment: v.string(),
  status: v.optional(v.string()),
  trading_disabled: v.optional(v.boolean()),
  cancel_only: v.optional(v.boolean())
})

/** Reads `GET /products`. */
export const readProducts = (text: string): Listing =>
  readEntries(text, (answer) => answer, wireProduct, instrumentOf)

function instrumentOf(wire: v.InferOutput<typeof wireProduct>): Instrument | undefined {
  const { id, base_currency: base, quote_currency: quote, status } = wire
  const price = gridOfIncrement(wire.quote_increment)
  const size = gridOfIncrement(wire.base_increment)
  if (!price || !size) return undefined
  const isDisabled = wire.trading_disabled === true || wire.cancel_only === true
  return spot('coinbase', id, { base, quote, price, size, trading: tradingOf(status, isDisabled) })
}

export const guess = (symbol: string): Instrument => guessSpot('coinbase', symbol)
