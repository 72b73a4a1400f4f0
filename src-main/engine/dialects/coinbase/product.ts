import type { Grid, Instrument, Trading, VenueId } from '../../../../src-shared/instrument'
import { gridOf, instrumentId } from '../../../../src-shared/instrument'
import { ticks } from '../../../../src-shared/units'

export interface SpotProduct {
  readonly base: string
  readonly quote: string
  readonly price: Grid
  readonly size: Grid
  readonly trading: Trading
}

/** A spot product of either Coinbase feed. */
export function spot(venue: VenueId, symbol: string, product: SpotProduct): Instrument {
  return {
    id: instrumentId(venue, symbol),
    venue,
    symbol,
    product: 'spot',
    tickSize: ticks(1),
    contract: { of: 1, currency: 'base' },
    simulated: false,
    ...product
  }
}

/** What a product's name says by itself, `BTC-USD`, on the steps of that one. */
export function guessSpot(venue: VenueId, symbol: string): Instrument {
  const [base = symbol, quote = '?'] = symbol.split('-')
  return spot(venue, symbol, {
    ...{ base, quote, price: { decimals: 2, step: 1 }, size: { decimals: 8, step: 1 } },
    trading: 'trading'
  })
}

/** The grid of an increment; undefined where it is none. */
export const gridOfIncrement = (increment: string | undefined): Grid | undefined => gridOf(increment ?? '')

/** Coinbase's words for a product's state. Everything but online and delisted (offline, internal, auction) is a halt. */
export function tradingOf(status: string | undefined, isDisabled: boolean): Trading {
  if (status === 'delisted') return 'delisted'
  return (status === 'online' || status === '' || status === undefined) && !isDisabled ? 'trading' : 'halted'
}
