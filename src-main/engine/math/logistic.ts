/** P = 1/(1+exp(-(intercept + slope x))). */
export interface Logistic {
  readonly intercept: number
  readonly slope: number
}

export const logistic = ({ intercept, slope }: Logistic, x: number): number =>
  1 / (1 + Math.exp(-(intercept + slope * x)))

/** Unpenalised maximum likelihood by Newton's steps. NaN when there is no maximum (a label is missing, or x separates the labels) or x is constant. */
export function fitLogistic(x: ArrayLike<number>, labels: ArrayLike<number>): Logistic {
  let fit: Logistic = { intercept: 0, slope: 0 }
  for (let turn = 0; turn < 60; turn++) {
    const step = newton(fit, x, labels)
    fit = { intercept: fit.intercept + step.intercept, slope: fit.slope + step.slope }
    const moved = Math.abs(step.intercept) + Math.abs(step.slope)
    if (moved <= 1e-14 * (1 + Math.abs(fit.intercept) + Math.abs(fit.slope))) return fit
    if (!(Math.abs(fit.intercept) + Math.abs(fit.slope) < 1e6)) break
  }
  return { intercept: NaN, slope: NaN }
}

function newton(fit: Logistic, x: ArrayLike<number>, labels: ArrayLike<number>): Logistic {
  let [g0, g1, h00, h01, h11] = [0, 0, 0, 0, 0]
  for (let i = 0; i < x.length; i++) {
    const p = logistic(fit, x[i]!)
    const error = labels[i]! - p
    const weight = p * (1 - p)
    g0 += error
    g1 += error * x[i]!
    h00 += weight
    h01 += weight * x[i]!
    h11 += weight * x[i]! * x[i]!
  }
  const determinant = h00 * h11 - h01 * h01
  return { intercept: (h11 * g0 - h01 * g1) / determinant, slope: (h00 * g1 - h01 * g0) / determinant }
}
