import { decimal, percent, plain, signed } from '../../../src-shared/format'
import type { Interval } from '../../engine/math/stretch-interval'
import { intervalWords, within } from '../interval-words'
import type { BarFigures } from './study'

/** The figures in plain words, each with how many bars stand behind it. */
export function reportBars(f: BarFigures): string {
  const {
    garch11_hourly_pct_returns: garch,
    adx14_hourly: adx,
    hist_var_es_hourly_pct: loss,
    intervals_95: wide
  } = f
  const har = f.har_hourly_sqrtRV_1_6_24
  const trend = f.kalman_local_linear_trend_hourly_logclose
  const number = (value: number, digits: number): string =>
    Number.isNaN(value) ? 'unknown' : decimal(value, digits)
  return [
    `${f.rows} bars of a minute, ${plain(f.first, 32)} to ${plain(f.last, 32)}; ${f.gaps_not_60s} gaps; ${f.full_days} whole days, ${f.full_hours} whole hours`,
    '',
    `Volatility a year, by what is known of a day (n = ${f.full_days} days)`,
    ...Object.entries(f.annualised_vol_365).map(
      ([name, value]) =>
        `  ${name.padEnd(18)} ${Number.isNaN(value) ? 'unknown' : percent(value, 1)}${within(wide.annualised_vol_365[name], (of) => percent(of, 1))}`
    ),
    '',
    `It comes in clusters: GARCH(1,1) of hourly returns (n = ${garch.n})`,
    `  persistence ${number(garch.persistence, 3)}, log-likelihood ${number(garch.loglik, 1)}; of one that never changes ${number(garch.const_var_loglik, 1)}`,
    `  an hour's volatility from the last 1, 6 and 24 (n = ${har.n}): R² ${number(har.r2, 3)}; said to be as the last hour: ${number(f.har_baseline_random_walk_r2, 3)}`,
    '',
    'Is it more than a random walk?',
    ...Object.entries(f.variance_ratio_1m).map(
      ([q, { vr, z_robust }]) =>
        `  variance ratio over ${q.padStart(2)} min ${number(vr, 3)}${within(ratioWithin(vr, z_robust), three)} (z ${Number.isNaN(z_robust) ? 'unknown' : signed(z_robust, 2)})`
    ),
    `  Hurst ${number(f.hurst_structure_q1_lags1_64, 3)} (0.5 is a random walk), efficiency ratio ${number(f.kaufman_er10_hourly.mean, 3)}`,
    `  ADX ${number(adx.last_adx, 1)} now, ${number(adx.mean_adx, 1)} on average (n = ${adx.n_adx}); slope ${signed(trend.slope * 1e4, 1)} bps an hour ± ${number(1.96 * trend.slope_se * 1e4, 1)} (95 %)`,
    '',
    `What an hour may lose (n = ${garch.n}), per cent`,
    `  1 in 20: ${number(loss.var95, 2)}${within(wide.var95, two)}, then ${number(loss.es95, 2)} on average; 1 in 100: ${number(loss.var99, 2)}${within(wide.var99, two)} (a normal distribution says ${number(loss.normal_var99, 2)})`,
    '',
    `VWAP of the running day ${number(f.vwap.session_utc_last_bar.vwap, 2)} ± ${number(f.vwap.session_utc_last_bar.sigma, 2)} (n = ${f.vwap.session_utc_last_bar.n} minutes)`,
    '',
    intervalWords,
    'That of a variance ratio is by Lo and MacKinlay’s robust error; of a fit (GARCH, Hurst, R²) none is claimed.'
  ].join('\n')
}

/** The robust error is what z was divided by. */
function ratioWithin(ratio: number, z: number): Interval {
  const error = Math.abs((ratio - 1) / z)
  return [ratio - 1.96 * error, ratio + 1.96 * error]
}
const two = (value: number): string => decimal(value, 2)
const three = (value: number): string => decimal(value, 3)
