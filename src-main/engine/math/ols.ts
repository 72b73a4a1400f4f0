import { mean } from './mean'

/** A line through the origin of the means: y = alpha + sum of beta x. */
export interface Fit {
  readonly n: number
  readonly alpha: number
  readonly betas: readonly number[]
  /** Classical t statistics: of the intercept, then of each beta. */
  readonly t: readonly number[]
  /** 1 - SSR/SST. */
  readonly r2: number
  readonly adjustedR2: number
}

/**
 * Ordinary least squares with an intercept: one array a regressor, all as long as `y`. Columns are centred and orthogonalised (Gram-Schmidt, twice), so
 * nothing is squared away. All NaN when there are not more rows than coefficients or the regressors are collinear.
 */
export function ols(columns: readonly ArrayLike<number>[], y: ArrayLike<number>): Fit {
  const n = y.length
  const k = columns.length + 1
  const means = columns.map(mean)
  const bases: Float64Array[] = []
  const upper: number[][] = []
  for (const [place, column] of columns.entries()) {
    const rest = centred(column, means[place]!)
    const before = norm(rest)
    const row = project(rest, bases)
    const length = norm(rest)
    if (n <= k || !(length > before * 1e-12)) return unknownFit(n, columns.length)
    upper.push([...row, length])
    bases.push(rest.map((it) => it / length))
  }
  const meanY = mean(y)
  const residuals = centred(y, meanY)
  const total = dot(residuals, residuals)
  const weights = project(residuals, bases)
  const betas = solve(upper, weights)
  const left = dot(residuals, residuals)
  const noise = left / (n - k)
  const inverse = columns.map((_, i) => solve(upper, unit(i, k - 1)))
  const errors = columns.map((_, row) => Math.hypot(...inverse.map((it) => it[row]!)))
  const reach = inverse.map((it) => dot(it, means))
  const alpha = meanY - dot(betas, means)
  const alphaError = Math.sqrt(1 / n + dot(reach, reach))
  const t = [alpha / alphaError, ...betas.map((beta, i) => beta / errors[i]!)]
  return {
    n,
    alpha,
    betas,
    t: t.map((it) => it / Math.sqrt(noise)),
    r2: total > 0 ? 1 - left / total : NaN,
    adjustedR2: total > 0 ? 1 - noise / (total / (n - 1)) : NaN
  }
}

const unknownFit = (n: number, count: number): Fit => ({
  n,
  alpha: NaN,
  betas: Array<number>(count).fill(NaN),
  t: Array<number>(count + 1).fill(NaN),
  r2: NaN,
  adjustedR2: NaN
})

const unit = (place: number, length: number): number[] =>
  Array.from({ length }, (_, i) => (i === place ? 1 : 0))

function centred(values: ArrayLike<number>, middle: number): Float64Array {
  return Float64Array.from(values, (it) => it - middle)
}

function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!
  return sum
}

const norm = (values: Float64Array): number => Math.sqrt(dot(values, values))

/** Takes out of `rest` what lies along the bases, and answers how much that was. The second pass takes what rounding left. */
function project(rest: Float64Array, bases: readonly Float64Array[]): number[] {
  const shares = bases.map(() => 0)
  for (let pass = 0; pass < 2; pass++)
    for (const [place, basis] of bases.entries()) {
      const share = dot(rest, basis)
      shares[place]! += share
      for (let i = 0; i < rest.length; i++) rest[i]! -= share * basis[i]!
    }
  return shares
}

/** Solves R x = right by going backwards; `columns` are the columns of the upper triangle R. */
function solve(columns: readonly (readonly number[])[], right: readonly number[]): number[] {
  const x = [...right]
  for (let place = x.length - 1; place >= 0; place--) {
    const column = columns[place]!
    x[place]! /= column[place]!
    for (let above = 0; above < place; above++) x[above]! -= column[above]! * x[place]!
  }
  return x
}
