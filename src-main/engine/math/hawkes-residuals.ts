import type { Hawkes } from './hawkes'

/**
 * How well a Hawkes process explains ascending event `times`: the p value of Kolmogorov and Smirnov's test that the expected events between neighbours are
 * exponential of mean 1 (time-rescaling theorem: Papangelou 1972, Ogata 1988). Parameters fitted to the same times make it somewhat too kind. NaN of
 * fewer than 10 events.
 */
export function hawkesResidualP(times: ArrayLike<number>, hawkes: Hawkes): number {
  const n = times.length - 1
  if (n < 10) return NaN
  const expected = expectedBetween(times, hawkes).sort()
  let distance = 0
  for (let i = 0; i < n; i++) {
    const share = -Math.expm1(-expected[i]!)
    distance = Math.max(distance, share - i / n, (i + 1) / n - share)
  }
  return kolmogorovP(distance, n)
}

/** Integral of the rate between neighbours. */
function expectedBetween(times: ArrayLike<number>, { mu, alpha, beta }: Hawkes): Float64Array {
  const out = new Float64Array(Math.max(0, times.length - 1))
  let excited = 0
  for (let i = 1; i < times.length; i++) {
    const gap = times[i]! - times[i - 1]!
    // `excited` is the sum of exp(-beta age) just after the event before.
    excited = 1 + excited
    out[i - 1] = mu * gap - (alpha / beta) * Math.expm1(-beta * gap) * excited
    excited *= Math.exp(-beta * gap)
  }
  return out
}

/** P of a larger distance, by the asymptotic series with Stephens' correction for small `n` (1970). */
function kolmogorovP(distance: number, n: number): number {
  const x = distance * (Math.sqrt(n) + 0.12 + 0.11 / Math.sqrt(n))
  if (x < 0.2) return 1
  let sum = 0
  for (let k = 1; k <= 100; k++) sum += (k % 2 === 1 ? 2 : -2) * Math.exp(-2 * k * k * x * x)
  return Math.min(1, Math.max(0, sum))
}
