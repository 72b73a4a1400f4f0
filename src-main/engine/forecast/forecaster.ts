import type { Touch } from '../book/changes'
import { horizons, stepMs } from './horizon'
import type { LearnerState } from './learner'
import { Learner } from './learner'
import { Outcomes } from './outcomes'
import { Scored } from './scored'
import type { DeeperImbalance } from './signals'
import { signalCount, Signals } from './signals'
import { Trail, trailMs } from './trail'

export interface ForecastSettings {
  /** Minutes of labels after which what was learned counts half. */
  readonly halfLifeMinutes: number
  /** Scored forecasts that judgement looks back on, a horizon. */
  readonly window: number
}

export const defaultForecast: ForecastSettings = { halfLifeMinutes: 45, window: 6_000 }

/** Rows that wait for their label: 100 s. A next move that takes longer is not learned from. */
const most = 1_000
/** The clock may stand still between events for this long; a longer silence is a gap. */
const silenceMs = 60_000

/**
 * The forecast of one instrument. Time is the events' own: forecasts are made on a grid of 100 ms from what was known then, whoever looks or not, so that a
 * recording gives the same answer as the live run. A gap forgets the sums and every label that would span it, not what was learned.
 */
export class Forecaster {
  readonly learners: readonly Learner[]
  readonly scored: readonly Scored[]
  readonly #signals = new Signals()
  readonly #trail = new Trail(most * 2)
  readonly #outcomes: readonly Outcomes[]
  readonly #deeper: DeeperImbalance
  /** Rows of signals, by step modulo `most`. */
  readonly #rows = new Float64Array(most * signalCount)
  readonly #row = new Float64Array(signalCount)
  readonly #probabilities = new Float64Array(horizons.length).fill(NaN)
  /** The next step of the trail, in units of `trailMs` since 1970; NaN before the first event. */
  #step = NaN

  constructor(deeper: DeeperImbalance, settings: ForecastSettings = defaultForecast) {
    this.#deeper = deeper
    const halfLife = (settings.halfLifeMinutes * 60_000) / stepMs
    this.learners = horizons.map(
      ({ ms }) => new Learner({ rate: rateOf(ms), queueWeight: queueWeightOf(ms), halfLife })
    )
    this.scored = horizons.map(() => new Scored(settings.window))
    this.#outcomes = horizons.map(
      ({ ms }, h) =>
        new Outcomes({
          ms,
          learner: this.learners[h]!,
          scored: this.scored[h]!,
          rows: this.#rows,
          most,
          trail: this.#trail
        })
    )
  }

  /** P(up) of a horizon as of the last step, given that the mid moves; NaN while there is none. */
  probability(horizon: number): number {
    return this.#probabilities[horizon]!
  }

  /** The row behind the probabilities. */
  get row(): Float64Array {
    return this.#row
  }

  /** Best quotes, from the book or the venue's own quote channel, whichever is newer. */
  onTouch(touch: Readonly<Touch>, at: number): void {
    this.advance(at)
    if (this.#signals.onTouch(touch, at)) this.#outcomes[0]!.moved(this.#signals.mid2)
  }

  onTrade(size: number, aggressor: number, at: number): void {
    this.advance(at)
    this.#signals.onTrade(size, aggressor, at)
  }

  /** Takes every step of the grid before `at`. */
  advance(at: number): void {
    if (Number.isNaN(this.#step)) this.#step = Math.floor(at / trailMs) + 1
    if (at - this.#step * trailMs > silenceMs) this.clear()
    if (Number.isNaN(this.#step)) this.#step = Math.floor(at / trailMs) + 1
    while (this.#step * trailMs < at) this.#take(this.#step++)
  }

  /** Continuity was lost. */
  clear(): void {
    this.#signals.clear()
    this.#trail.clear()
    for (const outcomes of this.#outcomes) outcomes.clear()
    this.#probabilities.fill(NaN)
    this.#step = NaN
  }

  rescale(price: number, size: number): void {
    this.#signals.rescale(price, size)
    // Mids on the trail count in the old ticks: what waits is not learned from.
    this.#trail.clear()
    for (const outcomes of this.#outcomes) outcomes.clear()
  }

  save(): readonly LearnerState[] {
    return this.learners.map((learner) => learner.save())
  }

  /** Takes up what was saved; false, with nothing taken, when any of it makes no sense. */
  restore(states: readonly LearnerState[]): boolean {
    const before = this.save()
    const isSound = states.length === before.length && this.learners.every((it, h) => it.restore(states[h]!))
    if (!isSound) for (const [h, learner] of this.learners.entries()) learner.restore(before[h]!)
    return isSound
  }

  #take(step: number): void {
    const at = step * trailMs
    const { bid, ask } = this.#signals.touch
    this.#trail.push(step, bid, ask)
    if (at % stepMs !== 0) return
    const slot = (at / stepMs) % most
    const isKnown = this.#signals.read(at, this.#deeper, this.#row)
    if (isKnown) this.#rows.set(this.#row, slot * signalCount)
    for (const [h, outcomes] of this.#outcomes.entries()) {
      outcomes.due(step)
      this.#probabilities[h] = isKnown ? outcomes.foretell(step, slot, this.#signals.touch) : NaN
    }
  }
}

/** Labels of a long horizon overlap more and say less each. */
const rateOf = (ms: number): number => (Number.isNaN(ms) ? 0.1 : 0.1 / Math.max(1, ms / 1_000))
/** The queue tells of the next move or two; ten seconds are many. */
const queueWeightOf = (ms: number): number => (Number.isNaN(ms) ? 1 : 1 / Math.max(1, ms / 1_000))
