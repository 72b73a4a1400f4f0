import { plain } from '../../src-shared/format'
import { symbolOf, venueOf, type InstrumentId } from '../../src-shared/instrument'
import { groupVenue } from '../../src-shared/watchlist'
import type { Market } from '../state/market'

/** How an instrument is named in a narrow place. All of it is made safe to show. */
export interface Name {
  readonly symbol: string
  /** The venue in at most four letters. */
  readonly code: string
  /** `perp`, `spot` and the like; empty while the instrument is unknown. */
  readonly product: string
  readonly simulated: boolean
  /** `BTCUSDT perp, Binance USD-M` for tips and screen readers. */
  readonly full: string
}

export function nameOf(market: Market, id: InstrumentId): Name {
  const instrument = market.instrument(id)
  const venue = market.venue(venueOf(id))
  const symbol = plain(instrument?.symbol ?? symbolOf(id), 24)
  const product = instrument ? productOf(instrument.product, instrument.expiresAt !== undefined) : ''
  const title = venue?.title ?? plain(venueOf(id), 24)
  const simulated = instrument?.simulated ?? venue?.simulated ?? false
  if (venueOf(id) === groupVenue) {
    const of = instrument?.members ? `sum of ${instrument.members.length} books` : 'sum of several books'
    return { symbol, code: 'SUM', product, simulated, full: `${symbol}, ${of}${simulated ? ', SIM' : ''}` }
  }
  return {
    symbol,
    code: venue?.code ?? plain(venueOf(id), 4).toUpperCase(),
    product,
    simulated,
    full: `${product ? `${symbol} ${product}` : symbol}, ${title}${simulated ? ', SIM' : ''}`
  }
}

function productOf(product: string, dated: boolean): string {
  if (product === 'spot' || product === 'option') return product
  return dated ? 'future' : 'perp'
}
