import { autocorrelation } from '../../engine/math/autocorrelation'
import { covariance } from '../../engine/math/covariance'
import { mean } from '../../engine/math/mean'
import { varianceRatio } from '../../engine/math/variance-ratio'
import type { Finding } from '../finding'
import { logReturns, stretches } from './bar'
import { intervalsOf } from './intervals'
import type { BarFile } from './reader'
import { readBars } from './reader'
import { adx, efficiency, hurst, localTrend } from './trend'
import { annualised, clustering, dailyVariance, ewma, garch, har } from './volatility'
import { amihud, losses, vwap } from './worth'

const minute = 60
const hour = 60
const day = 24 * hour

/** Figures of one-minute bars under the names of the golden ones; NaN where there are too few. */
export type BarFigures = ReturnType<typeof figuresOf>

export async function studyBars(path: string): Promise<Finding<BarFigures>> {
  const read = await readBars(path)
  return read.ok ? { ok: true, figures: figuresOf(read.figures) } : read
}

function figuresOf({ bars, first, last }: BarFile) {
  const returns = logReturns(bars)
  const logs = Float64Array.from(bars, ({ close }) => Math.log(close))
  const days = stretches(bars, day)
  const hours = stretches(bars, hour)
  const hourly = [...logReturns(hours)].map((it) => 100 * it)
  const closes = hours.map(({ close }) => close)
  const daily = dailyVariance(days)
  const variances = Object.entries(daily).filter(([name]) => name !== 'yz_k')
  return {
    rows: bars.length,
    first,
    last,
    gaps_not_60s: bars.slice(1).filter(({ at }, i) => at - bars[i]!.at !== minute).length,
    mean_logret_1m: mean(returns),
    std_logret_1m_ddof1: Math.sqrt(covariance(returns, returns)),
    full_days: days.length,
    daily_variance: daily,
    annualised_vol_365: Object.fromEntries(variances.map(([name, value]) => [name, annualised(value)])),
    yz_note: 'YZ uses days 2..n (n-1 obs, N in k = n-1); overnight = ln(O_t/C_{t-1})',
    full_hours: hours.length,
    hours_contiguous: hours.every(({ at }, i) => i === 0 || at - hours[i - 1]!.at === hour * minute),
    garch11_hourly_pct_returns: garch(hourly),
    ewma094_hourly_pct: ewma(hourly),
    abs_return_acf_hourly: clustering(hourly),
    sq_return_acf_1m_lag1: autocorrelation(
      returns.map((it) => it ** 2),
      1
    ),
    ret_acf_1m_lag1: autocorrelation(returns, 1),
    ...har(hours),
    variance_ratio_1m: Object.fromEntries(
      [2, 5, 10, 30].map((q) => {
        const { ratio, z } = varianceRatio(returns, q)
        return [q, { vr: ratio, z_robust: z }]
      })
    ),
    hurst_structure_q1_lags1_64: hurst(logs),
    adx14_hourly: adx(hours),
    kaufman_er10_hourly: efficiency(closes),
    kalman_local_linear_trend_hourly_logclose: localTrend(closes.map(Math.log)),
    vwap: vwap(bars),
    hist_var_es_hourly_pct: losses(hourly),
    volume_note: volumeNote(mean(bars.map(({ volume }) => volume))),
    amihud_hourly_per_million: amihud(hours),
    intervals_95: intervalsOf(days, hourly)
  }
}

const volumeNote = (average: number): string =>
  average >= 1e5
    ? 'volume column magnitudes (~1e6 per minute) imply quote-currency (USD) volume'
    : 'volume column magnitudes do not tell its currency'
