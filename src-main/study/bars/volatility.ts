import { autocorrelation } from '../../engine/math/autocorrelation'
import { covariance } from '../../engine/math/covariance'
import { fitGarch, garchPath } from '../../engine/math/garch'
import { mean } from '../../engine/math/mean'
import { ols } from '../../engine/math/ols'
import type { Stretch } from './bar'
import { realisedVariance } from './bar'

const variance = (values: readonly number[], ddof = 1): number => covariance(values, values, ddof)

const range = ({ high, low }: Stretch): number => Math.log(high / low)
const body = ({ open, close }: Stretch): number => Math.log(close / open)

/** One day's part of each variance. */
export const parkinson = (day: Stretch): number => range(day) ** 2 / (4 * Math.LN2)
export const garmanKlass = (day: Stretch): number =>
  0.5 * range(day) ** 2 - (2 * Math.LN2 - 1) * body(day) ** 2
export const rogersSatchell = ({ open, high, low, close }: Stretch): number =>
  Math.log(high / close) * Math.log(high / open) + Math.log(low / close) * Math.log(low / open)
/** What weighs open to close in Yang and Zhang's, of n days. */
export const yangZhangWeight = (n: number): number => 0.34 / (1.34 + (n + 1) / (n - 1))

/** Variance of a day by what is known of it: from closes alone to every minute. */
export function dailyVariance(days: readonly Stretch[]) {
  const later = days.slice(1)
  const overnight = later.map((day, i) => Math.log(day.open / days[i]!.close))
  const k = yangZhangWeight(later.length)
  return {
    close_to_close: variance(later.map((day, i) => Math.log(day.close / days[i]!.close))),
    parkinson: mean(days.map(parkinson)),
    garman_klass: mean(days.map(garmanKlass)),
    rogers_satchell: mean(days.map(rogersSatchell)),
    yang_zhang:
      variance(overnight) + k * variance(later.map(body)) + (1 - k) * mean(later.map(rogersSatchell)),
    yz_k: k,
    realised_1m_mean: mean(days.map(realisedVariance))
  }
}

/** Per cent a year of 365 days. */
export const annualised = (daily: number): number => Math.sqrt(365 * daily)

/** GARCH(1,1) of hourly returns in per cent, without a mean. */
export function garch(returns: readonly number[]) {
  const first = variance(returns, 0)
  const fit = fitGarch(returns, first)
  const path = garchPath(returns, fit, first)
  const square = mean(returns.map((it) => it ** 2))
  return {
    n: returns.length,
    mean_zero: true,
    initial_variance: 'population variance of the sample (ddof=0)',
    loglik_at_w0p02_a0p1_b0p8: garchPath(returns, { omega: 0.02, alpha: 0.1, beta: 0.8 }, first)
      .logLikelihood,
    mle_omega: fit.omega,
    mle_alpha: fit.alpha,
    mle_beta: fit.beta,
    persistence: fit.alpha + fit.beta,
    loglik: path.logLikelihood,
    last_sigma2: path.last,
    next_sigma2: path.next,
    // A variance that is the same always, and the mean of the squares.
    const_var_loglik: garchPath(returns, { omega: square, alpha: 0, beta: 0 }, square).logLikelihood
  }
}

/** RiskMetrics: 0.94 of what was, 0.06 of the newest square. */
export function ewma(returns: readonly number[]) {
  const last_var = returns.slice(1).reduce((v, x) => 0.94 * v + 0.06 * x ** 2, (returns[0] ?? NaN) ** 2)
  return { init: 'first squared return', last_var }
}

/** How much the size of a move says of the size of the next. */
export const clustering = (returns: readonly number[]): number[] =>
  [1, 2, 6, 24].map((lag) => autocorrelation(Float64Array.from(returns, Math.abs), lag))

/** Corsi's regression of an hour's volatility (per cent) on the last hour, the last 6 and the last 24, and what saying "as the last hour" is worth. */
export function har(hours: readonly Stretch[]) {
  const y = hours.map((hour) => 100 * Math.sqrt(realisedVariance(hour)))
  const rows = y.map((_, t) => t).slice(24)
  const past = (hoursBack: number) => rows.map((t) => mean(y.slice(t - hoursBack, t)))
  const now = rows.map((t) => y[t]!)
  const fit = ols([past(1), past(6), past(24)], now)
  const middle = mean(now)
  const left = rows.reduce((sum, t) => sum + (y[t]! - y[t - 1]!) ** 2, 0)
  const total = now.reduce((sum, it) => sum + (it - middle) ** 2, 0)
  return {
    har_hourly_sqrtRV_1_6_24: { coef: [fit.alpha, ...fit.betas], r2: fit.r2, n: fit.n, t: fit.t },
    har_baseline_random_walk_r2: total > 0 ? 1 - left / total : NaN
  }
}
