import type { EpisodeWish, Stage } from './stage'
import { sideName } from './stage'

const WATCH_MS = 20
const STEP_BPS = 0.2

interface Layer {
  readonly price: number
  /** What stood there before. */
  readonly had: number
  readonly lots: number
}

/** Layers of size shown close to the touch for seconds, never meant to trade, withdrawn in one go. */
export function spoof(stage: Stage, wish: EpisodeWish): void {
  const { pit, chance } = stage
  const isBid = stage.isBid(wish)
  const layers = wish.layers ?? 3 + chance.below(3)
  const wanted = wish.cycles ?? 3 + chance.below(4)
  const seen = { cycles: 0, shownLots: 0, tradedLots: 0 }
  const steady = wish.steady === true
  const off = wish.bps ?? 0
  let first = firstPrice(stage, isBid, off)
  stage.begin({ side: sideName(isBid), layers, ...(steady && { priceTicks: first }) })
  show()

  function show(): void {
    if (!steady) first = firstPrice(stage, isBid, off)
    const shown = showLayers(stage, isBid, layers, first)
    for (const { lots } of shown) seen.shownLots += lots
    seen.cycles++
    const hideAt = stage.now + 1000 * (steady ? 1 : chance.between(1.2, 5))
    stage.wait(WATCH_MS, () => {
      watch(shown, hideAt)
    })
  }

  function watch(shown: readonly Layer[], hideAt: number): void {
    const { ladder } = pit
    const best = shown[0]
    const isNear = !best || (isBid ? ladder.bid <= best.price : ladder.ask >= best.price)
    if (!isNear && stage.now < hideAt) {
      stage.wait(WATCH_MS, () => {
        watch(shown, hideAt)
      })
      return
    }
    for (const layer of shown) seen.tradedLots += hide(stage, layer, isBid)
    if (seen.cycles >= wanted) stage.end(seen)
    else stage.wait(1000 * (steady ? 1 : chance.between(0.8, 4)), show)
  }
}

const stepOf = ({ pit }: Stage): number => Math.max(1, Math.round(STEP_BPS * pit.ticksPerBp))

/** A step behind the touch, and `bps` farther. */
function firstPrice(stage: Stage, isBid: boolean, bps: number): number {
  const { ladder, ticksPerBp } = stage.pit
  const off = stepOf(stage) + Math.round(bps * ticksPerBp)
  return isBid ? ladder.bid - off : ladder.ask + off
}

function showLayers(stage: Stage, isBid: boolean, count: number, first: number): Layer[] {
  const { pit, chance } = stage
  const { ladder } = pit
  const step = stepOf(stage)
  const shown: Layer[] = []
  for (let i = 0; i < count; i++) {
    const price = isBid ? first - i * step : first + i * step
    const lots = Math.round(chance.between(1.5, 3) * stage.touchLots)
    if (pit.isHeld(price)) continue
    const had = ladder.at(price)
    pit.walls.set(price, had + lots)
    stage.put(price, had + lots, isBid)
    shown.push({ price, had, lots })
  }
  return shown
}

/** Withdraws a layer; answers the lots it lost to takers. */
function hide({ pit }: Stage, { price, had, lots }: Layer, isBid: boolean): number {
  // A layer that was eaten is no wall any more, and its price may be on the other side by now.
  if (!pit.walls.delete(price)) return had + lots
  const left = pit.ladder.at(price)
  pit.ladder.set(price, Math.min(had, left), isBid)
  return Math.max(0, had + lots - left)
}
