import { str as crc32 } from 'crc-32'
import type { FieldSpec } from '../../../../src-shared/contract/catalogue'
import { DecayedHistogram } from '../../math/decayed-histogram'
import { isBetweenMessages } from '../crossing'
import type { Metric } from '../metric'
import { gathering, unavailable } from '../warming'

/** A figure of another metric that is held against what it was. New ones come last: what was remembered of fewer is of the first. */
interface Followed {
  /** Of its percentile here. */
  readonly id: string
  readonly title: string
  readonly metric: string
  readonly field: string
  /** Differences below this are none: the scale is even around nothing, and doubles from here on. */
  readonly unit: number
  readonly sided?: true
}

const followed: readonly Followed[] = [
  { id: 'spread', title: 'Spread', metric: 'spread', field: 'bps', unit: 1e-3 },
  { id: 'ofi', title: 'OFI 10 s / depth', metric: 'ofi', field: 'norm10', unit: 0.01, sided: true },
  { id: 'bidDepth', title: 'Bid depth 10 bps / usual', metric: 'liquidity', field: 'bid10', unit: 0.01 },
  { id: 'askDepth', title: 'Ask depth 10 bps / usual', metric: 'liquidity', field: 'ask10', unit: 0.01 },
  { id: 'burst', title: 'Burst z of trades', metric: 'trade-frequency', field: 'burst', unit: 0.1 },
  { id: 'velocity', title: 'Net velocity z', metric: 'flow-velocity', field: 'z', unit: 0.1, sided: true },
  { id: 'tfi', title: 'Trade imbalance 10 s', metric: 'tfi', field: 'tfi10', unit: 0.01, sided: true },
  { id: 'paid', title: 'Effective spread', metric: 'spreads', field: 'effective', unit: 1e-3 },
  { id: 'edge', title: 'Micro-price less mid', metric: 'microprice', field: 'edge', unit: 0.01, sided: true }
]

/**
 * Doublings of a figure's unit, either side of nothing: the spread ends above 20,000 bps, the widest there is (a bid of nothing), depth at 300,000 times its
 * usual, z at three million. What lies beyond is all the same.
 */
const doublings = 25
/** Odd, so that nothing has a bin of its own: neighbours are about an eighth of a doubling apart. */
const bins = 405
const leastHistory = 300

/** Where a figure lies on a scale of doublings. */
const scaled = (value: number, unit: number): number =>
  Math.sign(value) * Math.min(doublings, Math.log2(1 + Math.abs(value) / unit))

/** In the middle of its bin: half of its own bin counts as below it, so a figure that hardly moves is in the middle of its history. */
function binned(value: number, unit: number): number {
  const width = (2 * doublings) / bins
  const bin = Math.min(bins - 1, Math.floor((scaled(value, unit) + doublings) / width))
  return Number.isNaN(value) ? NaN : (bin + 0.5) * width - doublings
}

const fieldOf = ({ id, title, metric, field, sided }: Followed): FieldSpec => ({
  ...{ id: `${id}Rank`, title: `${title}, own percentile`, unit: 'share', range: [0, 1] },
  ranks: `${metric}.${field}`,
  ...(sided && { sided })
})

export const usual: Metric = {
  spec: {
    id: 'usual',
    title: 'Against its own history',
    needs: ['book'],
    fields: followed.map(fieldOf),
    reads: [...new Set(followed.map(({ metric }) => metric))],
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
      'How unusual figures are for this instrument: the share of the seconds watched in which each was lower than now, half of those in which it was the same counted. Looked at once a second. ' +
      'A second counts half after a day; the history is kept over restarts, and needs 300 s of the figure; it begins anew when the figure’s own settings change. Sizes less than 9 % apart are one. ' +
      'Source: forward decay, Cormode et al. 2009, "Forward decay: a practical time decay model for streaming systems".'
  },
  remembers: 3,
  start(scope, { history = NaN }) {
    const { book } = scope
    const each = followed.map(({ metric, field, unit }) => ({
      place: scope.placeOf(metric, field),
      unit,
      /** Of the parameters it was figured with: of others its history says nothing. */
      settings: crc32(JSON.stringify(scope.paramsOf(metric))),
      own: new DecayedHistogram(-doublings, doublings, bins, history * 1_000),
      rank: NaN
    }))
    let second = NaN
    const look = (at: number, row: Float64Array): void => {
      const now = Math.floor(at / 1_000)
      if (now === second || isBetweenMessages(book)) return
      second = now
      for (const one of each) {
        const value = binned(row[one.place] ?? NaN, one.unit)
        one.own.add(at, value)
        one.rank = one.own.weight >= leastHistory ? one.own.rank(value) : NaN
      }
    }
    return {
      onGap() {
        second = NaN
        for (const one of each) one.rank = NaN
      },
      sample(at, into, from) {
        look(at, into)
        let column = from
        for (const one of each) {
          // Within a second nothing is looked at again, but what has become unknown is not ranked either, nor what it is when it is back.
          if (Number.isNaN(into[one.place] ?? NaN)) one.rank = NaN
          into[column++] = one.rank
        }
      },
      why(_at, field) {
        const { own } = each[field]!
        return own.weight < leastHistory
          ? gathering(own.weight, leastHistory, 'seconds in which the figure itself is known')
          : unavailable('The figure itself is not known.')
      },
      save: () => [...each.map(({ settings }) => settings), ...each.flatMap(({ own }) => own.save())],
      restore(values) {
        // Kept when fewer were followed: the later ones begin anew.
        const kept = values.length / (1 + bins)
        const [settings, weights] = [values.slice(0, kept), values.slice(kept)]
        const isShaped = Number.isInteger(kept) && kept > 0 && kept <= each.length
        if (!isShaped || !weights.every((it) => it >= 0)) return false
        for (const [place, one] of each.slice(0, kept).entries())
          if (settings[place] === one.settings)
            one.own.restore(weights.slice(place * bins, (place + 1) * bins))
        return true
      }
    }
  }
}
