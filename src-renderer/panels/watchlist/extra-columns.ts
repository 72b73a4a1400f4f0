import { money, percent, signed } from '../../../src-shared/format'
import { columns, rank, type Column, type Ranking } from './columns'
import type { Row } from './row'

const high = (key: (row: Row) => number): readonly Ranking[] => [
  rank('highest first', key),
  rank('lowest first', key, false)
]

/** What is not told of every book: a derivative's venue's figures, and the forecast's. Each is shown when it is chosen. */
export const extraColumns: readonly Column[] = [
  {
    id: 'mark',
    head: 'Mark',
    width: 56,
    explains: "The venue's mark price: what positions are valued and liquidated at.",
    text: (row) => row.mark,
    rankings: []
  },
  {
    id: 'basis',
    head: 'Basis',
    width: 56,
    explains: 'Mark less index in basis points of the index.',
    text: (row) => signed(row.basisBps, 2),
    rankings: high((row) => row.basisBps)
  },
  {
    id: 'funding',
    head: 'Funding',
    width: 56,
    explains: 'Rate of the running funding interval, percent.',
    text: (row) => signed(row.funding * 100, 4),
    rankings: high((row) => row.funding)
  },
  {
    id: 'interest',
    head: 'OI',
    width: 56,
    explains: 'Open interest in base currency; in quote money for contracts worth quote money.',
    text: (row) => money(row.openInterest),
    rankings: high((row) => row.openInterest)
  },
  {
    id: 'iv',
    head: 'Mark IV',
    width: 56,
    explains: 'Implied volatility of the mark price a year.',
    text: (row) => percent(row.markIv, 1),
    rankings: high((row) => row.markIv)
  },
  {
    id: 'delta',
    head: 'Delta',
    width: 56,
    explains: 'Delta per unit of the underlying, as the venue computes it.',
    text: (row) => signed(row.delta, 2),
    rankings: high((row) => row.delta)
  },
  {
    id: 'chance',
    head: 'Up 1 s',
    width: 56,
    explains: 'Chance that the mid goes up within 1 s, given that it moves. Only while an edge is proven.',
    text: (row) => percent(row.chance, 0),
    rankings: [rank('surest first', (row) => Math.abs(row.chance - 0.5)), ...high((row) => row.chance)],
    metric: 'forecast'
  },
  {
    id: 'edge',
    head: 'Edge 1 s',
    width: 56,
    explains: 'Whether the forecast over 1 s beats what needs no model: yes, none, or learning.',
    text: (row) => (row.edge === 1 ? 'yes' : row.edge === 0 ? 'none' : 'learning'),
    rankings: high((row) => row.edge),
    metric: 'forecast'
  },
  {
    id: 'error',
    head: 'ECE 1 s',
    width: 56,
    explains:
      'Calibration error of the forecast over 1 s: mean distance between what was said and what came.',
    text: (row) => percent(row.error, 1),
    rankings: [rank('best first', (row) => row.error, false), rank('worst first', (row) => row.error)],
    metric: 'forecast'
  }
]
/** As many columns can be chosen. */
export const mostExtras = 12

/** Finds the columns of metrics' fields by ids such as `vpin.rank`. */
export type MetricColumn = (id: string) => Column | undefined

/** The chosen extra columns, those of derivatives first, then those of metrics as they were chosen; what is not known, or stands there anyway, is dropped. */
export function extrasFrom(kept: unknown, metricColumn: MetricColumn = () => undefined): readonly Column[] {
  const ids: readonly unknown[] = Array.isArray(kept) ? [...new Set(kept)] : []
  const ofMetrics = ids.flatMap((id) =>
    typeof id === 'string' && !columns.some((column) => column.id === id) ? (metricColumn(id) ?? []) : []
  )
  return [...extraColumns.filter(({ id }) => ids.includes(id)), ...ofMetrics].slice(0, mostExtras)
}
