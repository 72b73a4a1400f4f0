import type { InstrumentId } from '../../../src-shared/instrument'
import type { Touch } from '../book/changes'
import { remainder } from '../math/remainder'
import { horizons, stepMs } from './horizon'
import { Lead } from './lead'
import type { LearnerState } from './learner'
import { Learner } from './learner'
import { Outcomes } from './outcomes'
import { Scored } from './scored'
import type { Depth } from './signals'
import { signalCount, Signals } from './signals'
import { startOf } from './start'
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
/** Nothing may happen for this long; a longer silence is a gap. */
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
  readonly #depth: Depth
  /** Rows of signals, by step modulo `most`. */
  readonly #rows = new Float64Array(most * signalCount)
  readonly #row = new Float64Array(signalCount)
  readonly #probabilities = new Float64Array(horizons.length).fill(NaN)
  readonly #lead = new Lead()
  /** The next step of the trail, in units of `trailMs` since 1970; NaN before the first event. */
  #step = NaN
  #heardAt = NaN

  constructor(depth: Depth, settings: ForecastSettings = defaultForecast) {
    this.#depth = depth
    const halfLife = (settings.halfLifeMinutes * 60_000) / stepMs
    this.learners = horizons.map(({ id, ms }) => new Learner({ start: startOf(id), ...pace(ms), halfLife }))
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
    this.#hear(at)
    if (this.#signals.onTouch(touch, at)) this.#outcomes[0]!.moved(this.#signals.mid2)
  }

  onTrade(size: number, aggressor: number, at: number): void {
    this.#hear(at)
    this.#signals.onTrade(size, aggressor, at)
  }

  /** The mid of the same coin elsewhere, in any fixed unit; NaN when it is not known any more. */
  onPeer(id: InstrumentId, mid: number, at: number): void {
    // Steps before this moment know nothing of it.
    this.advance(at)
    this.#lead.onPeer(id, mid)
  }

  /** Takes every step of the grid before `at`. Looking changes nothing: the clock is started by events, and a silence ends where it ends whoever looks. */
  advance(at: number): void {
    const end = Math.min(at, this.#heardAt + silenceMs)
    while (this.#step * trailMs < end) this.#take(this.#step++)
    if (at - this.#heardAt > silenceMs) this.clear()
  }

  /** Continuity was lost. */
  clear(): void {
    this.#signals.clear()
    this.#trail.clear()
    this.#lead.clear()
    for (const outcomes of this.#outcomes) outcomes.clear()
    this.#probabilities.fill(NaN)
    this.#step = NaN
    this.#heardAt = NaN
  }

  rescale(price: number, size: number): void {
    this.#signals.rescale(price, size)
    this.#lead.clear()
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

  #hear(at: number): void {
    this.advance(at)
    if (Number.isNaN(this.#step)) this.#step = Math.floor(at / trailMs) + 1
    this.#heardAt = at
  }

  #take(step: number): void {
    const at = step * trailMs
    const { bid, ask } = this.#signals.touch
    this.#trail.push(step, bid, ask)
    if (remainder(at, stepMs) !== 0) return
    const slot = remainder(at / stepMs, most)
    const { touch } = this.#signals
    const lead = this.#lead.look((touch.bid + touch.ask) / 2, stepMs)
    const isKnown = this.#signals.read(at, this.#depth, lead, this.#row)
    const usualTrade = this.#signals.usualTrade
    if (isKnown) this.#rows.set(this.#row, slot * signalCount)
    for (let h = 0; h < this.#outcomes.length; h++) {
      const outcomes = this.#outcomes[h]!
      outcomes.due(step)
      this.#probabilities[h] = isKnown ? outcomes.foretell(step, slot, touch, usualTrade) : NaN
    }
  }
}

/** Labels of a long horizon overlap more and say less each. */
function pace(ms: number) {
  const seconds = Number.isNaN(ms) ? 1 : ms / 1_000
  return {
    rate: 0.15 / seconds,
    calibrationRate: 0.002 / seconds ** 1.3,
    overlap: Number.isNaN(ms) ? 10 : ms / stepMs
  }
}
