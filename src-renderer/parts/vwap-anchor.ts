import type { InstrumentId } from '../../src-shared/instrument'
import type { Settings } from '../../src-shared/settings'
import { mostAnchors } from '../../src-shared/settings'
import type { Sampled } from '../charts/sampled'

/** From when the instrument's anchored VWAP counts, Unix ms; NaN where no anchor was chosen, neither its own nor one for all. */
export function anchorIn(settings: Settings, id: InstrumentId | undefined): number {
  const own = id === undefined ? undefined : settings.anchors?.[id]
  const seconds = own ?? anchorOfAll(settings)
  return seconds > 0 ? seconds * 1_000 : NaN
}

/** The settings with an anchor of the instrument's own at `seconds` (Unix time); 0 leaves it without one. The anchor chosen longest ago makes room. */
export function withAnchor(settings: Settings, id: InstrumentId, seconds: number): Settings {
  const { anchors = {}, ...rest } = settings
  const others = Object.entries(anchors).filter(([other]) => other !== id)
  // None of its own would be that of all, where there is one.
  const own = seconds > 0 || anchorOfAll(settings) > 0 ? [[id, seconds] as const] : []
  const all = [...others, ...own].slice(-mostAnchors)
  return all.length > 0 ? { ...rest, anchors: Object.fromEntries(all) } : rest
}

const anchorOfAll = ({ metrics }: Settings): number => metrics?.['vwap']?.['anchor'] ?? 0

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
