/** The share of a standard normal distribution below `x`, to about 1e-15 (the series and Laplace's continued fraction, Abramowitz and Stegun 26.2.11 and 26.2.14). */
export function normalCdf(x: number): number {
  if (Number.isNaN(x)) return NaN
  const density = Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI)
  return Math.abs(x) < 3 ? 0.5 + density * series(x) : x > 0 ? 1 - density * tail(x) : density * tail(-x)
}

/** x + x^3/3 + x^5/(3*5) + ...: all terms have one sign, nothing cancels. */
function series(x: number): number {
  let term = x
  let sum = x
  for (let odd = 3; Math.abs(term) > Math.abs(sum) * 1e-17; odd += 2) {
    term *= (x * x) / odd
    sum += term
  }
  return sum
}

/** 1/(x+1/(x+2/(x+3/(x+...)))). */
function tail(x: number): number {
  let rest = x
  for (let depth = 200; depth > 0; depth--) rest = x + depth / rest
  return 1 / rest
}
