import type { FieldSpec, TableSpec } from '../../../src-shared/contract/catalogue'
import { figureText, unitText } from '../../../src-shared/figure-text'
import { decimal, latency, unknown } from '../../../src-shared/format'
import type { Instrument } from '../../../src-shared/instrument'
import type { TableRows } from '../../state/market'

/** What a table of a metric looks like, whatever metric it is. */
export interface Sheet {
  readonly heads: readonly { readonly id: string; readonly title: string; readonly unit: string }[]
  /** Row after row, each as its columns are. */
  readonly rows: readonly (readonly Cell[])[]
  /** Rows there are no more room for. */
  readonly left: number
}
export interface Cell {
  readonly text: string
  /** Share of the column's largest, [0, 1]; undefined where a bar would say nothing. */
  readonly bar: number | undefined
}

/** Longer tables are read in panels of their own. */
const mostRows = 200
/** What has a nothing from which it can be measured; a distance or a price has not. */
const amounts: readonly FieldSpec['unit'][] = ['base', 'quote', 'per-second', 'share', 'count']

/** By the columns' names, so that a column that only one side knows is a dash or is not shown. */
export function sheetOf(spec: TableSpec, table: TableRows, instrument: Instrument | undefined): Sheet {
  const width = table.columns.length
  const count = width > 0 ? Math.floor(table.rows.length / width) : 0
  const shown = Math.min(count, mostRows)
  const columns = spec.columns.map((field, at) => {
    const place = table.columns.indexOf(field.id)
    const values = Array.from({ length: shown }, (_, row) =>
      place < 0 ? NaN : (table.rows[row * width + place] ?? NaN)
    )
    return cellsOf(field, values, instrument, at > 0 && amounts.includes(field.unit))
  })
  return {
    heads: spec.columns.map((field) => ({
      id: field.id,
      title: field.title,
      // Times have theirs beside each number.
      unit: field.unit === 'seconds' ? '' : unitText(field, instrument)
    })),
    rows: Array.from({ length: shown }, (_, row) => columns.map((cells) => cells[row]!)),
    left: count - shown
  }
}

function cellsOf(
  field: FieldSpec,
  values: readonly number[],
  instrument: Instrument | undefined,
  isAmount: boolean
): readonly Cell[] {
  const known = values.filter(Number.isFinite)
  const largest = Math.max(0, ...known)
  const hasBars = isAmount && largest > 0 && known.every((value) => value >= 0)
  const text = textOf(field, known, instrument)
  return values.map((value) => ({
    text: text(value),
    bar: hasBars && Number.isFinite(value) ? value / largest : undefined
  }))
}

/** As a figure is written, but with the decimals that a column of them needs to be told apart. */
function textOf(field: FieldSpec, known: readonly number[], instrument: Instrument | undefined) {
  const plain = (value: number): string => figureText(field, value, instrument)
  if (field.unit === 'seconds') return secondsText
  if (field.unit !== 'ticks' || known.every(Number.isInteger)) return plain
  return (value: number): string => {
    if (!Number.isFinite(value)) return unknown
    const text = decimal(value, 3)
    return field.signed && value > 0 && /[1-9]/.test(text) ? `+${text}` : text
  }
}

/** `0.23 ms`, `12 s`, and from a minute on `5:30:00`, as long after midnight too. */
function secondsText(value: number): string {
  if (value === 0) return '0'
  if (!(value >= 60)) return latency(value * 1_000)
  const whole = Math.round(value)
  const [hours, minutes, seconds] = [Math.floor(whole / 3_600), Math.floor(whole / 60) % 60, whole % 60]
  return `${hours}:${String(minutes).padStart(2, '0')}:${String(seconds).padStart(2, '0')}`
}
