import { burst } from './churn'
import { reactTo } from './moves'
import type { Pit } from './pit'

/** Makers behind a move quote so much larger than in its way. */
const WITH_MOVE = 3
const AGAINST_MOVE = 0.3

/** Somebody joins the queue at the touch. */
export function join(pit: Pit, isBid: boolean): void {
  const { ladder, preset, chance } = pit
  const price = isBid ? ladder.bid : ladder.ask
  const base = chance.lognormal(preset.joinMedian, preset.joinSd) * pit.around.regimes.depth
  ladder.set(price, ladder.at(price) + pit.lotsOf(base), isBid)
}

/** Somebody leaves the queue at the touch; a threatened level is pulled whole more often. */
export function cancel(pit: Pit, isBid: boolean): void {
  const { ladder, preset, chance } = pit
  const price = isBid ? ladder.bid : ladder.ask
  if (pit.isHeld(price)) return
  const queue = ladder.at(price)
  const threat = isBid ? -pit.pull : pit.pull
  const isWhole = chance.coin(Math.min(0.6, Math.max(0.0005, 0.25 * (threat - 0.5))))
  const drawn = pit.lotsOf(chance.lognormal(preset.joinMedian * 1.35, preset.joinSd))
  const isLast = isWhole || (drawn >= queue && chance.coin(Math.min(0.8, Math.max(0, threat))))
  const cut = isLast ? queue : Math.min(queue >> 1, drawn)
  if (cut === 0) return
  ladder.set(price, queue - cut, isBid)
  if (cut < queue) return
  burst(pit)
  reactTo(pit, Math.min(0.9, Math.max(0, threat * preset.breakShare)))
}

/** Makers close an open spread around the anchor. */
export function closeGap(pit: Pit): void {
  const { ladder, preset, chance } = pit
  if (ladder.ask - ladder.bid <= 1) return
  const wide = preset.spreadTicks > 1 ? Math.round(chance.exponential(preset.spreadTicks / 2)) : 0
  const bidRoom = Math.min(ladder.ask - 1, Math.floor(pit.anchor) - wide) - ladder.bid
  const askRoom = ladder.ask - Math.max(ladder.bid + 1, Math.ceil(pit.anchor) + wide)
  if (bidRoom <= 0 && askRoom <= 0) {
    if (preset.spreadTicks > 1 && chance.coin(0.8)) return
    const isBid = chance.coin()
    quoteFresh(pit, isBid ? ladder.bid + 1 : ladder.ask - 1, isBid)
    return
  }
  const isBid = askRoom <= 0 || (bidRoom > 0 && chance.coin(bidRoom / (bidRoom + askRoom)))
  const room = isBid ? bidRoom : askRoom
  const step = chance.coin(preset.jumpShare) ? room : 1 + chance.below(room)
  quoteFresh(pit, isBid ? ladder.bid + step : ladder.ask - step, isBid)
}

/** A new touch: thick behind a move, thin in its way. */
function quoteFresh(pit: Pit, price: number, isBid: boolean): void {
  const { preset, chance } = pit
  const standing = (isBid ? 1 : -1) * preset.leanFresh * pit.pull
  const move = pit.moving === 0 ? 1 : isBid === pit.moving > 0 ? WITH_MOVE : AGAINST_MOVE
  const median = preset.touchMean * preset.freshShare * move * Math.exp(standing)
  const base = chance.lognormal(median, 1.4) * pit.around.regimes.depth
  pit.ladder.set(price, pit.lotsOf(base), isBid)
}
