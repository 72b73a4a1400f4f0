import type { Settings } from '../../src-shared/settings'
import type { Sampled } from '../charts/sampled'

/** From when the anchored VWAP counts, Unix ms; NaN where no anchor was chosen. */
export function anchorIn({ metrics }: Settings): number {
  const seconds = metrics?.['vwap']?.['anchor'] ?? 0
  return seconds > 0 ? seconds * 1_000 : NaN
}

/** Anchors lie on a grid of ten seconds: rows that differ by less have the same one. */
const toleranceMs = 5_000

/**
 * Makes holes, in place, where the column `value` was computed from another anchor than the one chosen now (Unix ms): a row knows its own by
 * the column `age`, seconds. Without a chosen anchor nothing is left.
 */
export function keepAnchored({ at, values }: Sampled, value: number, age: number, anchor: number): void {
  const [column, ages] = [values[value], values[age]]
  if (!column || !ages) return
  let isOwn = false
  at.forEach((time, row) => {
    const since = ages[row]
    // What a live book holds until now is as old as its last row.
    const isHeld = isOwn && row === at.length - 1 && since === ages[row - 1]
    isOwn = since !== null && since !== undefined && Math.abs(time - since * 1_000 - anchor) < toleranceMs
    if (!isOwn && !isHeld) column[row] = null
  })
}
