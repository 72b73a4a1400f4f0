import * as v from 'valibot'
import { jsonOf } from '../../dialects/json'
import type { ReferenceSource } from '../venue'

/** A decimal as the venue writes it; an empty text is a figure that it does not have. */
const figure = v.optional(
  v.pipe(
    v.string(),
    v.transform((text) => (/^-?\d+(\.\d+)?$/.test(text) ? Number(text) : NaN))
  ),
  ''
)
const perpetual = v.object({ funding_rate: figure, open_interest: figure })
const product = v.object({
  product_id: v.string(),
  future_product_details: v.object({
    ...{ index_price: figure, funding_rate: figure, open_interest: figure },
    perpetual_details: v.nullish(perpetual)
  })
})

/**
 * Index, funding and open interest of a future: no channel tells them. Perpetuals of the international exchange have the last two in `perpetual_details`, those of
 * the American one beside it. Open interest is in contracts. `funding_time` is not read: whether it is the next one's or the last one's is not said anywhere.
 */
export const asked: ReferenceSource = {
  isAlone: true,
  what: 'index, funding and open interest',
  request: (symbol, { rest }) => ({
    url: `${rest}/market/products/${encodeURIComponent(symbol)}`,
    weight: 1
  }),
  read(bytes, { instrument }) {
    const told = v.safeParse(product, jsonOf(bytes))
    if (!told.success || told.output.product_id !== instrument.symbol) return undefined
    const { index_price: index, perpetual_details, ...beside } = told.output.future_product_details
    const known = (one: number | undefined, other: number) => (Number.isNaN(one ?? NaN) ? other : one!)
    const funding = known(perpetual_details?.funding_rate, beside.funding_rate)
    const contracts = known(perpetual_details?.open_interest, beside.open_interest)
    if ([index, funding, contracts].every(Number.isNaN)) return undefined
    return { index, funding, openInterest: contracts * instrument.contract.of }
  }
}
