import type { BandSums, LevelSums } from '../../book/book'
import type { Metric } from '../metric'
import { unavailable } from '../warming'
import { Weighted } from './weighted'

const levels = [1, 5, 10, 20] as const
const bands = [5, 10, 25, 50] as const
const range = [-1, 1] as const

/** (B - A) / (B + A): +1 is all bid, -1 all ask, NaN when both are empty or one is unknown. */
export const imbalanceOf = (bid: number, ask: number): number => (bid - ask) / (bid + ask)

const emptySums = (): BandSums => ({
  bidLots: NaN,
  askLots: NaN,
  bidMoment: NaN,
  askMoment: NaN,
  bidInverse: NaN,
  askInverse: NaN
})

export const imbalance: Metric = {
  spec: {
    id: 'imbalance',
    title: 'Imbalance',
    short: 'Imb',
    lead: 'Imbalance',
    always: true,
    needs: ['book'],
    fields: [
      ...levels.map((count) => ({
        id: `l${count}`,
        title: count === 1 ? 'Touch' : `${count} levels`,
        unit: 'ratio' as const,
        range
      })),
      ...bands.map((bps) => ({ id: `bps${bps}`, title: `Within ${bps} bps`, unit: 'ratio' as const, range })),
      { id: 'exp', title: 'Nearer counts more', unit: 'ratio', range },
      { id: 'rank', title: 'Better rank counts more', unit: 'ratio', range }
    ],
    params: [
      { id: 'decay', title: 'Decay a price step', unit: 'number', default: 0.3, range: [0.001, 5] },
      { id: 'levels', title: 'Levels weighted', unit: 'count', default: 20, range: [2, 200], whole: true }
    ],
    explains:
      '(bid size − ask size) / (bid size + ask size): +1 is all bid, −1 all ask. Taken over the best levels of each side, or over everything within a band of ' +
      'bps around the mid; bands compare across venues with different price steps. Nearer counts more: sizes × exp(−k × price steps from the touch) over the ' +
      'levels weighted; better rank counts more: sizes / rank. Unknown where the book is not known that far. ' +
      'Source: Gould & Bonart 2016, "Queue imbalance as a one-tick-ahead price predictor"; weights as in Cao, Hansch & Wang 2009.'
  },
  start(scope, { decay = NaN, levels: weighted = NaN }) {
    const { book } = scope
    const sums = emptySums()
    const best: LevelSums = { bidLots: NaN, askLots: NaN }
    const weighing = new Weighted(weighted)
    for (const bps of bands) book.keepBand(bps)
    for (const count of levels) book.keepLevels(count)
    return {
      sample(_at, into, from) {
        let column = from
        for (const count of levels) {
          const { bidLots, askLots } = book.levels(count, best)
          into[column++] = imbalanceOf(bidLots, askLots)
        }
        for (const bps of bands) {
          const { bidLots, askLots } = book.band(bps, sums)
          into[column++] = imbalanceOf(bidLots, askLots)
        }
        weighing.decay(decay / scope.instrument().tickSize)
        weighing.read(book.bids)
        const { near, ranked } = weighing
        weighing.read(book.asks)
        into[column++] = imbalanceOf(near, weighing.near)
        into[column] = imbalanceOf(ranked, weighing.ranked)
      },
      why: () => unavailable('Not known: the book is not known as far, or rests on neither side.')
    }
  }
}
