import type { FieldSpec, MetricSpec } from '../../../src-shared/contract/catalogue'
import { figureHead, figureName } from '../../../src-shared/figure-text'

/** A figure of which the catalogue has the own percentile. */
export interface Measure {
  readonly id: string
  readonly title: string
  /** The same where there is little room. */
  readonly short: string
  /** Where the percentile stands. */
  readonly rank: { readonly metric: string; readonly field: string }
  /** The figure itself. */
  readonly metric: string
  readonly field: FieldSpec
  /** Whether the figure has a side: above its usual is bid, below it is ask. */
  readonly sided: boolean
}

/** Every figure that the catalogue ranks against its own history (`FieldSpec.ranks`). */
export function measuresOf(metrics: readonly MetricSpec[]): Measure[] {
  const found: Measure[] = []
  for (const metric of metrics) {
    for (const { id, ranks, sided } of metric.fields) {
      const [ofMetric = '', ofField = ''] = ranks?.split('.') ?? []
      const owner = metrics.find((it) => it.id === ofMetric)
      const field = owner?.fields.find((it) => it.id === ofField)
      if (!owner || !field) continue
      found.push({
        id: `${ofMetric}.${ofField}`,
        title: figureName(owner, field),
        short: figureHead(owner, field),
        rank: { metric: metric.id, field: id },
        metric: ofMetric,
        field,
        sided: field.unit === 'ratio' || sided === true
      })
    }
  }
  return found
}

/** How unusual a percentile (a share) is, either side: 0 in the middle of the history, 1 at its ends. */
export const unusual = (rank: number): number => 2 * Math.abs(rank - 0.5)

/** How seldom: halvings of the chance to be that far out. 1 is one in two, 6.6 one in a hundred; no further than one in a thousand. */
export const seldom = (rank: number): number => -Math.log2(Math.max(1e-3, 1 - unusual(rank)))
