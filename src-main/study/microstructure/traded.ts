import { mean } from '../../engine/math/mean'
import { VolumeBuckets } from '../../engine/math/volume-buckets'
import type { Market } from './market'

const buckets = 200
const window = 50

/** VPIN with the venue's own trade signs, in buckets of a 200th of the capture's volume. */
export function vpin({ prints }: Market) {
  const pour = new VolumeBuckets(total(prints.size) / buckets)
  for (let i = 0; i < prints.count; i++) pour.add(prints.size[i]!, prints.aggressor[i]! > 0 ? 1 : 0)
  const values = pour.vpin(window)
  return {
    bucket_volume: pour.size,
    full_buckets: pour.imbalances.length,
    n: values.length,
    mean: mean(values),
    first: values[0] ?? NaN,
    last: values.at(-1) ?? NaN,
    max: values.length > 0 ? Math.max(...values) : NaN
  }
}

/** Volume-weighted average price. Inverse contracts are worth fixed money, so theirs is the harmonic one. */
export function vwap({ instrument, prints, unit }: Market): number {
  if (instrument.product === 'inverse')
    return total(prints.size) / total(prints.size.map((size, i) => size / (prints.price[i]! * unit)))
  return total(prints.size.map((size, i) => size * prints.price[i]! * unit)) / total(prints.size)
}

/** Share of the volume that buyers took, 0..1. */
export function buyShare({ prints }: Market): number {
  return total(prints.size.map((size, i) => (prints.aggressor[i]! > 0 ? size : 0))) / total(prints.size)
}

const total = (values: ArrayLike<number>): number => mean(values) * values.length
