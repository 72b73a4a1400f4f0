import { nelderMead } from './nelder-mead'

/** Variance that follows itself and the last return: v = omega + alpha x² + beta v (Bollerslev 1986). */
export interface Garch {
  readonly omega: number
  readonly alpha: number
  readonly beta: number
}

export interface GarchPath {
  /** With a mean of zero and normal residuals, constants included. */
  readonly logLikelihood: number
  /** Of the last return, and one step after it. */
  readonly last: number
  readonly next: number
}

/** Walks the variance along `returns`, from `first` at the first of them. */
export function garchPath(
  returns: ArrayLike<number>,
  { omega, alpha, beta }: Garch,
  first: number
): GarchPath {
  let variance = first
  let last = NaN
  let logLikelihood = 0
  for (let t = 0; t < returns.length; t++) {
    const square = returns[t]! ** 2
    logLikelihood -= (Math.log(2 * Math.PI) + Math.log(variance) + square / variance) / 2
    last = variance
    variance = omega + alpha * square + beta * variance
  }
  return { logLikelihood, last, next: variance }
}

/** The most likely parameters with alpha + beta below 1. NaN of fewer than 20 returns, or of returns that never vary. */
export function fitGarch(returns: ArrayLike<number>, first: number): Garch {
  if (returns.length < 20 || !(first > 0)) return { omega: NaN, alpha: NaN, beta: NaN }
  const of = ([omega = NaN, alpha = NaN, beta = NaN]: readonly number[]): Garch => ({
    omega: Math.exp(omega),
    alpha: Math.exp(alpha),
    beta: Math.exp(beta)
  })
  const loss = (point: readonly number[]): number => {
    const it = of(point)
    return it.alpha + it.beta < 1 ? -garchPath(returns, it, first).logLikelihood : Infinity
  }
  const starts = [
    [0.05, 0.9],
    [0.1, 0.8],
    [0.2, 0.5]
  ].map(([alpha = NaN, beta = NaN]) => [first * (1 - alpha - beta), alpha, beta].map(Math.log))
  const start = starts.reduce((best, it) => (loss(it) < loss(best) ? it : best))
  // A second run from where the first ended leaves a simplex that collapsed too early.
  const early = nelderMead(loss, start, { tolerance: 1e-10 })
  return of(nelderMead(loss, early.point, { step: 0.1, tolerance: 1e-12 }).point)
}
