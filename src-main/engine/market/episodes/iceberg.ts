import { take } from '../moves'
import type { Iceberg } from '../pit'
import type { EpisodeWish, Stage } from './stage'
import { sideName } from './stage'

/** A hidden reserve behind a small display at the touch, and the opposite flow that makes it work. */
export function iceberg(stage: Stage, wish: EpisodeWish): void {
  const { pit, chance } = stage
  const { ladder } = pit
  const isBid = stage.isBid(wish)
  const price = isBid ? ladder.bid : ladder.ask
  const totalLots = Math.round((wish.touches ?? chance.between(4, 10)) * stage.touchLots)
  const show = Math.max(1, Math.round(totalLots / (wish.refills ?? 12)))
  const reserve: Iceberg = { show, left: totalLots - show, traded: 0, refills: 0 }
  const until = stage.now + 1000 * (wish.seconds ?? chance.between(15, 60))
  const flow = wish.flow ?? 2
  const seen = { throughTicks: 0, flowLots: 0 }
  pit.icebergs.set(price, reserve)
  ladder.set(price, ladder.at(price) + show, isBid)
  stage.begin({ side: sideName(isBid), priceTicks: price, totalLots, displayLots: show })
  stage.wait(chance.exponential(300), feed)

  function feed(): void {
    seen.throughTicks = Math.max(seen.throughTicks, isBid ? price - ladder.bid : ladder.ask - price)
    if (!pit.icebergs.has(price) || stage.now >= until) {
      finish()
      return
    }
    if ((isBid ? ladder.bid : ladder.ask) === price && flow > 0) {
      const lots = Math.max(1, Math.round(show * chance.lognormal(0.6, 0.6)))
      seen.flowLots += take(pit, isBid ? -1 : 1, lots, price)
    }
    stage.wait(chance.exponential(1000 / Math.max(0.2, flow)), feed)
  }

  function finish(): void {
    const outcome = pit.icebergs.delete(price) ? 'withdrawn' : 'filled'
    pit.mood.isPinned = false
    stage.end({ ...seen, outcome, tradedAtPriceLots: reserve.traded, refills: reserve.refills })
  }
}

/** One-sided aggression that moves nothing: a deep iceberg under heavy flow. Nobody else pushes while it lasts. */
export function absorption(stage: Stage, wish: EpisodeWish): void {
  const { pit, chance } = stage
  pit.mood.isPinned = true
  pit.anchor = pit.ladder.mid
  const touches = chance.between(12, 25)
  const seconds = chance.between(10, 25)
  iceberg(stage, { touches, seconds, refills: 40, flow: 8, ...wish })
}
