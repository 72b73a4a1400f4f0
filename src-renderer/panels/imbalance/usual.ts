import type { MetricSpec } from '../../../src-shared/contract/catalogue'
import type { Band } from '../../parts/imbalance-bands'
import { bandTitle, bands } from '../../parts/imbalance-bands'

/** The bands of which the engine keeps the own history, in the order in which settings count them. */
export function rankedBands(metrics: readonly MetricSpec[]): Band[] {
  const usual = metrics.find(({ id }) => id === 'imbalance-usual')
  const ranked = (usual?.fields ?? []).map(({ ranks }) => ranks?.split('.')[1])
  return ranked.map((field) => bands.find((band) => band === field)).filter((band) => band !== undefined)
}

/** The imbalance whose regime is followed: the metric's parameter `source`, or its default. */
export function regimeSource(
  metrics: readonly MetricSpec[],
  settings: Readonly<Record<string, Readonly<Record<string, number>>>> | undefined
): string {
  const spec = metrics.find(({ id }) => id === 'imbalance-dynamics')
  const usual = spec?.params?.find(({ id }) => id === 'source')?.default ?? NaN
  const band = rankedBands(metrics)[settings?.['imbalance-dynamics']?.['source'] ?? usual]
  return band ? bandTitle(band) : 'its source'
}
