import type { Metric, Params, Seen } from './metric'
import { paramsOf } from './params'

/** What a runner is given of the engine; alone (replays, tests) it needs none of it. */
export interface RunnerParts {
  params(metric: Metric): Params
  /** What the metric learned before of this instrument. */
  recall(metric: Metric): readonly number[] | undefined
  keep(metric: Metric, values: readonly number[]): void
  tell(metric: Metric, seen: Seen): void
  /** Something that was remembered cannot be used. */
  refused(metric: Metric): void
}

export const alone: RunnerParts = {
  params: ({ spec }) => paramsOf(spec),
  recall: () => undefined,
  keep: () => undefined,
  tell: () => undefined,
  refused: () => undefined
}
