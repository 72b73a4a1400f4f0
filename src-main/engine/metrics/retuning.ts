import type { MetricSpec } from '../../../src-shared/contract/catalogue'
import { columnsOf } from '../../../src-shared/contract/catalogue'
import type { Settings } from '../../../src-shared/settings'
import { paramsOf } from './params'
import { signsOf } from './signs'

/** What other parameters mean for what runs. */
export interface Retuning {
  /** Metrics that begin anew. */
  readonly anew: ReadonlySet<string>
  /** Metrics that go on and take the new parameters (`MetricRun.adjust`). */
  readonly adjusted: ReadonlySet<string>
  /** `metric.field` of the figures that are others from now on. */
  readonly figures: ReadonlySet<string>
}

/** From what the user had set to what is set now; what is not used changes nothing. */
export function retuning(
  specs: readonly MetricSpec[],
  before: Settings['metrics'] = {},
  after: Settings['metrics'] = {}
): Retuning {
  const [then, now] = [signsOf(specs, before), signsOf(specs, after)]
  const isOther = (metric: string, field?: string): boolean => then(metric, field) !== now(metric, field)
  const changedOf = (spec: MetricSpec) => {
    const [old, young] = [paramsOf(spec, before[spec.id]), paramsOf(spec, after[spec.id])]
    return (spec.params ?? []).filter(({ id }) => old[id] !== young[id])
  }
  const begins = (spec: MetricSpec): boolean =>
    changedOf(spec).some(({ concerns }) => concerns === undefined) ||
    (spec.reads ?? []).some((read) => isOther(read))
  const [anew, others] = [specs.filter(begins), specs.filter((spec) => !begins(spec))]
  return {
    anew: new Set(anew.map(({ id }) => id)),
    adjusted: new Set(others.filter((spec) => changedOf(spec).length > 0).map(({ id }) => id)),
    figures: new Set(
      columnsOf(specs)
        .filter(({ metric, field }) => isOther(metric, field))
        .map(({ metric, field }) => `${metric}.${field}`)
    )
  }
}
