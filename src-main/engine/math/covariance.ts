import { mean } from './mean'

/** Covariance of equally long series, each about its own mean, divided by n - `ddof`. NaN when n is not larger than `ddof`. */
export function covariance(x: ArrayLike<number>, y: ArrayLike<number>, ddof = 1): number {
  const meanX = mean(x)
  const meanY = mean(y)
  let sum = 0
  for (let i = 0; i < x.length; i++) sum += (x[i]! - meanX) * (y[i]! - meanY)
  return x.length > ddof ? sum / (x.length - ddof) : NaN
}
