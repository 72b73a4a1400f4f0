import * as v from 'valibot'
import type { Instrument } from '../../../../src-shared/instrument'
import { instrumentId } from '../../../../src-shared/instrument'
import { instrumentIdSchema } from '../../../../src-shared/watchlist'
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

/** Reads `GET /products`. Entries that cannot be read, or whose names cannot be kept in a watchlist, are left out. */
export function readProducts(
  text: string
): { readonly instruments: readonly Instrument[] } | { readonly reason: string } {
  let answer: unknown
  try {
    answer = JSON.parse(text)
  } catch {
    return { reason: 'the list of products is no JSON' }
  }
  if (!Array.isArray(answer)) return { reason: 'the list of products is no list' }
  const instruments = answer.flatMap((entry: unknown) => instrumentOf(entry) ?? [])
  return instruments.length > 0
    ? { instruments }
    : { reason: 'the list of products holds none that can be read' }
}

function instrumentOf(entry: unknown): Instrument | undefined {
  const wire = v.safeParse(wireProduct, entry)
  if (!wire.success) return undefined
  const { id, base_currency: base, quote_currency: quote, status } = wire.output
  const price = gridOfIncrement(wire.output.quote_increment)
  const size = gridOfIncrement(wire.output.base_increment)
  if (!price || !size || !v.is(instrumentIdSchema, instrumentId('coinbase', id))) return undefined
  const isDisabled = wire.output.trading_disabled === true || wire.output.cancel_only === true
  return spot('coinbase', id, { base, quote, price, size, trading: tradingOf(status, isDisabled) })
}

export const guess = (symbol: string): Instrument => guessSpot('coinbase', symbol)
