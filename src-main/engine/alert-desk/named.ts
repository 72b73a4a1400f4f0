import type { Alert } from '../../../src-shared/alert'
import type { MetricSpec } from '../../../src-shared/contract/catalogue'
import type { EngineReport } from '../../../src-shared/contract/control'
import { figureName, measuredText, nameBesideUnit } from '../../../src-shared/figure-text'
import type { Instrument, InstrumentId } from '../../../src-shared/instrument'

/** What figures are named from. */
export interface Naming {
  readonly metrics: readonly MetricSpec[]
  readonly instrument: (id: InstrumentId) => Instrument | undefined
}

/** The report with the figures of its alerts in words: `Imbalance within 10 bps −0.72 (level −0.60)`. */
export function named(report: EngineReport, naming: Naming): EngineReport {
  return 'alert' in report ? { ...report, alert: withFigure(report.alert, naming) } : report
}

function withFigure(alert: Alert, { metrics, instrument }: Naming): Alert {
  const metric = metrics.find(({ id }) => id === alert.metric)
  const field = metric?.fields.find(({ id }) => id === alert.field)
  if (!metric || !field) return alert
  const text = (value: number): string => measuredText(field, value, instrument(alert.instrument))
  const level = Number.isFinite(alert.threshold) ? ` (level ${text(alert.threshold)})` : ''
  // The unit tells two of a kind apart; what is not known has none beside it.
  const name = Number.isFinite(alert.value) ? nameBesideUnit(metric, field) : figureName(metric, field)
  return { ...alert, figure: `${name} ${text(alert.value)}${level}` }
}
