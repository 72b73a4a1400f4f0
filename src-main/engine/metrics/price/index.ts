import type { Touch } from '../../book/changes'
import type { Metric } from '../metric'

/** Halfway between the touches, ticks. */
export const midOf = ({ bid, ask }: Readonly<Touch>): number => (bid + ask) / 2

/** The weighted mid, ticks: each touch's price weighted by the size on the other side. */
export const micropriceOf = ({ bid, bidSize, ask, askSize }: Readonly<Touch>): number =>
  (bidSize * ask + askSize * bid) / (bidSize + askSize)

export const price: Metric = {
  spec: {
    id: 'price',
    title: 'Price',
    always: true,
    needs: ['book'],
    fields: [
      { id: 'mid', title: 'Mid', unit: 'price' },
      { id: 'microprice', title: 'Microprice', unit: 'price' },
      { id: 'offset', title: 'Microprice offset', unit: 'bps', signed: true }
    ],
    explains:
      'Mid is (bid + ask) / 2. Microprice is the weighted mid (bid size × ask + ask size × bid) / (bid size + ask size): it leans towards the thinner side. ' +
      'Offset is microprice less mid in bps of the mid. Source: Stoikov 2018, "The micro-price", Quantitative Finance 18(12), there as the weighted mid.'
  },
  start: ({ book }) => ({
    sample(_at, into, from) {
      const mid = midOf(book.touch)
      const microprice = micropriceOf(book.touch)
      into[from] = mid
      into[from + 1] = microprice
      // Combinations trade around 0 and below, where bps mean nothing.
      into[from + 2] = mid > 0 ? ((microprice - mid) / mid) * 10_000 : NaN
    }
  })
}
