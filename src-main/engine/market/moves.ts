import { burst } from './churn'
import { execute } from './execution'
import type { Pit } from './pit'

/** Milliseconds between two bites at a wall that stands in the way of a move. */
const GNAW_MS = 150
/** Venues that see the price late wait a little longer. */
const LATE_PATIENCE = 1.25

/** Fair value is looked at: quotes stick to the anchor until it is too far away. */
export function see(pit: Pit, logPrice: number, dt: number): void {
  const { preset, chance } = pit
  const pushed = preset.noiseBps * Math.sqrt((2 * dt) / preset.noiseTauS) * chance.normal()
  pit.noise += (-pit.noise * dt) / preset.noiseTauS + pushed
  pit.impact -= (pit.impact * dt) / preset.impactTauS
  const bps = preset.basisBps + pit.noise + pit.impact + pit.shift
  pit.fair = pit.reference * Math.exp(logPrice) * (1 + bps / 1e4) * 10 ** preset.tick.decimals
  if (Math.abs(pit.fair - pit.anchor) > pit.threshold * hTicks(pit)) relocate(pit)
}

/** The anchor goes to fair value; makers and the fast takers set off after it. */
export function relocate(pit: Pit): void {
  const { preset, chance, ladder } = pit
  if (pit.mood.isPinned || pit.mood.isQuiet) return
  const drawn = pit.fair + preset.overshoot * hTicks(pit) * chance.normal()
  pit.anchor = Math.round(drawn - 0.5) + 0.5
  pit.threshold = chance.between(0.6, 1.4) * (preset.lagMs > 0 ? LATE_PATIENCE : 1)
  const sign = pit.anchor > ladder.mid ? 1 : -1
  pit.around.relocated(pit, sign)
  if (pit.moving !== 0) return
  pit.moving = sign
  pit.later(chance.exponential(preset.reactMs), () => {
    retreat(pit, true)
  })
  const chasers = Math.round(chance.lognormal(preset.chasers, 0.8))
  for (let n = 0; n < chasers; n++)
    pit.later(chance.exponential(preset.reactMs * 1.5), () => {
      chase(pit, sign)
    })
}

/** Another venue of the asset has moved: go along, if fair value here says so too. */
export function followMove(pit: Pit, sign: 1 | -1): void {
  const { preset, chance } = pit
  if (pit.moving !== 0 || sign * (pit.fair - pit.anchor) <= preset.followAt * hTicks(pit)) return
  if (chance.coin(preset.followShare)) relocate(pit)
}

/** The touch may have broken in the direction of the pull: with this chance the anchor goes too. */
export function reactTo(pit: Pit, probability: number): void {
  if (pit.moving === 0 && pit.chance.coin(probability)) relocate(pit)
}

/** One step of a move: the levels on the wrong side of the anchor are taken or pulled, a few at a time. */
function retreat(pit: Pit, isFirst: boolean): void {
  const { ladder, preset, chance } = pit
  const half = preset.spreadTicks / 2
  const isUp = ladder.ask < pit.anchor + half
  if (!isUp && ladder.bid <= pit.anchor - half) {
    pit.moving = 0
    return
  }
  const sign = isUp ? 1 : -1
  const price = isUp ? ladder.ask : ladder.bid
  const here = ladder.at(price)
  const wall = pit.walls.get(price)
  if (wall !== undefined) {
    // A wall is not pulled by a move: takers gnaw at it and the price waits.
    execute(pit, sign, Math.max(1, Math.round(wall * chance.between(0.02, 0.12))), price)
    pit.later(chance.exponential(GNAW_MS), () => {
      retreat(pit, false)
    })
    return
  }
  if (isFirst && chance.coin(preset.sweepFirst))
    execute(pit, sign, pit.lotsOf(chance.lognormal(preset.touchMean * preset.sweepSize, 1.3)), pit.anchor)
  else if (chance.coin(preset.sweepShare))
    execute(pit, sign, Math.max(1, Math.round(here * chance.lognormal(0.9, 0.7))), pit.anchor)
  else pullLevels(pit, isUp)
  burst(pit)
  pit.later(chance.exponential(preset.retreatMs), () => {
    retreat(pit, false)
  })
}

function pullLevels(pit: Pit, isUp: boolean): void {
  const { ladder, preset } = pit
  const half = preset.spreadTicks / 2
  for (let n = pit.chance.below(preset.pullLevels); n >= 0; n--) {
    const best = isUp ? ladder.ask : ladder.bid
    const isPast = isUp ? best >= pit.anchor + half : best <= pit.anchor - half
    if (isPast || pit.isHeld(best)) return
    ladder.set(best, 0, !isUp)
  }
}

function chase(pit: Pit, sign: 1 | -1): void {
  const { preset, chance } = pit
  take(pit, sign, pit.lotsOf(chance.lognormal(preset.takeMedian * 1.5, preset.takeSd)), pit.fair)
}

/** An order that may break the touch, and so start a move. Answers the lots done. */
export function take(pit: Pit, sign: 1 | -1, lots: number, stop = NaN): number {
  const touch = touchOf(pit, sign)
  const done = execute(pit, sign, lots, stop)
  if (touchOf(pit, sign) !== touch)
    reactTo(pit, Math.min(0.9, Math.max(0.02, sign * pit.pull * pit.preset.breakShare)))
  return done
}

/** The price an order of this sign meets first. */
export function touchOf(pit: Pit, sign: 1 | -1): number {
  return sign > 0 ? pit.ladder.ask : pit.ladder.bid
}

/** The distance h in ticks. */
export function hTicks(pit: Pit): number {
  return pit.preset.hBps * pit.ticksPerBp
}
