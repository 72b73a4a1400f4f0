import type { Touch } from '../book/changes'
import { queueRaceLimit, queueRaceUp } from '../math/cont-de-larrard'
import { remainder } from '../math/remainder'
import { stepMs } from './horizon'
import type { Learner } from './learner'
import { saidColumns } from './learner'
import type { Scored } from './scored'
import { scoredWidth } from './scored'
import { signalCount } from './signals'
import type { Trail } from './trail'
import { trailMs } from './trail'

export interface OutcomesParts {
  /** The horizon, NaN for the next move. */
  readonly ms: number
  readonly learner: Learner
  readonly scored: Scored
  /** Signals by slot, `most` slots. */
  readonly rows: Float64Array
  readonly most: number
  readonly trail: Trail
}

/** Forecasts scored before the model has seen this many labels would judge its ignorance. */
export const warmUp = 100
/** Of a waiting forecast: its step (NaN: none waits), the mid in half ticks, the baselines, and what the learner said. */
const place = { step: 0, mid2: 1, imbalance: 2, baseRate: 3, lastMove: 4, queueRace: 5, said: 6 } as const
const columns = place.said + saidColumns

/**
 * The forecasts of one horizon that wait for what happens: each is scored as it was made and only then learned from (Dawid's prequential principle).
 * The mid that stood tells nothing of a direction and is left out.
 */
export class Outcomes {
  readonly #parts: OutcomesParts
  /** By slot. */
  readonly #waiting: Float64Array
  readonly #line = new Float64Array(scoredWidth)
  /** Steps of the oldest and newest that may wait for the next move. */
  #oldest = NaN
  #newest = NaN
  #lastMove = 0
  #ups = 0
  #labels = 0

  constructor(parts: OutcomesParts) {
    this.#parts = parts
    this.#waiting = new Float64Array(parts.most * columns).fill(NaN)
  }

  /** Notes a forecast of this step and answers its probability of up. `usualTrade` in lots, NaN where nothing was traded yet. */
  foretell(step: number, slot: number, touch: Readonly<Touch>, usualTrade: number): number {
    const { bid, ask, bidSize, askSize } = touch
    const { learner, rows } = this.#parts
    const at = slot * columns
    const waiting = this.#waiting
    waiting[at] = step
    waiting[at + place.mid2] = bid + ask
    waiting[at + place.imbalance] = (bidSize - askSize) / (bidSize + askSize)
    waiting[at + place.baseRate] = (this.#ups + 1) / (this.#labels + 2)
    waiting[at + place.lastMove] = this.#lastMove
    // Orders are taken to be of the usual trade's size; before the first trade, to be many.
    waiting[at + place.queueRace] = Number.isNaN(usualTrade)
      ? queueRaceLimit(bidSize, askSize)
      : queueRaceUp(bidSize / usualTrade, askSize / usualTrade)
    if (Number.isNaN(this.#oldest)) this.#oldest = step
    this.#newest = step
    return learner.say(rows, slot * signalCount, waiting, at + place.said)
  }

  /** A step of the trail was taken: the forecast whose horizon ends here gets its label. */
  due(step: number): void {
    const { ms, trail } = this.#parts
    if (Number.isNaN(ms)) return
    const made = step - ms / trailMs
    const move = trail.mid2(step) - trail.mid2(made)
    if (!Number.isNaN(move)) this.#settle(made, Math.sign(move), trail.mid2(step), step, 1)
  }

  /** The mid moved: everything that waits for the next move has its label. */
  moved(mid2: number): void {
    const stride = stepMs / trailMs
    if (Number.isNaN(this.#oldest)) return
    const oldest = Math.max(this.#oldest, this.#newest - (this.#parts.most - 1) * stride)
    const count = (this.#newest - oldest) / stride + 1
    for (let step = oldest; step <= this.#newest; step += stride) {
      const before = this.#waiting[this.#slot(step) * columns + place.mid2]!
      this.#settle(step, Math.sign(mid2 - before), mid2, NaN, 1 / Math.sqrt(count))
    }
    this.#oldest = NaN
  }

  clear(): void {
    this.#waiting.fill(NaN)
    this.#oldest = NaN
    this.#newest = NaN
    this.#lastMove = 0
  }

  #slot(step: number): number {
    return remainder((step * trailMs) / stepMs, this.#parts.most)
  }

  /** @param end the last step of the horizon; NaN for the next move, which ends it where it comes */
  #settle(step: number, sign: number, mid2: number, end: number, weight: number): void {
    const { learner, rows, scored } = this.#parts
    const slot = this.#slot(step)
    const at = slot * columns
    if (this.#waiting[at] !== step) return
    this.#waiting[at] = NaN
    if (sign === 0) return
    const up = sign > 0 ? 1 : 0
    if (learner.labels >= warmUp) {
      this.#write(step, at, up, mid2)
      this.#place(step + 2, end, this.#waiting[at + place.said]! > 0.5 ? 1 : -1, mid2, sign)
      scored.push(this.#line)
    }
    learner.learn(rows, slot * signalCount, this.#waiting, at + place.said, up, weight)
    this.#ups += up
    this.#labels++
    this.#lastMove = sign
  }

  #write(step: number, at: number, up: number, last: number): void {
    const { trail } = this.#parts
    const line = this.#line
    const waiting = this.#waiting
    const mid2 = waiting[at + place.mid2]!
    line[0] = step * trailMs
    line[1] = waiting[at + place.said]!
    line[2] = up
    line[3] = waiting[at + place.imbalance]!
    line[4] = waiting[at + place.baseRate]!
    line[5] = waiting[at + place.lastMove]!
    line[6] = waiting[at + place.queueRace]!
    line[7] = ((trail.ask(step) - trail.bid(step)) / mid2) * 10_000
    line[8] = ((last - mid2) / mid2) * 10_000
    line[9] = this.#left(step + 1, last, mid2)
    line[10] = this.#left(step + 2, last, mid2)
    line[11] = this.#left(step + 5, last, mid2)
  }

  /** What is left of the move from a later step on, bps: who comes later than the move has none of it. */
  #left(step: number, last: number, mid2: number): number {
    const from = this.#parts.trail.mid2(step)
    return Number.isNaN(from) ? 0 : ((last - from) / mid2) * 10_000
  }

  /** A resting order counts as filled only once the whole level it rests on has gone: the pessimist's queue. */
  #place(from: number, end: number, side: 1 | -1, last: number, sign: number): void {
    const { trail } = this.#parts
    const price = side > 0 ? trail.bid(from) : trail.ask(from)
    const isFilled = Number.isNaN(end)
      ? sign !== side && !Number.isNaN(price)
      : side > 0
        ? trail.bidWasBelow(price, from + 1, end)
        : trail.askWasAbove(price, from + 1, end)
    this.#line[12] = isFilled ? ((side * (last - 2 * price)) / last) * 10_000 : 0
    this.#line[13] = isFilled ? 1 : 0
  }
}
