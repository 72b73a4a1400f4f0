import type { FieldSpec, MetricSpec } from '../../../src-shared/contract/catalogue'
import { figureHead, figureName, figureText, unitText } from '../../../src-shared/figure-text'
import type { Column, Ranking } from './columns'
import type { Row } from './row'

/** Signed figures rank by how far they are from nothing too. */
const isSigned = ({ range, unit, signed }: FieldSpec): boolean =>
  signed === true || (range?.[0] ?? 0) < 0 || unit === 'ratio'

const columnsByField = new WeakMap<FieldSpec, Column>()

/** A column of one field of a metric, the same object each time: an order is kept as long as its ranking is the same. */
function columnOf(metric: MetricSpec, field: FieldSpec): Column {
  const known = columnsByField.get(field)
  if (known) return known
  const id = `${metric.id}.${field.id}`
  const key = (row: Row): number => row.figures.get(id) ?? NaN
  const rank = (words: string, by: Ranking['key'], descending = true): Ranking => ({
    words,
    key: by,
    descending
  })
  const column: Column = {
    id,
    metric: metric.id,
    head: figureHead(metric, field),
    width: field.unit === 'price' ? 66 : 56,
    explains: `${figureName(metric, field)}. ${metric.explains}`,
    text: (row) => figureText(field, key(row), row.instrument),
    rankings: [
      ...(isSigned(field) ? [rank('extreme first', (row) => Math.abs(key(row)))] : []),
      rank('highest first', key),
      rank('lowest first', key, false)
    ]
  }
  columnsByField.set(field, column)
  return column
}

/** Columns of a metric, for the picker. */
export interface ColumnGroup {
  readonly id: string
  readonly title: string
  readonly columns: readonly (Column & { readonly unit: string })[]
}

/** Every field of every metric as a column, grouped by metric; `wanted` narrows them down by words of metric and field; where none has them, by what is told of the metric. */
export function columnGroups(metrics: readonly MetricSpec[], wanted = ''): ColumnGroup[] {
  const words = wanted.toLowerCase().split(/\s+/).filter(Boolean)
  const named = groupsWith(metrics, words, ({ id, title, short = '' }) => `${id} ${title} ${short}`)
  return named.length > 0 ? named : groupsWith(metrics, words, ({ explains }) => explains)
}

function groupsWith(
  metrics: readonly MetricSpec[],
  words: readonly string[],
  told: (metric: MetricSpec) => string
): ColumnGroup[] {
  return metrics
    .map((metric) => ({
      id: metric.id,
      title: metric.title,
      columns: metric.fields
        .filter((field) => {
          const text = `${told(metric)} ${field.title}`.toLowerCase()
          return words.every((word) => text.includes(word))
        })
        .map((field) => ({ ...columnOf(metric, field), unit: unitText(field, undefined) }))
    }))
    .filter(({ columns }) => columns.length > 0)
}

/** The column of an id such as `vpin.rank`; undefined for what the engine does not compute. */
export function metricColumn(metrics: readonly MetricSpec[], id: string): Column | undefined {
  const [metricId, fieldId] = id.split('.')
  const metric = metrics.find((it) => it.id === metricId)
  const field = metric?.fields.find((it) => it.id === fieldId)
  return metric && field ? columnOf(metric, field) : undefined
}
