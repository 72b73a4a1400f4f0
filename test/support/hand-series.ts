import type { Series } from '../../src-renderer/state/market'
import { millis } from '../../src-shared/units'

/** A series written down by hand: rows are [at, figure, figure…]. */
export function handSeries(
  rows: readonly (readonly number[])[],
  gaps: Series['gaps'] = [],
  trades: readonly (readonly number[])[] = []
): Series {
  return {
    version: 0,
    length: rows.length,
    width: rows[0]?.length ?? 0,
    at: (row) => millis(rows[row]?.[0] ?? NaN),
    value: (row, column) => rows[row]?.[column] ?? NaN,
    find: (at) => {
      const found = rows.findIndex((row) => row[0]! >= at)
      return found < 0 ? rows.length : found
    },
    untold: 0,
    gaps,
    trades: { length: trades.length, value: (row, column) => trades[row]?.[column] ?? NaN },
    liquidations: { length: 0, value: () => NaN },
    traded: () => [0, 0]
  }
}
