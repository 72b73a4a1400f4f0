import { sigmoid } from '../math/ridge-logistic'

/** What is kept over restarts; all numbers finite. */
export interface CalibrationState {
  readonly slope: number
  readonly slopeSquares: number
  /** Shifts in log-odds at the knots. */
  readonly shifts: readonly number[]
}

/** Knots lie this many steps apart over the probability that the score stands for. */
const steps = 10
export const knots = steps + 1
const slopeRate = 0.002
const priorSquares = 10
const [leastSlope, mostSlope] = [0.1, 3]

/**
 * From scores to probabilities that come true: a streaming Platt slope, and on top of it a line through knots, a tenth apart, that is moved at a constant
 * small rate. The constant rate is what keeps it honest: the summed difference between said and came near a knot is the knot's shift over the rate, so
 * that the calibration error goes to zero as labels come, whatever the market does (Zinkevich 2003 on online gradient descent).
 */
export class Calibration {
  readonly #rate: number
  readonly #shifts = new Float64Array(knots)
  #slope = 1
  #slopeSquares = priorSquares

  constructor(rate: number) {
    this.#rate = rate
  }

  get slope(): number {
    return this.#slope
  }

  /** Probability of up, given a score in log-odds. */
  probability(score: number): number {
    const place = sigmoid(score) * steps
    const knot = Math.min(steps - 1, Math.floor(place))
    const far = place - knot
    const shift = (1 - far) * this.#shifts[knot]! + far * this.#shifts[knot + 1]!
    return sigmoid(this.#slope * score + shift)
  }

  /** `said` is what was said of the score, `label` 1 for up. */
  learn(score: number, said: number, label: number, weight: number): void {
    const error = (said - label) * weight
    this.#slopeSquares += (error * score) ** 2
    const slope = this.#slope - (slopeRate * error * score) / Math.sqrt(this.#slopeSquares / priorSquares)
    this.#slope = Math.min(mostSlope, Math.max(leastSlope, slope))
    const place = sigmoid(score) * steps
    const knot = Math.min(steps - 1, Math.floor(place))
    const far = place - knot
    this.#shifts[knot]! -= this.#rate * error * (1 - far)
    this.#shifts[knot + 1]! -= this.#rate * error * far
  }

  save(): CalibrationState {
    return { slope: this.#slope, slopeSquares: this.#slopeSquares, shifts: [...this.#shifts] }
  }

  /** Takes up what was saved; false, with nothing taken, when it is not of this shape. */
  restore({ slope, slopeSquares, shifts }: CalibrationState): boolean {
    if (shifts.length !== knots || ![slope, ...shifts].every(Number.isFinite)) return false
    if (!(slope > 0 && slopeSquares > 0 && slopeSquares < Infinity)) return false
    this.#slope = slope
    this.#slopeSquares = slopeSquares
    this.#shifts.set(shifts)
    return true
  }
}
