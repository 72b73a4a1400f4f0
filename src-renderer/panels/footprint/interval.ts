import type { MetricSpec } from '../../../src-shared/contract/catalogue'
import type { Settings } from '../../../src-shared/settings'

/** Intervals offered, seconds. */
export const intervals: { value: number; title: string }[] = [
  { value: 10, title: '10 s' },
  { value: 30, title: '30 s' },
  { value: 60, title: '1 m' },
  { value: 300, title: '5 m' },
  { value: 900, title: '15 m' }
]

/** The interval that the metric runs with, seconds: what the settings say, or its default. */
export const intervalOf = (metrics: readonly MetricSpec[], settings: Settings['metrics']): number =>
  settings?.['delta']?.['interval'] ??
  metrics.find(({ id }) => id === 'delta')?.params?.find(({ id }) => id === 'interval')?.default ??
  NaN

export const withInterval = (settings: Settings, seconds: number): Settings => ({
  ...settings,
  metrics: { ...settings.metrics, delta: { ...settings.metrics?.['delta'], interval: seconds } }
})
