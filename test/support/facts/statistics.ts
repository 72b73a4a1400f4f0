/** The p-quantile by rank; NaN of nothing. */
export function quantile(xs: readonly number[], p: number): number {
  if (xs.length === 0) return NaN
  const sorted = Float64Array.from(xs).sort()
  return sorted[Math.min(sorted.length - 1, Math.floor(p * sorted.length))]!
}

export const median = (xs: readonly number[]): number => quantile(xs, 0.5)

export const sum = (xs: readonly number[]): number => xs.reduce((a, b) => a + b, 0)
export const mean = (xs: readonly number[]): number => sum(xs) / xs.length
/** Root mean square: the standard deviation of something whose mean is nought. */
export const rms = (xs: readonly number[]): number => Math.sqrt(mean(xs.map((x) => x * x)))

/** Fourth moment over the squared second, about nought: 3 for a normal. */
export function kurtosis(xs: readonly number[]): number {
  return mean(xs.map((x) => x ** 4)) / mean(xs.map((x) => x * x)) ** 2
}

/** Autocorrelation at one lag. */
export function autocorrelation(xs: readonly number[], lag: number): number {
  const m = mean(xs)
  let above = 0
  let below = 0
  xs.forEach((x, i) => {
    below += (x - m) ** 2
    if (i >= lag) above += (x - m) * (xs[i - lag]! - m)
  })
  return above / below
}

export function correlation(xs: readonly number[], ys: readonly number[]): number {
  const [mx, my] = [mean(xs), mean(ys)]
  const xy = sum(xs.map((x, i) => (x - mx) * (ys[i]! - my)))
  return xy / Math.sqrt(sum(xs.map((x) => (x - mx) ** 2)) * sum(ys.map((y) => (y - my) ** 2)))
}

/** Share of the variance of `ys` that a line in `xs` explains. */
export const explained = (xs: readonly number[], ys: readonly number[]): number => correlation(xs, ys) ** 2

/** Slope of the least-squares line. */
export function slope(xs: readonly number[], ys: readonly number[]): number {
  const [mx, my] = [mean(xs), mean(ys)]
  return sum(xs.map((x, i) => (x - mx) * (ys[i]! - my))) / sum(xs.map((x) => (x - mx) ** 2))
}
