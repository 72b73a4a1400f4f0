import type { FieldSpec, MetricSpec } from '../../../src-shared/contract/catalogue'
import { sampleHead } from '../../../src-shared/contract/frames'
import { percent } from '../../../src-shared/format'
import type { InstrumentId } from '../../../src-shared/instrument'
import type { BookStatus } from '../../../src-shared/status'
import type { Millis } from '../../../src-shared/units'
import type { Market } from '../../state/market'
import { figureText, unitText } from '../../../src-shared/figure-text'
import { whyNot } from '../../parts/why'

export interface Line {
  readonly id: string
  readonly title: string
  readonly text: string
  readonly unit: string
  /** In [-1, 1] for figures that have a side; undefined for others. */
  readonly bar: number | undefined
  /** Why there is no figure; empty when there is one. */
  readonly tip: string
  /** Words longer than a figure, such as a countdown: they take the place of the unit too. */
  readonly wide?: true
}

export interface Section {
  readonly id: string
  readonly title: string
  readonly explains: string
  /** For metrics of trades: how much of the last minute was watched. */
  readonly coverage: string
  readonly lines: readonly Line[]
}

/** The catalogue's metrics with the latest figures of one instrument. */
export function sectionsOf(
  market: Market,
  id: InstrumentId,
  status: BookStatus,
  now: Millis
): readonly Section[] {
  const why = whyNot(status, now)?.full
  const share = market.row(id)?.[sampleHead.coverage] ?? NaN
  return market.metrics.map((metric) => ({
    id: metric.id,
    title: metric.title,
    explains: metric.explains,
    coverage: metric.needs.includes('trades') ? `${percent(share)} of 60 s watched` : '',
    lines: metric.fields.map((field) => lineOf(market, id, metric, field, why))
  }))
}

function lineOf(
  market: Market,
  id: InstrumentId,
  metric: MetricSpec,
  field: FieldSpec,
  why: string | undefined
): Line {
  const value = market.figure(id, metric.id, field.id)
  const instrument = market.instrument(id)
  return {
    id: field.id,
    title: field.title,
    text: figureText(field, value, instrument),
    unit: unitText(field, instrument),
    bar: field.range?.[0] === -1 && field.range[1] === 1 ? value : undefined,
    tip: Number.isFinite(value)
      ? ''
      : (why ?? market.unready(id, metric.id, field.id)?.why ?? unknownBecause(metric))
  }
}

/** Why a live book may have no figure. */
const unknownBecause = (metric: MetricSpec): string =>
  metric.needs.includes('trades')
    ? 'Not known yet: the window of trades has not been watched from end to end, or nothing was traded in it.'
    : 'Not known: the book does not reach as far, or a side of it is empty.'
