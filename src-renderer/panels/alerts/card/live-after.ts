import { seriesColumns } from '../../../../src-shared/alerts/record'
import type { Alert } from '../../../../src-shared/alert'
import type { Desk } from '../../../state/desk'
import { aroundMs } from './around'

/** The minute after an alert while it still runs, from what this window hears, as rows of `seriesColumns`; empty in a replay, whose time is another. */
export function liveAfter({ market }: Desk, { instrument, at, mid, metric, field }: Alert): Float32Array {
  if (market.replayed === true) return new Float32Array(0)
  const series = market.series(instrument)
  const midColumn = market.column('price', 'mid')
  const columns = {
    value: market.column(metric, field),
    imbalance: market.column('imbalance', 'bps10')
  }
  const rows: number[] = []
  for (let row = series.find(at + 1); row < series.length; row++) {
    const offset = series.at(row) - at
    if (offset > aroundMs) break
    const figure = (column: number): number => (column < 0 ? NaN : series.value(row, column))
    const bps = ((series.value(row, midColumn) - mid) / mid) * 10_000
    const known = {
      offsetMs: offset,
      midBps: bps,
      value: figure(columns.value),
      imbalance: figure(columns.imbalance)
    }
    rows.push(...seriesColumns.map((name) => (name in known ? known[name as keyof typeof known] : NaN)))
  }
  return Float32Array.from(rows)
}
