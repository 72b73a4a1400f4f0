import type { FieldSpec } from '../../../../src-shared/contract/catalogue'
import { baseOf } from '../../../../src-shared/instrument'
import { lots, ticks } from '../../../../src-shared/units'
import { apartFromFlow } from '../../book/changes'
import { SlidingColumns } from '../../math/sliding-columns'
import type { Metric } from '../metric'
import { unavailable, warming } from '../warming'

const seconds = [1, 10, 60] as const

const fieldsOf = (span: number): FieldSpec[] => [
  { id: `net${span}`, title: `Net bought ${span} s`, unit: 'base', signed: true },
  { id: `tfi${span}`, title: `Trade imbalance ${span} s`, unit: 'ratio', range: [-1, 1] }
]

export const tfi: Metric = {
  spec: {
    id: 'tfi',
    title: 'Trade flow imbalance',
    needs: ['trades'],
    fields: seconds.flatMap(fieldsOf),
    explains:
      'Bought less sold volume of the last 1, 10 and 60 s in base currency, by the side that took, and as a share of both: (buy − sell) / (buy + sell). Beside order ' +
      'flow imbalance: in crypto markets trades alone may explain moves better than quotes do. It explains the move of the same span, it does not forecast. Blocks and legs of ' +
      'combinations are left out. A window is unknown until watched from end to end; its oldest hundredth leaves as a whole. Source: Silantyev 2019, "Order flow ' +
      'analysis of cryptocurrency markets", Digital Finance 1.'
  },
  start(scope) {
    let watchedSince = NaN
    /** Bought, sold. */
    const windows = seconds.map((span) => new SlidingColumns(span * 1_000, 2))
    return {
      onBook(_changes, at) {
        if (Number.isNaN(watchedSince)) watchedSince = at
      },
      onTrades(trades, at) {
        if (Number.isNaN(watchedSince)) watchedSince = at
        for (const window of windows) window.turn(at)
        const instrument = scope.instrument()
        for (let row = 0; row < trades.count; row++) {
          if ((trades.flags[row]! & apartFromFlow) !== 0) continue
          const base = baseOf(instrument, ticks(trades.price[row]!), lots(trades.size[row]!))
          for (const window of windows) window.add(trades.aggressor[row]! > 0 ? 0 : 1, base)
        }
      },
      onGap() {
        watchedSince = NaN
        for (const window of windows) window.clear()
      },
      sample(at, into, from) {
        let column = from
        for (const window of windows) {
          const known = at - watchedSince >= window.windowMs
          const read = window.read(at)
          const [bought, sold] = [read[0]!, read[1]!]
          into[column++] = known ? bought - sold : NaN
          into[column++] = known ? (bought - sold) / (bought + sold) : NaN
        }
      },
      why(at, field) {
        const spanMs = seconds[field >> 1]! * 1_000
        if (at - watchedSince >= spanMs) return unavailable('Nothing was traded in this window.')
        return warming(at, watchedSince, spanMs, 'trades')
      }
    }
  }
}
