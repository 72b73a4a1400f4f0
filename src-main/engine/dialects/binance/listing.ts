import * as v from 'valibot'
import type { Grid, Instrument, Product, Trading, VenueId } from '../../../../src-shared/instrument'
import { gridOf, instrumentId } from '../../../../src-shared/instrument'
import type { Millis } from '../../../../src-shared/units'
import { millis, ticks } from '../../../../src-shared/units'
import { instrumentIdSchema } from '../../../../src-shared/watchlist'
import { jsonOf } from '../json'

const wireSymbol = v.object({
  symbol: v.string(),
  baseAsset: v.string(),
  quoteAsset: v.string(),
  status: v.optional(v.string()),
  /** COIN-M's word for `status`. */
  contractStatus: v.optional(v.string()),
  contractType: v.optional(v.string()),
  contractSize: v.optional(v.pipe(v.number(), v.finite(), v.gtValue(0))),
  deliveryDate: v.optional(v.number()),
  filters: v.array(
    v.object({ filterType: v.string(), tickSize: v.optional(v.string()), stepSize: v.optional(v.string()) })
  )
})
type WireSymbol = v.InferOutput<typeof wireSymbol>
const wireListing = v.object({ symbols: v.array(v.unknown()) })

/** Reads a Binance `exchangeInfo`. Entries that cannot be read, or whose names cannot be kept in a watchlist, are left out. */
export function readListing(
  text: string,
  venue: VenueId,
  product: Product
): { readonly instruments: readonly Instrument[] } | { readonly reason: string } {
  const answer = jsonOf(text)
  if (answer === undefined) return { reason: 'the list of instruments is no JSON' }
  const listing = v.safeParse(wireListing, answer)
  if (!listing.success) return { reason: 'the list of instruments has no symbols' }
  const instruments: Instrument[] = []
  for (const entry of listing.output.symbols) {
    const wire = v.safeParse(wireSymbol, entry)
    const instrument = wire.success ? instrumentOf(wire.output, venue, product) : undefined
    if (instrument) instruments.push(instrument)
  }
  if (instruments.length === 0) return { reason: 'the list of instruments holds none that can be read' }
  return { instruments }
}

function instrumentOf(wire: WireSymbol, venue: VenueId, product: Product): Instrument | undefined {
  const price = stepOf(wire, 'PRICE_FILTER')
  const size = stepOf(wire, 'LOT_SIZE')
  const id = instrumentId(venue, wire.symbol)
  if (!price || !size || !v.is(instrumentIdSchema, id)) return undefined
  if (product === 'inverse' && wire.contractSize === undefined) return undefined
  const expiresAt = product === 'spot' ? undefined : expiryOf(wire)
  return {
    id,
    venue,
    symbol: wire.symbol,
    base: wire.baseAsset,
    quote: wire.quoteAsset,
    product,
    ...(expiresAt === undefined ? {} : { expiresAt }),
    price,
    tickSize: ticks(1),
    size,
    contract:
      product === 'inverse' ? { of: wire.contractSize!, currency: 'quote' } : { of: 1, currency: 'base' },
    trading: tradingOf(wire.status ?? wire.contractStatus),
    simulated: false
  }
}

/** Contracts that are listed on though their positions are settled, delivered or closed: they never trade again. */
const over: ReadonlySet<string | undefined> = new Set(['SETTLING', 'DELIVERED', 'CLOSE'])

/** A spot `BREAK` may be a pause or the end: the venue makes no difference ("Explanation on Symbol Status"), and so it is a halt. */
const tradingOf = (status: string | undefined): Trading =>
  status === 'TRADING' ? 'trading' : over.has(status) ? 'delisted' : 'halted'

/** Perpetuals are listed with a delivery in the year 2100. */
const NEVER = Date.UTC(2100, 0)

function expiryOf({ contractType, deliveryDate }: WireSymbol): Millis | undefined {
  const isDated = !contractType?.endsWith('PERPETUAL') && deliveryDate !== undefined && deliveryDate < NEVER
  return isDated ? millis(deliveryDate) : undefined
}

function stepOf({ filters }: WireSymbol, type: 'PRICE_FILTER' | 'LOT_SIZE'): Grid | undefined {
  const filter = filters.find(({ filterType }) => filterType === type)
  return gridOf((type === 'LOT_SIZE' ? filter?.stepSize : filter?.tickSize) ?? '')
}
