import type { Touch } from '../book/changes'
import { stepMs } from './horizon'
import type { Learner } from './learner'
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
const warmUp = 100
const columns = 7

/**
 * The forecasts of one horizon that wait for what happens: each is scored as it was made and only then learned from (Dawid's prequential principle).
 * The mid that stood tells nothing of a direction and is left out.
 */
export class Outcomes {
  readonly #parts: OutcomesParts
  /** By slot: trail step of the forecast (NaN: none waits), score, probability, and the baselines. */
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

  /** Notes a forecast of this step and answers its probability of up. */
  foretell(step: number, slot: number, { bid, ask, bidSize, askSize }: Readonly<Touch>): number {
    const { learner, rows } = this.#parts
    const score = learner.score(rows, slot * signalCount)
    const p = learner.probability(score)
    const at = slot * columns
    this.#waiting[at] = step
    this.#waiting[at + 1] = score
    this.#waiting[at + 2] = p
    this.#waiting[at + 3] = (bidSize - askSize) / (bidSize + askSize)
    this.#waiting[at + 4] = (this.#ups + 1) / (this.#labels + 2)
    this.#waiting[at + 5] = this.#lastMove
    this.#waiting[at + 6] = bid + ask
    if (Number.isNaN(this.#oldest)) this.#oldest = step
    this.#newest = step
    return p
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
      const before = this.#waiting[this.#slot(step) * columns + 6]!
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
    return ((step * trailMs) / stepMs) % this.#parts.most
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
      this.#place(step + 2, end, this.#waiting[at + 2]! > 0.5 ? 1 : -1, mid2, sign)
      scored.push(this.#line)
    }
    learner.learn(rows, slot * signalCount, this.#waiting[at + 1]!, up, weight)
    this.#ups += up
    this.#labels++
    this.#lastMove = sign
  }

  #write(step: number, at: number, up: number, last: number): void {
    const { trail } = this.#parts
    const line = this.#line
    const imbalance = this.#waiting[at + 3]!
    const mid2 = this.#waiting[at + 6]!
    // Who comes later than the move has none of it.
    const left = (after: number) => {
      const from = trail.mid2(step + after)
      return Number.isNaN(from) ? 0 : ((last - from) / mid2) * 10_000
    }
    line[0] = step * trailMs
    line[1] = this.#waiting[at + 2]!
    line[2] = up
    line[3] = imbalance
    line[4] = this.#waiting[at + 4]!
    line[5] = this.#waiting[at + 5]!
    line[6] = (2 / Math.PI) * Math.atan((1 + imbalance) / (1 - imbalance))
    line[7] = ((trail.ask(step) - trail.bid(step)) / mid2) * 10_000
    line[8] = ((last - mid2) / mid2) * 10_000
    line[9] = left(1)
    line[10] = left(2)
    line[11] = left(5)
  }

  /** A resting order counts as filled only once the whole level it rests on has gone: the pessimist's queue. */
  #place(from: number, end: number, side: 1 | -1, last: number, sign: number): void {
    const { trail } = this.#parts
    const price = side > 0 ? trail.bid(from) : trail.ask(from)
    let filled = Number.isNaN(end) && sign !== side && !Number.isNaN(price)
    for (let step = from + 1; step <= end && !filled; step++)
      filled = side > 0 ? trail.bid(step) < price : trail.ask(step) > price
    this.#line[12] = filled ? ((side * (last - 2 * price)) / last) * 10_000 : 0
    this.#line[13] = filled ? 1 : 0
  }
}
