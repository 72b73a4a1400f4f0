import type { MetricSpec } from '../../../src-shared/contract/catalogue'
import type { InstrumentId } from '../../../src-shared/instrument'
import type { Want } from '../../state/market'
import { measuresOf } from './measures'

/** What must run on each instrument of a list for its figures to be ranked: the percentiles, and what they are of. */
export function rankWants(
  metrics: readonly MetricSpec[],
  ids: readonly InstrumentId[],
  readiness = false
): readonly Want[] {
  const wanted = [...new Set(measuresOf(metrics).flatMap(({ metric, rank }) => [metric, rank.metric]))]
  const rest = { levels: 0, trades: false, metrics: wanted, ...(readiness && { readiness }) }
  return wanted.length === 0 ? [] : ids.map((id) => ({ id, ...rest }))
}
