import { columnsOf } from '../../../src-shared/contract/catalogue'
import { sampleHeadLength } from '../../../src-shared/contract/frames'
import type { Metric } from './metric'

/** Numbers in every sample row of these metrics. */
export const widthOf = (metrics: readonly Metric[]): number =>
  sampleHeadLength + columnsOf(metrics.map((metric) => metric.spec)).length

/** Places in a sample row that hold prices in ticks: they change their count when the grid gets finer. */
export const pricePlacesOf = (metrics: readonly Metric[]): readonly number[] =>
  metrics
    .flatMap((metric) => metric.spec.fields)
    .flatMap((field, column) => (field.unit === 'price' ? [column + sampleHeadLength] : []))
