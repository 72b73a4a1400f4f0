import type { Book } from '../../../src-main/engine/book/book'
import type { Metric, MetricRun } from '../../../src-main/engine/metrics/metric'
import type { Instrument } from '../../../src-shared/instrument'
import { millis } from '../../../src-shared/units'
import { plainInstrument } from '../../support/hand-book'

/** Starts a metric on a book that stays as it is, or is changed by the test. */
export const startOn = (metric: Metric, book: Book, instrument: Instrument = plainInstrument): MetricRun =>
  metric.start({ book, instrument: () => instrument })

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
  const run = metric.start({ book, instrument: () => instrument })
  return figuresOf(metric, run)
}
