import { correlation } from './correlation'

/** Pearson's correlation of a series with itself `lag` values before, each part with its own mean (not the full-sample ratio of autocovariances). */
export function autocorrelation(series: Float64Array, lag: number): number {
  if (lag >= series.length) return NaN
  return correlation(series.subarray(lag), series.subarray(0, series.length - lag))
}
