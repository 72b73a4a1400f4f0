import { take, touchOf } from '../moves'
import type { EpisodeWish, Stage } from './stage'

const EVERY_MS = 280

/** Forced orders of one sign that feed on themselves: each moves the hidden price for all venues. */
export function cascade(stage: Stage, wish: EpisodeWish): void {
  const { pit, chance, world } = stage
  const sign = wish.sign ?? (chance.coin(0.7) ? -1 : 1)
  const wanted = wish.orders ?? 10 + chance.below(20)
  const seen = { orders: 0, lots: 0 }
  stage.begin({ sign })
  force()

  function force(): void {
    const wish = Math.max(1, Math.round(stage.touchLots * chance.lognormal(0.8, 0.7)))
    const done = take(pit, sign, wish)
    world.sink.liquidation(pit.preset, world.clock, touchOf(pit, sign), done, sign)
    world.fundamentals.inform(pit.preset.asset, sign * chance.between(0.4, 1.4))
    seen.orders++
    seen.lots += done
    if (seen.orders < wanted) stage.wait(chance.exponential(EVERY_MS), force)
    else stage.end(seen)
  }
}
