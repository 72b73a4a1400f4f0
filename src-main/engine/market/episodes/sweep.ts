import { take } from '../moves'
import type { EpisodeWish, Stage } from './stage'

/** One aggressive order through several levels. Part of the move is information: it stays, and spreads to other venues. */
export function sweep(stage: Stage, wish: EpisodeWish): void {
  const { pit, chance, world } = stage
  const { ladder } = pit
  const sign = wish.sign ?? chance.sign()
  const ticks = (wish.bps ?? chance.between(3, 9)) * pit.ticksPerBp
  const from = ladder.mid
  const limit = Math.round(sign > 0 ? ladder.ask + ticks : ladder.bid - ticks)
  const lots = take(pit, sign, restingUpTo(stage, sign, limit), limit)
  const movedBps = ((sign > 0 ? ladder.ask : ladder.bid) - from) / pit.ticksPerBp
  const staysBps = movedBps * chance.between(0.4, 0.8)
  world.fundamentals.inform(pit.preset.asset, staysBps)
  pit.anchor = Math.round(from + staysBps * pit.ticksPerBp) + 0.5
  stage.begin({ sign, lots, movedBps, staysBps })
  stage.wait(50, () => {
    stage.end()
  })
}

function restingUpTo({ pit }: Stage, sign: 1 | -1, limit: number): number {
  const { ladder } = pit
  let lots = 0
  if (sign > 0)
    for (let p = ladder.ask; p <= limit && ladder.holds(p); p = ladder.up(p + 1)) lots += ladder.at(p)
  else for (let p = ladder.bid; p >= limit && ladder.holds(p); p = ladder.down(p - 1)) lots += ladder.at(p)
  return lots
}
