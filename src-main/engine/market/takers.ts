import { hTicks, take, touchOf } from './moves'
import type { Pit } from './pit'

/**
 * One piece of a parent order from the pool. Parents have Pareto lengths, so signs remember for long (Lillo, Mike and
 * Farmer 2005). Large pieces are timed: they tend to go with fair value.
 */
export function takeForParent(pit: Pit): void {
  const { preset, chance } = pit
  const parent = pit.parents[chance.below(pit.parents.length)]!
  parent.left--
  if (parent.left <= 0) Object.assign(parent, pit.newParent())
  const base = chance.lognormal(preset.takeMedian, preset.takeSd)
  const isTimed = base > 0.1 * preset.touchMean && chance.coin(Math.min(0.8, 0.3 + Math.abs(pit.pull)))
  order(pit, isTimed ? signOf(pit.pull, parent.sign) : parent.sign, base)
}

/** Somebody who knows fair value takes towards it, up to a limit there. */
export function takeInformed(pit: Pit): void {
  const { preset, chance, ladder } = pit
  const sign = signOf(pit.pull, 1)
  const best = ladder.at(touchOf(pit, sign)) * pit.baseOfLot
  const usual = chance.lognormal(preset.takeMedian * 3, preset.takeSd * 0.8)
  const isLarge = Math.abs(pit.pull) > 0.6 && chance.coin(0.35)
  const base = isLarge ? Math.max(usual, best * chance.between(0.6, 1.6)) : usual
  order(pit, sign, base, pit.fair - sign * 0.2 * hTicks(pit))
}

/** An order, and with some chance its child: a Hawkes process by branching. */
function order(pit: Pit, sign: 1 | -1, base: number, stop = NaN): void {
  const { preset, chance } = pit
  take(pit, sign, sensible(pit, sign, pit.lotsOf(base), stop), stop)
  if (!chance.coin(preset.childShare)) return
  pit.later(chance.exponential(1000 / preset.childBeta), () => {
    const childSign = chance.coin(preset.childSame) ? sign : sign > 0 ? -1 : 1
    order(pit, childSign, chance.lognormal(preset.takeMedian, preset.takeSd))
  })
}

/** Takers look at the book: a large order without a limit is usually cut to a part of what the touch shows. */
function sensible(pit: Pit, sign: 1 | -1, lots: number, stop: number): number {
  const { chance } = pit
  const best = pit.ladder.at(touchOf(pit, sign))
  if (lots <= best || !Number.isNaN(stop) || !chance.coin(0.85)) return lots
  const most = 0.85 + 0.2 * Math.min(1, Math.max(0, sign * pit.pull))
  return Math.max(1, Math.floor(best * chance.between(0.3, most)))
}

function signOf(x: number, otherwise: 1 | -1): 1 | -1 {
  return x > 0 ? 1 : x < 0 ? -1 : otherwise
}
