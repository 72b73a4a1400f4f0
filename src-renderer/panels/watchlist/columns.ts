import {
  bps,
  change,
  decimal,
  imbalance,
  money,
  percent,
  signed,
  span,
  unknown
} from '../../../src-shared/format'
import { offsetText } from '../../parts/microprice'
import type { Row } from './row'

/** One way to rank rows by a column. NaN goes to the end whatever the direction. */
export interface Ranking {
  readonly words: string
  readonly key: (row: Row) => number | string
  readonly descending: boolean
}

export interface Column {
  readonly id: string
  readonly head: string
  readonly explains: string
  readonly text: (row: Row) => string
  /** What clicks on the head go through, before the list's own order comes back. */
  readonly rankings: readonly Ranking[]
  /** What must be computed for it beside what always is. */
  readonly metric?: string
}

const rank = (words: string, key: Ranking['key'], descending = true): Ranking => ({ words, key, descending })
const age = (ms: number): string => (Number.isFinite(ms) ? span(ms) : unknown)

export const columns: readonly Column[] = [
  {
    id: 'symbol',
    head: 'Instrument',
    explains: 'Symbol and venue. SIM is the simulated market.',
    text: (row) => row.name.symbol,
    rankings: [rank('A to Z', (row) => row.name.symbol, false), rank('Z to A', (row) => row.name.symbol)]
  },
  {
    id: 'mid',
    head: 'Mid',
    explains: 'Half way between the best bid and the best ask. Digits that did not change are dim.',
    text: (row) => row.mid,
    rankings: []
  },
  {
    id: 'spark',
    head: '10 min',
    explains:
      'The mid over the last ten minutes, from its lowest to its highest; a hole where the book was not live.',
    text: () => '',
    rankings: []
  },
  {
    id: 'change',
    head: 'Chg',
    explains: 'Change of the mid since the oldest sample this window holds; each row says since when.',
    text: (row) => change(row.change),
    rankings: [rank('highest first', (row) => row.change), rank('lowest first', (row) => row.change, false)]
  },
  {
    id: 'spread',
    head: 'Spr',
    explains: 'Spread in basis points of the mid.',
    text: (row) => bps(row.spreadBps),
    rankings: [
      rank('widest first', (row) => row.spreadBps),
      rank('tightest first', (row) => row.spreadBps, false)
    ]
  },
  {
    id: 'imbalance',
    head: 'Imb 10',
    explains: 'Imbalance within 10 bps of the mid: +1 is all bid, −1 all ask.',
    text: (row) => imbalance(row.imbalance),
    rankings: [
      rank('extreme first', (row) => Math.abs(row.imbalance)),
      rank('bid first', (row) => row.imbalance),
      rank('ask first', (row) => row.imbalance, false)
    ]
  },
  {
    id: 'micro',
    head: 'Micro',
    explains:
      'Microprice less mid in basis points: where the sizes at the touch lean. Fitted to the instrument where its tick is large; dim where the mid or the weighted mid stands in, and each says which.',
    text: (row) => offsetText(row.micro.offsetBps),
    rankings: [
      rank('highest first', (row) => row.micro.offsetBps),
      rank('lowest first', (row) => row.micro.offsetBps, false)
    ]
  },
  {
    id: 'rate',
    head: 'Msg/s',
    explains: 'Messages a second from the venue.',
    text: (row) => decimal(row.messagesPerSecond, 0),
    rankings: [
      rank('busiest first', (row) => row.messagesPerSecond),
      rank('quietest first', (row) => row.messagesPerSecond, false)
    ]
  },
  {
    id: 'age',
    head: 'Age',
    explains: 'Since the book last changed or was confirmed.',
    text: (row) => age(row.ageMs),
    rankings: [rank('oldest first', (row) => row.ageMs), rank('newest first', (row) => row.ageMs, false)]
  }
]

const high = (key: (row: Row) => number): readonly Ranking[] => [
  rank('highest first', key),
  rank('lowest first', key, false)
]

/** What is not told of every book: a derivative's venue's figures, and the forecast's. Each is shown when it is chosen, in the place of what is. */
export const extraColumns: readonly Column[] = [
  {
    id: 'mark',
    head: 'Mark',
    explains: "The venue's mark price: what positions are valued and liquidated at.",
    text: (row) => row.mark,
    rankings: []
  },
  {
    id: 'basis',
    head: 'Basis',
    explains: 'Mark less index in basis points of the index.',
    text: (row) => signed(row.basisBps, 2),
    rankings: high((row) => row.basisBps)
  },
  {
    id: 'funding',
    head: 'Funding',
    explains: 'Rate of the running funding interval, percent.',
    text: (row) => signed(row.funding * 100, 4),
    rankings: high((row) => row.funding)
  },
  {
    id: 'interest',
    head: 'OI',
    explains: 'Open interest in base currency; in quote money for contracts worth quote money.',
    text: (row) => money(row.openInterest),
    rankings: high((row) => row.openInterest)
  },
  {
    id: 'iv',
    head: 'Mark IV',
    explains: 'Implied volatility of the mark price a year.',
    text: (row) => percent(row.markIv, 1),
    rankings: high((row) => row.markIv)
  },
  {
    id: 'delta',
    head: 'Delta',
    explains: 'Delta per unit of the underlying, as the venue computes it.',
    text: (row) => signed(row.delta, 2),
    rankings: high((row) => row.delta)
  },
  {
    id: 'chance',
    head: 'Up 1 s',
    explains: 'Chance that the mid goes up within 1 s, given that it moves. Only while an edge is proven.',
    text: (row) => percent(row.chance, 0),
    rankings: [rank('surest first', (row) => Math.abs(row.chance - 0.5)), ...high((row) => row.chance)],
    metric: 'forecast'
  },
  {
    id: 'edge',
    head: 'Edge 1 s',
    explains: 'Whether the forecast over 1 s beats what needs no model: yes, none, or learning.',
    text: (row) => (row.edge === 1 ? 'yes' : row.edge === 0 ? 'none' : 'learning'),
    rankings: high((row) => row.edge),
    metric: 'forecast'
  },
  {
    id: 'error',
    head: 'ECE 1 s',
    explains:
      'Calibration error of the forecast over 1 s: mean distance between what was said and what came.',
    text: (row) => percent(row.error, 1),
    rankings: [rank('best first', (row) => row.error, false), rank('worst first', (row) => row.error)],
    metric: 'forecast'
  }
]
const everyColumn = [...columns, ...extraColumns]

/** As many columns can be chosen. */
export const mostExtras = 12

/** Finds the columns of metrics' fields by ids such as `vpin.rank`. */
type MetricColumn = (id: string) => Column | undefined

/** The chosen extra columns, those of derivatives first, then those of metrics as they were chosen; what is not known is dropped. */
export function extrasFrom(kept: unknown, metricColumn: MetricColumn = () => undefined): readonly Column[] {
  const ids: readonly unknown[] = Array.isArray(kept) ? [...new Set(kept)] : []
  const ofMetrics = ids.flatMap((id) => (typeof id === 'string' ? (metricColumn(id) ?? []) : []))
  return [...extraColumns.filter(({ id }) => ids.includes(id)), ...ofMetrics].slice(0, mostExtras)
}

/** Pixels of an extra column with its gap, of the columns that stay beside them, and of the imbalance, which stays where there is room. */
const extraWidth = 62
const imbalanceWidth = 76
/** Narrower than this mid and age give way too. */
export const narrow = 316
const keptWidth = (width: number): number => (width < narrow ? 144 : 254)

/** As many of the extra columns as there is room for. */
export const fittingExtras = (extras: readonly Column[], width: number): readonly Column[] =>
  extras.slice(0, Math.max(0, Math.floor((width - keptWidth(width)) / extraWidth)))

/** Narrower than this the microprice gives way, as the table's style has it. */
const microWidth = 534

/** Whether the microprice's column is in sight, or the rows are ordered by it: only then is it asked for. */
export const showsMicro = (extras: readonly Column[], width: number, sort: Sort | undefined): boolean =>
  sort?.column === 'micro' || (width >= microWidth && fittingExtras(extras, width).length === 0)

/** Whether the imbalance has its place beside so many extra columns. */
export const keepsImbalance = (count: number, width: number): boolean =>
  width - keptWidth(width) - count * extraWidth >= imbalanceWidth

/** What the table is sorted by: a column and one of its rankings. Undefined is the list's own order. */
export interface Sort {
  readonly column: string
  readonly ranking: number
}

const columnOf = (sort: Sort | undefined, metricColumn: MetricColumn): Column | undefined =>
  sort && (everyColumn.find(({ id }) => id === sort.column) ?? metricColumn(sort.column))

export const rankingOf = (
  sort: Sort | undefined,
  metricColumn: MetricColumn = () => undefined
): Ranking | undefined => columnOf(sort, metricColumn)?.rankings[sort?.ranking ?? 0]

/** The next sort after a click on a head. */
export function nextSort(sort: Sort | undefined, column: Column): Sort | undefined {
  const ranking = sort?.column === column.id ? sort.ranking + 1 : 0
  return ranking < column.rankings.length ? { column: column.id, ranking } : undefined
}

/** `Imb 10, extreme first`; the list's own order has words of its own. */
export function sortWords(sort: Sort | undefined, metricColumn: MetricColumn = () => undefined): string {
  const column = columnOf(sort, metricColumn)
  const ranking = rankingOf(sort, metricColumn)
  return column && ranking ? `${column.head}, ${ranking.words}` : 'own order'
}

/** The sort as the layout keeps it: `imbalance:0`, empty for the own order. */
export const keptSort = (sort: Sort | undefined): string => (sort ? `${sort.column}:${sort.ranking}` : '')

/** Undefined for anything that names no ranking. */
export function sortFrom(kept: unknown, metricColumn: MetricColumn = () => undefined): Sort | undefined {
  if (typeof kept !== 'string') return undefined
  const [column = '', ranking = ''] = kept.split(':')
  const sort = { column, ranking: Number(ranking) }
  return rankingOf(sort, metricColumn) ? sort : undefined
}
