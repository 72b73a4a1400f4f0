import type { EpisodeWish, Stage } from './stage'

const STEPS = 8
const STEP_MS = 60
const REACH_BPS = 10
/** What is left of the makers' depth while it lasts. */
const LEFT = 0.08

/** Makers leave: within half a second the near book empties, refills slowly, then comes back. */
export function vacuum(stage: Stage, wish: EpisodeWish): void {
  const { pit, chance } = stage
  const side = wish.side ?? (chance.coin(0.4) ? 'both' : chance.coin() ? 'bid' : 'ask')
  const seconds = wish.seconds ?? chance.between(4, 15)
  const sides = side === 'both' ? [true, false] : [side === 'bid']
  setDepth(LEFT)
  pit.mood.isShy = true
  stage.begin({ side })
  drain(STEPS)

  function drain(left: number): void {
    for (const isBid of sides) thin(stage, isBid)
    if (left > 1)
      stage.wait(STEP_MS, () => {
        drain(left - 1)
      })
    else stage.wait(seconds * 1000, comeBack)
  }

  function comeBack(): void {
    pit.mood.isShy = false
    setDepth(1)
    stage.end()
  }

  function setDepth(depth: number): void {
    for (const isBid of sides) {
      if (isBid) pit.mood.bidDepth = depth
      else pit.mood.askDepth = depth
    }
  }
}

/** A quarter of the near levels go, or shrink to a quarter; the touch always keeps something. */
function thin({ pit, chance }: Stage, isBid: boolean): void {
  const { ladder } = pit
  const reach = Math.round(REACH_BPS * pit.ticksPerBp)
  const best = isBid ? ladder.bid : ladder.ask
  const isNear = (price: number) => ladder.holds(price) && Math.abs(price - best) < reach
  for (let p = best; isNear(p); p = isBid ? ladder.down(p - 1) : ladder.up(p + 1)) {
    if (pit.isHeld(p) || !chance.coin(0.25)) continue
    const goes = chance.coin(0.7) && p !== best
    ladder.set(p, goes ? 0 : Math.max(1, ladder.at(p) >> 2), isBid)
  }
}
