import { alignedBase } from './ladder'
import type { Pit } from './pit'
import { gapAt, levelSize } from './shape'

/** The book is filled at its opening up to so many bps behind the touch. */
const FAR_BPS = 900
/** Ticks left free at the ends of the window. */
const MARGIN = 64

/** The opening book around the touch, which counts as sent: nobody has seen anything before it. */
export function open(pit: Pit): void {
  const { ladder } = pit
  const far = Math.min(ladder.span / 2 - MARGIN, FAR_BPS * pit.ticksPerBp)
  for (const isBid of [true, false]) {
    const best = isBid ? ladder.bid : ladder.ask
    ladder.set(best, pit.lotsOf(pit.preset.touchMean), isBid)
    plant(pit, isBid, gapAfter(pit, 0), far)
  }
  pit.settle()
}

/**
 * Moves the window when the price has gone an eighth of it from its middle, so that a finite ladder follows the price for
 * ever: what falls out at one end is removed, and told; the other end is filled as at the opening.
 */
export function follow(pit: Pit): void {
  const { ladder } = pit
  const mid = Math.round(ladder.mid)
  if (Math.abs(mid - (ladder.base + ladder.span / 2)) < ladder.span / 8) return
  const base = alignedBase(mid, ladder.span)
  const isUp = base > ladder.base
  const [oldEdge, isBid] = isUp ? [ladder.end, false] : [ladder.base, true]
  if (isUp) for (let p = ladder.up(ladder.base); p <= base; p = ladder.up(p + 1)) ladder.set(p, 0, true)
  else
    for (let p = ladder.down(ladder.end); p >= base + ladder.span - 1; p = ladder.down(p - 1))
      ladder.set(p, 0, false)
  // Cells are shared by the prices that leave and those that come: the first must be told before the second exist.
  pit.flush()
  ladder.slide(mid)
  const best = isBid ? ladder.bid : ladder.ask
  plant(pit, isBid, Math.abs(oldEdge - best), ladder.span / 2 - MARGIN)
}

/** Levels of one side from `from` to `far` ticks behind the touch. */
function plant(pit: Pit, isBid: boolean, from: number, far: number): void {
  const { ladder } = pit
  for (let k = from; k < far; k += gapAfter(pit, k)) {
    const price = isBid ? ladder.bid - k : ladder.ask + k
    ladder.set(price, levelSize(pit, k / pit.ticksPerBp, price, isBid), isBid)
  }
}

function gapAfter(pit: Pit, ticks: number): number {
  const mean = Math.max(0.01, gapAt(pit, ticks / pit.ticksPerBp) - 0.5)
  return 1 + Math.floor(pit.chance.exponential(mean))
}
