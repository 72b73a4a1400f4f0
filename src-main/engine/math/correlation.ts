import { covariance } from './covariance'

/** Pearson's correlation of equally long series, -1..1. NaN for fewer than two values or a constant series. */
export function correlation(x: ArrayLike<number>, y: ArrayLike<number>): number {
  const scale = Math.sqrt(covariance(x, x)) * Math.sqrt(covariance(y, y))
  return scale > 0 ? covariance(x, y) / scale : NaN
}
