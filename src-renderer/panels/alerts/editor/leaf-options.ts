import type { FigureCondition } from '../../../../src-shared/alerts/condition'
import type { MetricSpec } from '../../../../src-shared/contract/catalogue'
import { figureName } from '../../../../src-shared/figure-text'

interface Option<Value extends string> {
  readonly value: Value
  readonly title: string
  readonly group?: string
}

/** `metric.field`: every figure of the catalogue, by its metric. */
export const figureOptions = (metrics: readonly MetricSpec[]): readonly Option<string>[] =>
  metrics.flatMap((metric) =>
    metric.fields.map((field) => ({
      value: `${metric.id}.${field.id}`,
      title: figureName(metric, field),
      group: metric.title
    }))
  )

/** `metric.event`. */
export const eventOptions = (metrics: readonly MetricSpec[]): readonly Option<string>[] =>
  metrics.flatMap((metric) =>
    (metric.events ?? []).map((event) => ({
      value: `${metric.id}.${event.id}`,
      title: event.title.toLowerCase(),
      group: metric.title
    }))
  )

export const opOptions = [
  { value: 'extreme', title: 'extreme' },
  { value: 'above', title: 'high' },
  { value: 'below', title: 'low' }
] as const

export const byOptions = [
  { value: 'percentile', title: 'against its own history' },
  { value: 'level', title: 'against a fixed level' },
  { value: 'deviation', title: 'in robust deviations' },
  { value: 'median', title: 'in multiples of its median' },
  { value: 'rank', title: 'by its place in the watchlist' }
] as const

export const windowOptions = (['1h', '6h', '24h', '7d'] as const).map((value) => ({
  value,
  title: value.replace(/(\d+)/, '$1\u00a0')
}))

/** Levels that mean about the same under another way of looking. */
export function lookedAt(it: FigureCondition, by: FigureCondition['by']): FigureCondition {
  const low = it.op === 'below'
  const op = by === 'median' && it.op === 'extreme' ? 'above' : it.op
  const levels = {
    percentile: low ? { on: 0.5, off: 5 } : { on: 99.5, off: 95 },
    level: low ? { on: 0.2, off: 0.4 } : { on: 0.6, off: 0.35 },
    deviation: low ? { on: -4, off: -2 } : { on: 4, off: 2 },
    median: low ? { on: 0.3, off: 0.6 } : { on: 3, off: 2 },
    rank: { on: 3, off: 5 }
  } as const
  return { ...it, op, by, ...levels[by] }
}

/** High turned low, with levels on the right sides. */
export function pointed(it: FigureCondition, op: FigureCondition['op']): FigureCondition {
  const by = op === 'extreme' && it.by === 'median' ? 'percentile' : it.by
  const turns = (op === 'below') !== (it.op === 'below')
  if (!turns && by === it.by) return { ...it, op }
  return lookedAt({ ...it, op }, by)
}
