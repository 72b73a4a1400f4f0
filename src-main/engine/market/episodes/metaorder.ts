import { take, touchOf } from '../moves'
import type { EpisodeWish, Stage } from './stage'

/** A child is about so many touches. */
const CHILD = 0.15
/** Bps that fair value shifts per square root of a touch done, and how the shift fades each second. */
const SHIFT_BPS = 1.05
const FADE = 0.985
const FADED_BPS = 0.05

/** A parent order cut into children: persistent sign, a square-root impact that is put in here, then slow decay. */
export function metaorder(stage: Stage, wish: EpisodeWish): void {
  const { pit, chance } = stage
  const { ladder } = pit
  const touch = stage.touchLots
  const sign = wish.sign ?? chance.sign()
  const lots = Math.round((wish.touches ?? chance.between(10, 60)) * touch)
  const seconds = wish.seconds ?? chance.between(60, 240)
  const everyMs = (seconds * 1000 * CHILD * touch) / lots
  const from = ladder.mid
  let left = lots
  let cost = 0
  stage.begin({ sign, lots })
  slice()

  function slice(): void {
    const best = touchOf(pit, sign)
    const drawn = Math.max(1, Math.round(CHILD * touch * chance.lognormal(1, 0.5)))
    const part = Math.min(left, drawn, Math.max(1, Math.round(ladder.at(best) * 0.8)))
    const done = lots - left
    cost += part * best
    left -= part
    take(pit, sign, part)
    pit.shift += sign * SHIFT_BPS * (Math.sqrt((done + part) / touch) - Math.sqrt(done / touch))
    if (left > 0) stage.wait(chance.exponential(everyMs), slice)
    else finish()
  }

  function finish(): void {
    stage.end({
      impactBps: (sign * (ladder.mid - from)) / pit.ticksPerBp,
      shortfallBps: (sign * (cost / lots - from)) / pit.ticksPerBp
    })
    stage.wait(1000, fade)
  }

  function fade(): void {
    pit.shift *= FADE
    if (Math.abs(pit.shift) > FADED_BPS) stage.wait(1000, fade)
    else pit.shift = 0
  }
}
