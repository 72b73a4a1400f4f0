import { solveLinear } from './solve-linear'

/** P(up) = 1 / (1 + exp(-(weights[0] + weights[1..] · x))). */
export const sigmoid = (score: number): number => 1 / (1 + Math.exp(-score))

/** The score of a row of features under weights whose first is the intercept. */
export function scoreOf(weights: ArrayLike<number>, row: ArrayLike<number>): number {
  let score = weights[0]!
  for (let i = 0; i < row.length; i++) score += weights[i + 1]! * row[i]!
  return score
}

/**
 * Maximises log-likelihood - penalty / 2 * sum of squared slopes (the intercept is free) by Newton's steps. `rows` hold the features, `labels` 0 or 1.
 * Answers intercept and slopes; all NaN where the steps do not settle (too few rows, labels that a free intercept separates).
 */
export function fitRidgeLogistic(
  rows: readonly ArrayLike<number>[],
  labels: ArrayLike<number>,
  penalty: number
): number[] {
  const width = (rows[0]?.length ?? 0) + 1
  let weights = Array<number>(width).fill(0)
  for (let turn = 0; turn < 100; turn++) {
    const step = newtonStep(weights, rows, labels, penalty)
    weights = weights.map((weight, i) => weight + step[i]!)
    const moved = step.reduce((sum, it) => sum + Math.abs(it), 0)
    const size = weights.reduce((sum, it) => sum + Math.abs(it), 1)
    if (moved <= 1e-13 * size) return weights
    if (!(size < 1e6)) break
  }
  return weights.map(() => NaN)
}

function newtonStep(
  weights: readonly number[],
  rows: readonly ArrayLike<number>[],
  labels: ArrayLike<number>,
  penalty: number
): number[] {
  const width = weights.length
  const gradient = weights.map((weight, i) => (i === 0 ? 0 : -penalty * weight))
  const curvature = weights.map((_, i) => weights.map((__, j) => (i === j && i > 0 ? penalty : 0)))
  const at = (row: ArrayLike<number>, i: number) => (i === 0 ? 1 : row[i - 1]!)
  for (const [n, row] of rows.entries()) {
    const p = sigmoid(scoreOf(weights, row))
    const weight = p * (1 - p)
    for (let i = 0; i < width; i++) {
      gradient[i]! += (labels[n]! - p) * at(row, i)
      for (let j = 0; j < width; j++) curvature[i]![j]! += weight * at(row, i) * at(row, j)
    }
  }
  return solveLinear(
    curvature,
    gradient.map((it) => [it])
  ).map(([it]) => it!)
}
