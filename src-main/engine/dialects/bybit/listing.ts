import * as v from 'valibot'
import type { Instrument, Product, Trading, VenueId } from '../../../../src-shared/instrument'
import { gridOf, instrumentId } from '../../../../src-shared/instrument'
import { millis, ticks } from '../../../../src-shared/units'
import { instrumentIdSchema } from '../../../../src-shared/watchlist'
import type { Request } from '../../venues/venue'
import { jsonOf } from '../json'
import { shortened } from '../words'

const wireInstrument = v.object({
  symbol: v.string(),
  baseCoin: v.string(),
  quoteCoin: v.string(),
  settleCoin: v.optional(v.string()),
  status: v.string(),
  contractType: v.optional(v.string()),
  optionsType: v.optional(v.string()),
  deliveryTime: v.optional(v.string()),
  priceFilter: v.object({ tickSize: v.string() }),
  /** Spot has a precision, the others a step. */
  lotSizeFilter: v.object({ qtyStep: v.optional(v.string()), basePrecision: v.optional(v.string()) })
})
type WireInstrument = v.InferOutput<typeof wireInstrument>

const wireList = v.object({
  retCode: v.number(),
  retMsg: v.optional(v.string(), ''),
  result: v.object({ list: v.optional(v.array(v.unknown())), nextPageCursor: v.nullish(v.string()) })
})

/** Reads one page of `instruments-info`. Entries that cannot be read, or whose names cannot be kept in a watchlist, are left out. */
export function readListing(
  text: string,
  request: Request,
  venue: VenueId,
  product: Product
): { readonly instruments: readonly Instrument[]; readonly next?: Request } | { readonly reason: string } {
  const answer = jsonOf(text)
  if (answer === undefined) return { reason: 'the list of instruments is no JSON' }
  const page = v.safeParse(wireList, answer)
  if (!page.success) return { reason: 'the list of instruments has no entries' }
  const { retCode, retMsg, result } = page.output
  if (retCode !== 0) return { reason: shortened(`${retCode} ${retMsg}`) }
  if (!result.list) return { reason: 'the list of instruments has no entries' }
  const instruments: Instrument[] = []
  for (const entry of result.list) {
    const wire = v.safeParse(wireInstrument, entry)
    const instrument = wire.success ? instrumentOf(wire.output, venue, product) : undefined
    if (instrument) instruments.push(instrument)
  }
  const cursor = result.nextPageCursor ?? ''
  return cursor === '' ? { instruments } : { instruments, next: nextPage(request, cursor) }
}

function nextPage(request: Request, cursor: string): Request {
  const url = new URL(request.url)
  url.searchParams.set('cursor', cursor)
  return { ...request, url: url.href }
}

function instrumentOf(wire: WireInstrument, venue: VenueId, product: Product): Instrument | undefined {
  const price = gridOf(wire.priceFilter.tickSize)
  const size = gridOf(wire.lotSizeFilter.qtyStep ?? wire.lotSizeFilter.basePrecision ?? '')
  const id = instrumentId(venue, wire.symbol)
  const option = product === 'option' ? optionOf(wire) : undefined
  const isOption = product === 'option'
  if (!price || !size || !v.is(instrumentIdSchema, id) || (isOption && !option)) return undefined
  const delivery = Number(wire.deliveryTime)
  const isDated = isOption || (product !== 'spot' && !wire.contractType?.endsWith('Perpetual'))
  return {
    id,
    venue,
    symbol: wire.symbol,
    base: wire.baseCoin,
    quote: wire.quoteCoin,
    product,
    ...(isDated && delivery > 0 ? { expiresAt: millis(delivery) } : {}),
    ...(option ? { option } : {}),
    ...(wire.settleCoin ? { settle: wire.settleCoin } : {}),
    price,
    tickSize: ticks(1),
    size,
    // An inverse contract is worth one unit of quote money.
    contract: { of: 1, currency: product === 'inverse' ? 'quote' : 'base' },
    trading: tradingOf(wire.status),
    simulated: false
  }
}

/** The strike stands in the symbol alone: `BTC-30JUN25-100000-C`. */
function optionOf({ symbol, optionsType, quoteCoin }: WireInstrument): Instrument['option'] {
  const strike = Number(symbol.split('-')[2])
  const kind = optionsType === 'Call' ? 'call' : optionsType === 'Put' ? 'put' : undefined
  return kind && strike > 0 ? { strike, strikeCurrency: quoteCoin, kind } : undefined
}

/** `PreLaunch`, `Settling` and `Delivering` stand still. */
function tradingOf(status: string): Trading {
  if (status === 'Trading') return 'trading'
  return status === 'Closed' ? 'delisted' : 'halted'
}
