import { fitHawkes, hawkesLogLikelihood } from '../../engine/math/hawkes'
import type { Market } from './market'

/** How far trades excite trades: an exponential Hawkes process on the distinct milliseconds of the venue's clock at which there was a trade, beside Poisson. */
export function arrivals({ prints }: Market) {
  const made = [...new Set(prints.madeAt)].sort((a, b) => a - b)
  const times = made.map((at) => (at - made[0]!) / 1_000)
  const [n, end] = [times.length, times.at(-1) ?? NaN]
  const { mu, alpha, beta, logLikelihood } = fitHawkes(times)
  return {
    n,
    T: end,
    loglik_at_mu0p5_alpha2_beta4: hawkesLogLikelihood(times, { mu: 0.5, alpha: 2, beta: 4 }),
    mle_mu: mu,
    mle_alpha: alpha,
    mle_beta: beta,
    branching_ratio: alpha / beta,
    loglik_max: logLikelihood,
    poisson_loglik: n * Math.log(n / end) - n
  }
}
