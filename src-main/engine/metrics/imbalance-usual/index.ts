import type { FieldSpec } from '../../../../src-shared/contract/catalogue'
import { DecayedHistogram } from '../../math/decayed-histogram'
import { isBetweenMessages } from '../crossing'
import type { Metric } from '../metric'
import { reader, sources } from '../sources'
import { gathering, unavailable } from '../warming'

const bins = 200
const leastHistory = 300

const fieldsOf = ({ id, title }: (typeof sources)[number]): FieldSpec[] => [
  { id: `${id}P5`, title: `${title}, P5`, unit: 'ratio', range: [-1, 1] },
  { id: `${id}P95`, title: `${title}, P95`, unit: 'ratio', range: [-1, 1] },
  {
    ...{ id: `${id}Rank`, title: `${title}, own percentile`, unit: 'share', range: [0, 1] },
    ranks: `imbalance.${id}`
  }
]

export const imbalanceUsual: Metric = {
  spec: {
    id: 'imbalance-usual',
    title: 'Usual imbalance',
    short: 'Imb',
    lead: 'Imbalance',
    needs: ['book'],
    fields: sources.flatMap(fieldsOf),
    params: [
      {
        id: 'history',
        title: 'History counts half after',
        unit: 'seconds',
        default: 24 * 3_600,
        range: [600, 30 * 86_400]
      }
    ],
    explains:
      'What each imbalance usually is for this instrument: the values below which it was in 5 % and 95 % of the seconds watched, and the share of seconds in which it was lower than now. ' +
      'A second counts half after a day; the history is kept over restarts, and needs 300 s. Compare instruments by this rank, not by raw imbalance. ' +
      'Source: forward decay, Cormode et al. 2009, "Forward decay: a practical time decay model for streaming systems".'
  },
  remembers: 1,
  start({ book }, { history = NaN }) {
    const each = sources.map((source) => ({
      read: reader(book, source),
      own: new DecayedHistogram(-1, 1, bins, history * 1_000),
      low: NaN,
      high: NaN
    }))
    let second = NaN
    /** Looked at by the sampler, which runs only while the book is live: nothing of a gap is counted, and no message costs anything. */
    const look = (at: number): void => {
      const now = Math.floor(at / 1_000)
      if (now === second || isBetweenMessages(book)) return
      second = now
      for (const one of each) {
        one.own.add(at, one.read())
        const known = one.own.weight >= leastHistory
        one.low = known ? one.own.quantile(0.05) : NaN
        one.high = known ? one.own.quantile(0.95) : NaN
      }
    }
    return {
      sample(at, into, from) {
        look(at)
        let column = from
        for (const { read, own, low, high } of each) {
          into[column++] = low
          into[column++] = high
          into[column++] = Number.isNaN(low) ? NaN : own.rank(read())
        }
      },
      why(_at, field) {
        const { own } = each[Math.floor(field / 3)]!
        if (own.weight < leastHistory)
          return gathering(own.weight, leastHistory, 'seconds of its own history')
        return unavailable('The imbalance itself is not known.')
      },
      save: () => each.flatMap(({ own }) => own.save()),
      restore: (weights) =>
        // Kept when fewer were followed: the later ones begin anew.
        weights.length > 0 &&
        weights.length % bins === 0 &&
        weights.length <= bins * each.length &&
        weights.every((it) => it >= 0) &&
        each
          .slice(0, weights.length / bins)
          .every(({ own }, place) => own.restore(weights.slice(place * bins, (place + 1) * bins)))
    }
  }
}
