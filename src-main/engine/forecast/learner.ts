import { sigmoid } from '../math/ridge-logistic'
import { signalCount } from './signals'

export interface LearnerSettings {
  /** First step of AdaGrad. */
  readonly rate: number
  /** Weight of the queue imbalance before anything is learned. */
  readonly queueWeight: number
  /** Labels after which what was learned counts half. */
  readonly halfLife: number
}

/** What is kept over restarts; all numbers finite. */
export interface LearnerState {
  readonly weights: readonly number[]
  readonly squares: readonly number[]
  readonly calibration: Calibration
  readonly labels: number
}

interface Calibration {
  readonly slope: number
  readonly intercept: number
  readonly slopeSquares: number
  readonly interceptSquares: number
}

/**
 * How much a signal must have said before it moves the model, in the order of the signals: the queue at the touch is known to tell of the next move
 * (Gould and Bonart 2016), the others must show it first.
 */
const priorSquares: readonly number[] = [
  ...[4, 100, 200, 100, 100, 100],
  ...[100, 100, 200, 100, 200, 100, 200, 200, 50]
]
const uncalibrated: Calibration = { slope: 1, intercept: 0, slopeSquares: 1, interceptSquares: 1 }
const slopeRate = 0.03
/** A side that happens to win for some minutes is no reason to prefer it: the intercept follows slowly. */
const interceptRate = 0.006
const [leastSlope, mostSlope] = [0.1, 3]

/**
 * An online logistic model, AdaGrad (Duchi, Hazan and Singer 2011), with a streaming Platt calibration behind it. AdaGrad and not FTRL-proximal: fifteen
 * dense signals leave nothing for its sparsity to do, and AdaGrad has one knob less. The model has no intercept, as all signals are odd: only the
 * calibration may lean to a side. A label costs some sixty multiplications; nothing is allocated.
 */
export class Learner {
  readonly weights = new Float64Array(signalCount)
  readonly #squares = Float64Array.from(priorSquares)
  readonly #settings: LearnerSettings
  readonly #fade: number
  readonly #calibration = { ...uncalibrated }
  /** Labels learned so far. */
  labels = 0

  constructor(settings: LearnerSettings) {
    this.#settings = settings
    this.#fade = 0.5 ** (1 / settings.halfLife)
    this.weights[0] = settings.queueWeight
  }

  score(row: Float64Array, from = 0): number {
    let score = 0
    for (let i = 0; i < signalCount; i++) score += this.weights[i]! * row[from + i]!
    return score
  }

  /** Probability of up, calibrated by what such scores came to before. */
  probability(score: number): number {
    return sigmoid(this.#calibration.slope * score + this.#calibration.intercept)
  }

  /** `label` 1 for up, 0 for down; `score` is what was said of the row then, `weight` counts overlapping labels down. */
  learn(row: Float64Array, from: number, score: number, label: number, weight: number): void {
    this.#calibrate(score, label, weight)
    const error = (sigmoid(this.score(row, from)) - label) * weight
    const { rate } = this.#settings
    for (let i = 0; i < signalCount; i++) {
      const slope = error * row[from + i]!
      // What was learned fades, down to the prior.
      const faded = Math.max(priorSquares[i]!, this.#squares[i]! * this.#fade + slope * slope)
      this.#squares[i] = faded
      this.weights[i] = this.weights[i]! * this.#fade - (rate * slope) / Math.sqrt(faded)
    }
    this.labels++
  }

  save(): LearnerState {
    return {
      weights: [...this.weights],
      squares: [...this.#squares],
      calibration: { ...this.#calibration },
      labels: this.labels
    }
  }

  /** Takes up what was saved; false, with nothing taken, when it is not of this model. */
  restore({ weights, squares, calibration, labels }: LearnerState): boolean {
    const { slope, intercept, slopeSquares, interceptSquares } = calibration
    const fitted = [slope, intercept, slopeSquares, interceptSquares]
    const numbers = [...weights, ...squares, ...fitted, labels]
    if (weights.length !== signalCount || squares.length !== signalCount) return false
    if (!numbers.every(Number.isFinite) || !squares.every((it) => it > 0)) return false
    this.weights.set(weights)
    this.#squares.set(squares)
    Object.assign(this.#calibration, calibration)
    this.labels = labels
    return true
  }

  #calibrate(score: number, label: number, weight: number): void {
    const it = this.#calibration
    const error = (this.probability(score) - label) * weight
    it.slopeSquares += (error * score) ** 2 / 10
    it.interceptSquares += error ** 2 / 10
    const slope = it.slope - (slopeRate * error * score) / Math.sqrt(it.slopeSquares)
    it.slope = Math.min(mostSlope, Math.max(leastSlope, slope))
    it.intercept -= (interceptRate * error) / Math.sqrt(it.interceptSquares)
  }
}
