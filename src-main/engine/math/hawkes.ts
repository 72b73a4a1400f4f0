import { nelderMead } from './nelder-mead'

/** Self-exciting arrivals: rate(t) = mu + sum over earlier events of alpha exp(-beta (t - event)). All positive, per unit of time. */
export interface Hawkes {
  readonly mu: number
  readonly alpha: number
  readonly beta: number
}

/** Log-likelihood of ascending event `times` watched from 0 to the last of them (Ozaki 1979), in one pass. NaN of no event. */
export function hawkesLogLikelihood(times: ArrayLike<number>, { mu, alpha, beta }: Hawkes): number {
  const n = times.length
  if (n === 0) return NaN
  const end = times[n - 1]!
  let [excited, logs, expected] = [0, 0, mu * end]
  for (let i = 0; i < n; i++) {
    if (i > 0) excited = Math.exp(-beta * (times[i]! - times[i - 1]!)) * (1 + excited)
    logs += Math.log(mu + alpha * excited)
    expected -= (alpha / beta) * Math.expm1(-beta * (end - times[i]!))
  }
  return logs - expected
}

/** The most likely parameters, with their log-likelihood. NaN of fewer than 10 events, which tell nothing of excitation. */
export function fitHawkes(times: ArrayLike<number>): Hawkes & { readonly logLikelihood: number } {
  const rate = times.length / (times[times.length - 1] ?? NaN)
  if (times.length < 10 || !(rate > 0 && rate < Infinity))
    return { mu: NaN, alpha: NaN, beta: NaN, logLikelihood: NaN }
  const of = ([mu = 0, alpha = 0, beta = 0]: readonly number[]): Hawkes => ({
    mu: Math.exp(mu),
    alpha: Math.exp(alpha),
    beta: Math.exp(beta)
  })
  const loss = (point: readonly number[]) => -hawkesLogLikelihood(times, of(point))
  // Half of the events excited, whose memory spans a tenth to a hundred events: the surface has one hill, seen from afar.
  const starts = [0.01, 0.1, 1, 10].map((speed) => {
    const beta = rate * speed
    return [rate / 2, beta / 2, beta].map(Math.log)
  })
  const start = starts.reduce((best, it) => (loss(it) < loss(best) ? it : best))
  // A second run from where the first ended leaves a simplex that collapsed too early.
  const first = nelderMead(loss, start, { tolerance: 1e-8 })
  const { point, value } = nelderMead(loss, first.point, { step: 0.1, tolerance: 1e-9 })
  return { ...of(point), logLikelihood: -value }
}
