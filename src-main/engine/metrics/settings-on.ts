import type { MetricSpec } from '../../../src-shared/contract/catalogue'
import type { InstrumentId } from '../../../src-shared/instrument'
import type { Settings } from '../../../src-shared/settings'

/** What the user set of metrics: of all instruments, and of some their own. */
export type MetricSettings = Pick<Settings, 'metrics' | 'anchors'>

/** Whether anything of an instrument is its own. */
export const hasOwn = ({ anchors }: MetricSettings, id: InstrumentId): boolean => anchors?.[id] !== undefined

/** What is set of metrics on one instrument: its own anchor stands for every parameter that is a moment. */
export function settingsOn(
  specs: readonly MetricSpec[],
  { metrics = {}, anchors }: MetricSettings,
  id: InstrumentId
): NonNullable<Settings['metrics']> {
  const own = anchors?.[id]
  if (own === undefined) return metrics
  const moments = specs.flatMap((spec) => {
    const params = spec.params?.filter(({ moment }) => moment) ?? []
    if (params.length === 0) return []
    const set = Object.fromEntries(params.map((param) => [param.id, own] as const))
    return [[spec.id, { ...metrics[spec.id], ...set }] as const]
  })
  return { ...metrics, ...Object.fromEntries(moments) }
}
