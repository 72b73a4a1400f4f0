import type { Book } from '../../../src-main/engine/book/book'
import type { Metric, MetricRun, Scope } from '../../../src-main/engine/metrics/metric'
import type { Overrides } from '../../../src-main/engine/metrics/params'
import { paramsOf } from '../../../src-main/engine/metrics/params'
import type { Instrument } from '../../../src-shared/instrument'
import { millis } from '../../../src-shared/units'
import { plainInstrument } from '../../support/hand-book'

const scopeOf = (book: Book, instrument: Instrument): Scope => ({
  book,
  instrument: () => instrument,
  tell: () => undefined,
  placeOf: () => -1,
  paramsOf: () => ({})
})

/** Starts a metric on a book that stays as it is, or is changed by the test. */
export const startOn = (
  metric: Metric,
  book: Book,
  instrument: Instrument = plainInstrument,
  overrides: Overrides = {}
): MetricRun => metric.start(scopeOf(book, instrument), paramsOf(metric.spec, overrides))

/** What a run says now, by field. */
export function figuresOf(metric: Metric, run: MetricRun, at = 0): Record<string, number> {
  const row = new Float64Array(metric.spec.fields.length)
  run.sample(millis(at), row, 0)
  return Object.fromEntries(metric.spec.fields.map((field, column) => [field.id, row[column]!]))
}

export const figuresOn = (
  metric: Metric,
  book: Book,
  instrument: Instrument = plainInstrument
): Record<string, number> => {
  return figuresOf(metric, startOn(metric, book, instrument))
}
