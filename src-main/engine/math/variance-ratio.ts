import { mean } from './mean'

/** Variance of sums of `q` returns over q times that of one: 1 for a random walk, below 1 where moves are taken back. */
export interface VarianceRatio {
  readonly ratio: number
  /** Robust to heteroskedasticity; beyond 2 a random walk is hard to believe. */
  readonly z: number
}

/** Lo and MacKinlay 1988: overlapping sums, unbiased. NaN for fewer returns than `q`. */
export function varianceRatio(returns: ArrayLike<number>, q: number): VarianceRatio {
  const n = returns.length
  const middle = mean(returns)
  const squares = new Float64Array(n)
  let total = 0
  for (let t = 0; t < n; t++) total += squares[t] = (returns[t]! - middle) ** 2
  let [sum, sums] = [0, 0]
  for (let t = 0; t < n; t++) {
    sum += returns[t]! - middle
    if (t >= q) sum -= returns[t - q]! - middle
    if (t >= q - 1) sums += sum ** 2
  }
  const ratio = sums / (q * (n - q + 1) * (1 - q / n)) / (total / (n - 1))
  let theta = 0
  for (let lag = 1; lag < q; lag++) {
    let product = 0
    for (let t = lag; t < n; t++) product += squares[t]! * squares[t - lag]!
    theta += ((2 * (q - lag)) / q) ** 2 * (product / total ** 2)
  }
  return { ratio: n > q ? ratio : NaN, z: n > q ? (ratio - 1) / Math.sqrt(theta) : NaN }
}
