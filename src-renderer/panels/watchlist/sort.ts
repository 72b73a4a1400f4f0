import { columns, type Column, type Ranking } from './columns'
import { extraColumns, type MetricColumn } from './extra-columns'

const everyColumn = [...columns, ...extraColumns]

/** What the table is sorted by: a column and one of its rankings. Undefined is the list's own order. */
export interface Sort {
  readonly column: string
  readonly ranking: number
}

export const columnOf = (
  sort: Sort | undefined,
  metricColumn: MetricColumn = () => undefined
): Column | undefined =>
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
