import { covariance } from '../../engine/math/covariance'
import { mean } from '../../engine/math/mean'
import type { Bar } from './bar'

/** Of a standard normal distribution. */
const z99 = 2.3263478740408408
const daySeconds = 86_400

/** Average price by volume and how far around it was traded, of the running UTC day, of the last hour and of everything. */
export function vwap(bars: readonly Bar[]) {
  const today = Math.floor((bars.at(-1)?.at ?? NaN) / daySeconds)
  return {
    price: 'typical (h+l+c)/3',
    session_utc_last_bar: weighted(bars.filter(({ at }) => Math.floor(at / daySeconds) === today)),
    rolling60_last: weighted(bars.slice(-60)),
    anchored_first_bar: weighted(bars)
  }
}

/** By West's update (1979): squares of prices are never summed. */
function weighted(bars: readonly Bar[]) {
  let [volume, average, spread] = [0, 0, 0]
  for (const bar of bars) {
    if (bar.volume === 0) continue
    const price = (bar.high + bar.low + bar.close) / 3
    volume += bar.volume
    const step = ((price - average) * bar.volume) / volume
    spread += bar.volume * (price - average) * (price - average - step)
    average += step
  }
  return { vwap: volume > 0 ? average : NaN, sigma: Math.sqrt(spread / volume), n: bars.length }
}

/** What an hour may lose, in per cent: by its own history, and by a normal distribution. */
export function losses(returns: readonly number[]) {
  const sorted = [...returns].sort((one, other) => one - other)
  const middle = mean(returns)
  const count = (share: number) => Math.ceil(returns.length * share)
  const worst = (share: number) => -(sorted[count(share) - 1] ?? NaN)
  const moment = (power: number) => mean(returns.map((it) => (it - middle) ** power))
  return {
    convention:
      'loss positive; k=ceil(n*q), q the literal 0.05 or 0.01; VaR = -(sorted ascending r)[k-1]; ES = -mean of the k smallest; normal_var99 = z99*std(ddof1)-mean; skew, exkurt with population moments',
    var95: worst(0.05),
    var99: worst(0.01),
    es95: -mean(sorted.slice(0, count(0.05))),
    normal_var99: z99 * Math.sqrt(covariance(returns, returns)) - middle,
    cornish_fisher_skew: moment(3) / moment(2) ** 1.5,
    exkurt: moment(4) / moment(2) ** 2 - 3
  }
}

/** Amihud's illiquidity (2002): the size of an hour's move over its volume, times a million. */
export const amihud = (hours: readonly Bar[]): number =>
  1e6 * mean(hours.slice(1).map((hour, i) => Math.abs(Math.log(hour.close / hours[i]!.close)) / hour.volume))
