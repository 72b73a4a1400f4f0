import { regulate } from './churn'
import {
  ASK_CANCEL,
  ASK_JOIN,
  BID_CANCEL,
  BID_JOIN,
  GAP,
  INFORMED,
  LADDER,
  PARENT,
  weigh
} from './intensities'
import { cancel, closeGap, join } from './makers'
import type { Pit } from './pit'
import { takeForParent, takeInformed } from './takers'

/** Ladder events far from the touch: their share, and where. */
const FAR_SHARE = 0.06
const FAR_BPS = 150

/**
 * Draws when the pit's clock strikes next. Rates are constant between events and the exponential has no memory, so it may
 * be drawn anew after anything that changes them.
 */
export function wind(pit: Pit): void {
  const sum = weigh(pit)
  pit.nextAt = sum > 0 ? pit.around.agenda.now + pit.chance.exponential(1000 / sum) : Infinity
}

/** The clock has struck: one of the eight things happens, in proportion to the rates. */
export function strike(pit: Pit): void {
  switch (pick(pit)) {
    case BID_JOIN:
      join(pit, true)
      return
    case ASK_JOIN:
      join(pit, false)
      return
    case BID_CANCEL:
      cancel(pit, true)
      return
    case ASK_CANCEL:
      cancel(pit, false)
      return
    case PARENT:
      takeForParent(pit)
      return
    case INFORMED:
      takeInformed(pit)
      return
    case LADDER:
      regulate(pit, distance(pit))
      return
    case GAP:
      closeGap(pit)
  }
}

function pick(pit: Pit): number {
  const { rates } = pit
  let sum = 0
  for (let i = 0; i < rates.length; i++) sum += rates[i]!
  let left = pit.chance.next() * sum
  for (let i = 0; i < GAP; i++) {
    left -= rates[i]!
    if (left <= 0) return i
  }
  return GAP
}

/** How far behind the touch the book is touched up, in bps. */
function distance(pit: Pit): number {
  const { chance, preset } = pit
  if (chance.coin(FAR_SHARE)) return chance.lognormal(FAR_BPS, 1)
  return chance.lognormal(preset.distanceMedianBps, preset.distanceSd)
}
