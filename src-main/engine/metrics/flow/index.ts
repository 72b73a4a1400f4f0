import type { FieldSpec } from '../../../../src-shared/contract/catalogue'
import { notionalOf } from '../../../../src-shared/instrument'
import { lots, ticks } from '../../../../src-shared/units'
import { apartFromFlow } from '../../book/changes'
import { SlidingColumns } from '../../math/sliding-columns'
import type { Metric } from '../metric'

const seconds = [1, 10, 60] as const

const fieldsOf = (span: number): FieldSpec[] => [
  { id: `buy${span}`, title: `Bought ${span} s`, unit: 'quote' },
  { id: `sell${span}`, title: `Sold ${span} s`, unit: 'quote' },
  { id: `net${span}`, title: `Net flow ${span} s`, unit: 'ratio', range: [-1, 1] }
]

export const flow: Metric = {
  spec: {
    id: 'flow',
    title: 'Trade flow',
    needs: ['trades'],
    fields: seconds.flatMap(fieldsOf),
    explains:
      'Quote money traded in the last 1, 10 and 60 s, by the side that took: bought lifts asks, sold hits bids. Net is (bought − sold) / (bought + sold) in ' +
      '[−1, 1], unknown without a trade. A window is unknown until it has been watched from end to end; its oldest hundredth leaves as a whole. ' +
      'Source: trade imbalance as in Cont, Kukanov & Stoikov 2014, "The price impact of order book events".'
  },
  start(scope) {
    let watchedSince = NaN
    /** Bought, sold. */
    const windows = seconds.map((span) => new SlidingColumns(span * 1_000, 2))
    const watch = (at: number): void => {
      if (Number.isNaN(watchedSince)) watchedSince = at
    }
    return {
      onBook(_changes, at) {
        watch(at)
      },
      onTrades(trades, at) {
        watch(at)
        for (const window of windows) window.turn(at)
        const instrument = scope.instrument()
        for (let row = 0; row < trades.count; row++) {
          if ((trades.flags[row]! & apartFromFlow) !== 0) continue
          const money = notionalOf(instrument, ticks(trades.price[row]!), lots(trades.size[row]!))
          for (const window of windows) window.add(trades.aggressor[row]! > 0 ? 0 : 1, money)
        }
      },
      onGap() {
        watchedSince = NaN
        for (const window of windows) window.clear()
      },
      sample(at, into, from) {
        let column = from
        for (const window of windows) {
          const read = window.read(at)
          const known = at - watchedSince >= window.windowMs
          const bought = known ? read[0]! : NaN
          const sold = known ? read[1]! : NaN
          into[column++] = bought
          into[column++] = sold
          into[column++] = (bought - sold) / (bought + sold)
        }
      }
    }
  }
}
