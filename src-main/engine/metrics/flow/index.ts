import type { FieldSpec } from '../../../../src-shared/contract/catalogue'
import { notionalOf } from '../../../../src-shared/instrument'
import { lots, ticks } from '../../../../src-shared/units'
import { SlidingSum } from '../../math/sliding-sum'
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
    const windows = seconds.map((span) => ({
      buy: new SlidingSum(span * 1_000),
      sell: new SlidingSum(span * 1_000)
    }))
    const watch = (at: number): void => {
      if (Number.isNaN(watchedSince)) watchedSince = at
    }
    return {
      onBook(_changes, at) {
        watch(at)
      },
      onTrades(trades, at) {
        watch(at)
        const instrument = scope.instrument()
        for (let row = 0; row < trades.count; row++) {
          const money = notionalOf(instrument, ticks(trades.price[row]!), lots(trades.size[row]!))
          for (const { buy, sell } of windows) (trades.aggressor[row]! > 0 ? buy : sell).add(at, money)
        }
      },
      onGap() {
        watchedSince = NaN
        for (const { buy, sell } of windows) {
          buy.clear()
          sell.clear()
        }
      },
      sample(at, into, from) {
        let column = from
        for (const { buy, sell } of windows) {
          const known = at - watchedSince >= buy.windowMs
          const bought = known ? buy.at(at) : NaN
          const sold = known ? sell.at(at) : NaN
          into[column++] = bought
          into[column++] = sold
          into[column++] = (bought - sold) / (bought + sold)
        }
      }
    }
  }
}
