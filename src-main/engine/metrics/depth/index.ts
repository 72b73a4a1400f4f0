import type { FieldSpec } from '../../../../src-shared/contract/catalogue'
import type { Instrument } from '../../../../src-shared/instrument'
import { valueOn } from '../../../../src-shared/instrument'
import type { BandSums } from '../../book/book'
import type { Metric } from '../metric'

const bands = [5, 10, 25, 50] as const

const fieldsOf = (bps: number): FieldSpec[] => [
  { id: `bidBase${bps}`, title: `Bid depth ${bps} bps`, unit: 'base' },
  { id: `askBase${bps}`, title: `Ask depth ${bps} bps`, unit: 'base' },
  { id: `bidQuote${bps}`, title: `Bid depth ${bps} bps`, unit: 'quote' },
  { id: `askQuote${bps}`, title: `Ask depth ${bps} bps`, unit: 'quote' }
]

/**
 * Base currency that rests on one side of a band. `lots` is the sum of lots, `inverse` of lots / ticks: contracts worth quote money stand for
 * less base the higher their price. Of their combinations nobody can tell: the price of one is that of no coin.
 */
export function baseIn(instrument: Instrument, lots: number, inverse: number): number {
  const { contract, size, price, product } = instrument
  if (contract.currency === 'base') return valueOn(size, lots) * contract.of
  if (product === 'combo') return NaN
  return (valueOn(size, inverse) * contract.of) / valueOn(price, 1)
}

/** Quote money that rests on one side of a band; `moment` is the sum of lots x ticks. */
export function quoteIn(instrument: Instrument, lots: number, moment: number): number {
  const { contract, size, price } = instrument
  if (contract.currency === 'quote') return valueOn(size, lots) * contract.of
  return valueOn(size, moment) * contract.of * valueOn(price, 1)
}

export const depth: Metric = {
  spec: {
    id: 'depth',
    title: 'Depth',
    needs: ['book'],
    fields: bands.flatMap(fieldsOf),
    explains:
      'What rests within a band of bps around the mid, a side at a time: in base currency, Σ size, and in quote money, Σ size × price, each level at its own ' +
      'price. Contracts are counted by what they stand for. Unknown where the book is not known as far as the band reaches, never a smaller number. ' +
      'Source: depth within x bps, Kaiko, "Market depth" methodology.'
  },
  start(scope) {
    const sums: BandSums = {
      bidLots: NaN,
      askLots: NaN,
      bidMoment: NaN,
      askMoment: NaN,
      bidInverse: NaN,
      askInverse: NaN
    }
    for (const bps of bands) scope.book.keepBand(bps)
    if (scope.instrument().contract.currency === 'quote') scope.book.keepInverses()
    return {
      sample(_at, into, from) {
        const instrument = scope.instrument()
        let column = from
        for (const bps of bands) {
          scope.book.band(bps, sums)
          into[column++] = baseIn(instrument, sums.bidLots, sums.bidInverse)
          into[column++] = baseIn(instrument, sums.askLots, sums.askInverse)
          into[column++] = quoteIn(instrument, sums.bidLots, sums.bidMoment)
          into[column++] = quoteIn(instrument, sums.askLots, sums.askMoment)
        }
      }
    }
  }
}
