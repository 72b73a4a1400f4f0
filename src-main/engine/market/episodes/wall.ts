import type { EpisodeWish, Stage } from './stage'
import { sideName } from './stage'

const WATCH_MS = 40
/** A shy wall is pulled when the touch comes this near. */
const SHY_BPS = 0.25

/** A large resting order that stands, is eaten, is pulled when the price comes near, or is withdrawn in the end. */
export function wall(stage: Stage, wish: EpisodeWish): void {
  const { pit, chance } = stage
  const { ladder } = pit
  const isBid = stage.isBid(wish)
  const price = wallPrice(stage, isBid, wish.bps ?? chance.between(1.2, 5))
  const lots = Math.round((wish.touches ?? chance.between(6, 15)) * stage.touchLots)
  const shy = wish.shy ?? chance.coin(0.5)
  const until = stage.now + 1000 * (wish.seconds ?? chance.between(20, 90))
  pit.walls.set(price, lots)
  stage.put(price, lots, isBid)
  stage.begin({ side: sideName(isBid), priceTicks: price, lots, shy })
  stage.wait(WATCH_MS, watch)

  function watch(): void {
    if (!pit.walls.has(price)) {
      stage.end({ outcome: 'eaten' })
      return
    }
    const near = isBid ? ladder.bid - price : price - ladder.ask
    const isOld = stage.now >= until
    if (!isOld && !(shy && near <= Math.max(1, SHY_BPS * pit.ticksPerBp))) {
      stage.wait(WATCH_MS, watch)
      return
    }
    const leftLots = ladder.at(price)
    pit.walls.delete(price)
    const remains = 1 + chance.below(Math.ceil(stage.touchLots * 0.1))
    ladder.set(price, Math.min(leftLots, remains), isBid)
    stage.end({ outcome: isOld ? 'withdrawn' : 'pulled', leftLots })
  }
}

/** The distance from the touch, at a round price where there is one on the way. */
function wallPrice({ pit }: Stage, isBid: boolean, bps: number): number {
  const off = Math.max(1, Math.round(bps * pit.ticksPerBp))
  const every = pit.preset.roundEvery
  const price = isBid ? pit.ladder.bid - off : pit.ladder.ask + off
  if (off <= every) return price
  return (isBid ? Math.floor(price / every) : Math.ceil(price / every)) * every
}
