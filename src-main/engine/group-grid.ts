import type { Grid, Instrument } from '../../src-shared/instrument'
import { baseOf, valueOn } from '../../src-shared/instrument'
import { lots, ticks } from '../../src-shared/units'
import type { Group } from '../../src-shared/watchlist'
import { groupVenue } from '../../src-shared/watchlist'
import type { Conversion } from './book/aggregated-book'

/** Decimals of base currency that contracts worth quote money are counted in. */
const inverseDecimals = 8

/** A group as an instrument: prices on the coarsest grid of its members, sizes in base currency. Undefined without a known member. */
export function groupInstrument(group: Group, members: readonly Instrument[]): Instrument | undefined {
  const first = members[0]
  if (!first) return undefined
  const coarsest = members.reduce((one, other) => (tickOf(other) > tickOf(one) ? other : one))
  const price: Grid = { ...coarsest.price, step: coarsest.price.step * coarsest.tickSize }
  const products = new Set(members.map((it) => it.product))
  return {
    id: group.id,
    venue: groupVenue,
    symbol: group.name,
    base: first.base,
    quote: [...new Set(members.map((it) => it.quote))].join('+'),
    product: products.size === 1 ? first.product : 'linear',
    price,
    tickSize: ticks(1),
    size: { decimals: Math.max(...members.map(baseDecimals)), step: 1 },
    contract: { of: 1, currency: 'base' },
    trading: 'trading',
    simulated: members.some((it) => it.simulated),
    members: members.map((it) => it.id)
  }
}

const tickOf = ({ price, tickSize }: Instrument): number => valueOn(price, tickSize)

/** Decimals that hold a member's sizes in base currency exactly, where they can be. */
function baseDecimals({ contract, size }: Instrument): number {
  if (contract.currency === 'quote') return inverseDecimals
  let decimals = size.decimals
  for (let of = contract.of; decimals < 12 && !Number.isInteger(of); of *= 10) decimals++
  return decimals
}

/** From a member's ticks and lots to the group's. `member` is asked anew: its grids may get finer. */
export function conversionOf(group: Instrument, member: () => Instrument): Conversion {
  const step = valueOn(group.price, 1)
  const lot = valueOn(group.size, 1)
  return {
    price(side, price) {
      const steps = valueOn(member().price, price) / step
      const nearest = Math.round(steps)
      // Decimal prices on the group's own grid must not slip a step for a rounding error.
      if (Math.abs(steps - nearest) < 1e-6) return nearest
      return side === 'bids' ? Math.floor(steps) : Math.ceil(steps)
    },
    lots: (price, size) => Math.round(baseOf(member(), ticks(price), lots(size)) / lot)
  }
}
