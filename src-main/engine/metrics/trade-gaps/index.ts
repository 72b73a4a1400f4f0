import { apartFromFlow } from '../../book/changes'
import { DecayedHistogram } from '../../math/decayed-histogram'
import type { Metric } from '../metric'
import { gathering } from '../warming'

const halfLifeMs = 300_000
const least = 50
/** Decades of seconds that are told apart, from 0.1 ms to three hours: figures to a fiftieth of one, the table to a fifth. */
const [low, high] = [-4, 4]
const bins = 400
const rowsEach = 5

const quantiles = [
  { id: 'p5', title: 'P5', share: 0.05 },
  { id: 'p25', title: 'P25', share: 0.25 },
  { id: 'median', title: 'Median', share: 0.5 },
  { id: 'p75', title: 'P75', share: 0.75 },
  { id: 'p95', title: 'P95', share: 0.95 },
  { id: 'p99', title: 'P99', share: 0.99 }
] as const

export const tradeGaps: Metric = {
  spec: {
    id: 'trade-gaps',
    title: 'Time between trades',
    needs: ['trades'],
    fields: [
      ...quantiles.map(({ id, title }) => ({
        id,
        title: `${title} time between trades`,
        unit: 'seconds' as const
      })),
      { id: 'seen', title: 'Times between trades counted', unit: 'count' }
    ],
    table: {
      rowIs: 'a span of time between trades, a fifth of a decade',
      columns: [
        { id: 'from', title: 'From', unit: 'seconds' },
        { id: 'to', title: 'To', unit: 'seconds' },
        { id: 'share', title: 'Share of all', unit: 'share', range: [0, 1] },
        { id: 'below', title: 'Share up to here', unit: 'share', range: [0, 1] }
      ]
    },
    explains:
      'How long it takes from one trade to the next, trades of one millisecond being one, by the venue’s clock where it tells one (inter-arrival times). Half counts after 5 min; 50 are needed. ' +
      'Quantiles to within 4.7 %, taken anew each second; the table has the whole distribution, in equal steps of the logarithm from 0.1 ms to three hours. A Poisson process of rate λ has ' +
      'the median ln 2 / λ and a P95 4.3 times that: a larger ratio is trading in bursts. Blocks and legs of combinations are left out; no time is taken over a gap. Source: Engle & Russell 1998, ' +
      '"Autoregressive conditional duration", Econometrica 66.'
  },
  start() {
    /** Of log10 of seconds. */
    const gaps = new DecayedHistogram(low, high, bins, halfLifeMs)
    let last = NaN
    let second = NaN
    const known = new Float64Array(quantiles.length).fill(NaN)
    /** Once a second: half of them counts for minutes. */
    const measure = (at: number): void => {
      const now = Math.floor(at / 1_000)
      if (now === second && !Number.isNaN(known[0]!)) return
      second = now
      for (let place = 0; place < known.length; place++)
        known[place] = gaps.weight >= least ? 10 ** gaps.quantile(quantiles[place]!.share) : NaN
    }
    return {
      onTrades(trades, at) {
        for (let row = 0; row < trades.count; row++) {
          if ((trades.flags[row]! & apartFromFlow) !== 0) continue
          // The venue's clock knows better than the network when trades were made.
          const time = Number.isNaN(trades.at[row]!) ? at : trades.at[row]!
          if (time > last) gaps.add(at, Math.log10((time - last) / 1_000))
          if (!(time < last)) last = time
        }
      },
      onGap() {
        last = NaN
      },
      sample(at, into, from) {
        measure(at)
        into.set(known, from)
        into[from + known.length] = Math.round(gaps.weight)
      },
      why: () => gathering(gaps.weight, least, 'times between trades'),
      table: () => (gaps.weight >= least ? rowsOf(gaps) : undefined)
    }
  }
}

/** From, to (seconds), the share of times in between and up to `to`: from the first that holds some to the last. */
function rowsOf(gaps: DecayedHistogram): Float64Array {
  const count = (high - low) * rowsEach
  const edge = (row: number): number => low + row / rowsEach
  const all = Array.from({ length: count }, (_, row) => {
    const [before, below] = [gaps.rank(edge(row)), gaps.rank(edge(row + 1))]
    return [10 ** edge(row), 10 ** edge(row + 1), below - before, below] as const
  })
  const holds = (row: readonly number[]): boolean => row[2]! > 0
  return Float64Array.from(all.slice(all.findIndex(holds), all.findLastIndex(holds) + 1).flat())
}
