import { sigmoid } from '../math/ridge-logistic'
import type { CalibrationState } from './calibration'
import { Calibration } from './calibration'
import { signalCount } from './signals'

/** Numbers that are kept of what was said until its label comes: the probability, the score, and the scores of what was learned and of the start. */
export const saidColumns = 4

export interface LearnerSettings {
  /** Weights before anything is learned, and what is forgotten falls back to. */
  readonly start: Float64Array
  /** First step of AdaGrad. */
  readonly rate: number
  /** Rate of the calibration's knots. */
  readonly calibrationRate: number
  /** Labels that say as much as one alone would, as they overlap. */
  readonly overlap: number
  /** Labels after which what was learned counts half. */
  readonly halfLife: number
}

/** What is kept over restarts; all numbers finite. */
export interface LearnerState {
  readonly weights: readonly number[]
  readonly squares: readonly number[]
  /** Log-odds that what was learned beats the start. */
  readonly evidence: number
  readonly calibration: CalibrationState
  readonly labels: number
}

/** How much a signal must have said before it moves the model. */
const priorSquares = 100
/** Log-odds against what is learned before it has shown anything, and how far evidence may pile up for it. */
const doubt = 3
const mostEvidence = 8
/** Nats that one independent nat counts: the loss of a label is noisy, and waiting costs too. */
const eagerness = 3

/**
 * An online logistic model, AdaGrad (Duchi, Hazan and Singer 2011), beside the weights it started from; which of the two speaks is decided by exponentiated
 * evidence (Hedge, Freund and Schapire 1997): until what was learned has saved more log-loss than doubt allows, the start speaks alone, so that fifteen
 * signals cannot do harm on a market where the queue is all there is. AdaGrad and not FTRL-proximal: fifteen dense signals leave nothing for its sparsity to
 * do, and AdaGrad has one knob less. No intercept, as all signals are odd: only the calibration may lean to a side. Nothing is allocated.
 */
export class Learner {
  readonly weights: Float64Array
  readonly #squares = new Float64Array(signalCount).fill(priorSquares)
  readonly #settings: LearnerSettings
  readonly #fade: number
  readonly #calibration: Calibration
  #evidence = -doubt
  #share = 0
  /** Labels learned so far. */
  labels = 0

  constructor(settings: LearnerSettings) {
    this.#settings = settings
    this.#fade = 0.5 ** (1 / settings.halfLife)
    this.#calibration = new Calibration(settings.calibrationRate)
    this.weights = Float64Array.from(settings.start)
  }

  /** How much of the answer is what was learned, 0 to 1; the rest is the start. */
  get share(): number {
    return this.#share
  }

  /** Log-odds that one unit of a signal adds to the answer, before the knots. */
  effect(signal: number): number {
    const start = this.#settings.start[signal]!
    return this.#calibration.slope * (start + this.#share * (this.weights[signal]! - start))
  }

  /** Writes what is said of the row at `from` to `into[to…]`, `saidColumns` numbers; answers the probability of up. */
  say(row: Float64Array, from: number, into: Float64Array, to: number): number {
    const { start } = this.#settings
    const learned = product(this.weights, row, from)
    const started = product(start, row, from)
    const score = started + this.#share * (learned - started)
    const p = this.#calibration.probability(score)
    into[to] = p
    into[to + 1] = score
    into[to + 2] = learned
    into[to + 3] = started
    return p
  }

  /** `label` 1 for up, 0 for down; `said` holds at `to` what was said of the row then; `weight` counts overlapping labels down. */
  learn(
    row: Float64Array,
    from: number,
    said: Float64Array,
    to: number,
    label: number,
    weight: number
  ): void {
    const { start, rate } = this.#settings
    this.#calibration.learn(said[to + 1]!, said[to]!, label, weight)
    // As said then, not as it would be said now: labels that overlap know of each other.
    this.#weigh(surprise(said[to + 3]!, label) - surprise(said[to + 2]!, label), weight)
    const error = (sigmoid(product(this.weights, row, from)) - label) * weight
    for (let i = 0; i < signalCount; i++) {
      const slope = error * row[from + i]!
      // What was learned fades, down to the start.
      const faded = Math.max(priorSquares, this.#squares[i]! * this.#fade + slope * slope)
      this.#squares[i] = faded
      const kept = start[i]! + (this.weights[i]! - start[i]!) * this.#fade
      this.weights[i] = kept - (rate * slope) / Math.sqrt(faded)
    }
    this.labels++
  }

  save(): LearnerState {
    return {
      weights: [...this.weights],
      squares: [...this.#squares],
      evidence: this.#evidence,
      calibration: this.#calibration.save(),
      labels: this.labels
    }
  }

  /** Takes up what was saved; false, with nothing taken, when it is not of this model. */
  restore({ weights, squares, evidence, calibration, labels }: LearnerState): boolean {
    if (weights.length !== signalCount || squares.length !== signalCount) return false
    if (![...weights, ...squares, evidence, labels].every(Number.isFinite)) return false
    if (!squares.every((it) => it > 0) || !this.#calibration.restore(calibration)) return false
    this.weights.set(weights)
    this.#squares.set(squares)
    this.#evidence = Math.min(mostEvidence, Math.max(-doubt, evidence))
    this.#share = shareOf(this.#evidence)
    this.labels = labels
    return true
  }

  #weigh(saved: number, weight: number): void {
    const told = (eagerness * weight * saved) / this.#settings.overlap
    const kept = (this.#evidence + doubt) * this.#fade - doubt
    this.#evidence = Math.min(mostEvidence, Math.max(-doubt, kept + told))
    this.#share = shareOf(this.#evidence)
  }
}

function product(weights: Float64Array, row: Float64Array, from: number): number {
  let sum = 0
  for (let i = 0; i < signalCount; i++) sum += weights[i]! * row[from + i]!
  return sum
}

/** Nothing while doubt stands, everything in the end. */
function shareOf(evidence: number): number {
  const least = sigmoid(-doubt)
  return (sigmoid(evidence) - least) / (sigmoid(mostEvidence) - least)
}

/** -ln of the probability that log-odds of `score` give to what happened. */
const surprise = (score: number, label: number): number => Math.log1p(Math.exp(label === 1 ? -score : score))
