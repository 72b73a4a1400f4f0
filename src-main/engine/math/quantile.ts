import { sortNumbers } from './sort-numbers'

/** The `share` quantile (0..1) by linear interpolation between order statistics. NaN of nothing. */
export function quantile(values: ArrayLike<number>, share: number): number {
  const sorted = sortNumbers(new Float64Array(values))
  const place = (sorted.length - 1) * share
  const low = sorted[Math.floor(place)] ?? NaN
  const high = sorted[Math.ceil(place)] ?? NaN
  return low + (place - Math.floor(place)) * (high - low)
}
