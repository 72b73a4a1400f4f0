import type { Outcome } from '../../../src-shared/alerts/record'
import { outcomeHorizons } from '../../../src-shared/alerts/record'

/** The mid after an alert, oldest first: wall clock ms, ticks. */
export interface MidTrail {
  readonly length: number
  at(row: number): number
  mid(row: number): number
}

/** A mid this much older than its horizon says nothing of it. */
const oldestMs = 1_000
const bps = 10_000

/**
 * What the market did after an alert: the mid after each horizon against the mid at the alert, in the direction of the alert's side (+1 up, -1 down), and
 * how far it went both ways. NaN where the mid was not known.
 */
export function outcomeOf(
  trail: MidTrail,
  { at, mid, halfSpreadBps, sign }: { at: number; mid: number; halfSpreadBps: number; sign: 1 | -1 }
): Outcome {
  const moves = outcomeHorizons.map(() => NaN)
  const last = outcomeHorizons.at(-1)!
  let favourableBps = 0
  let adverseBps = 0
  let isKnown = false
  for (let row = 0; row < trail.length; row++) {
    const passed = trail.at(row) - at
    if (passed < 0 || passed > last) continue
    const move = ((sign * (trail.mid(row) - mid)) / mid) * bps
    for (const [place, horizon] of outcomeHorizons.entries())
      if (passed <= horizon && horizon - passed <= oldestMs && !Number.isNaN(move)) moves[place] = move
    if (Number.isNaN(move)) continue
    isKnown = true
    favourableBps = Math.max(favourableBps, move)
    adverseBps = Math.max(adverseBps, -move)
  }
  return {
    bps: moves,
    netBps: moves.map((move) => move - halfSpreadBps),
    favourableBps: isKnown ? favourableBps : NaN,
    adverseBps: isKnown ? adverseBps : NaN,
    halfSpreadBps
  }
}
