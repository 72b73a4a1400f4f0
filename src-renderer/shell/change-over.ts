import type { Series } from '../state/market'

/** Relative change of a column from its first known value within the last `spanMs` to `now`; NaN when there is none. */
export function changeOver(series: Series, column: number, now: number, spanMs: number): number {
  if (column < 0 || series.length === 0 || !Number.isFinite(now)) return NaN
  const since = series.at(series.length - 1) - spanMs
  for (let row = series.find(since); row < series.length; row++) {
    const then = series.value(row, column)
    if (Number.isFinite(then)) return now / then - 1
  }
  return NaN
}
