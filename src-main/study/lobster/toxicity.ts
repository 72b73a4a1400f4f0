import { covariance } from '../../engine/math/covariance'
import { mean } from '../../engine/math/mean'
import { normalCdf } from '../../engine/math/normal-cdf'
import { VolumeBuckets } from '../../engine/math/volume-buckets'
import { isTrade, opening, priceUnitsPerTick, ticksPerUsd, type Session } from './session'

const window = 50
const lastMinute = 389

/** VPIN of all trades with their true signs, the day cut into `count` buckets of equal volume. */
export function trueSignVpin({ rows, types, sizes, directions }: Session, count: number) {
  let total = 0
  for (let row = 0; row < rows; row++) if (isTrade(types[row]!)) total += sizes[row]!
  const buckets = new VolumeBuckets(total / count)
  for (let row = 0; row < rows; row++)
    if (isTrade(types[row]!)) buckets.add(sizes[row]!, directions[row] === -1 ? 1 : 0)
  const vpin = buckets.vpin(window)
  return {
    bucket_volume: buckets.size,
    full_buckets: buckets.imbalances.length,
    mean_abs_imbalance_ratio: mean(buckets.imbalances),
    vpin_window50_n: vpin.length,
    vpin_mean: mean(vpin),
    vpin_first: vpin[0] ?? NaN,
    vpin_last: vpin.at(-1) ?? NaN,
    vpin_max: vpin.length === 0 ? NaN : Math.max(...vpin)
  }
}

/** VPIN with signs guessed from one-minute price changes (bulk volume classification), 200 buckets. */
export function bulkVpin(session: Session) {
  const bars = minuteBars(session)
  const steps = bars.slice(1).map((bar, i) => bar.last - bars[i]!.last)
  const sigma = Math.sqrt(covariance(steps, steps))
  const classified = bars.slice(1)
  const buckets = new VolumeBuckets(classified.reduce((sum, bar) => sum + bar.volume, 0) / 200)
  for (const [i, bar] of classified.entries()) buckets.add(bar.volume, normalCdf(steps[i]! / sigma))
  const vpin = buckets.vpin(window)
  return {
    bars: bars.length,
    sigma_dp: sigma,
    bucket_volume: buckets.size,
    full_buckets: buckets.imbalances.length,
    vpin_mean: mean(vpin),
    vpin_first: vpin[0] ?? NaN,
    vpin_last: vpin.at(-1) ?? NaN
  }
}

/** Minutes with trades: shares and the last price in USD. */
function minuteBars({ rows, times, types, sizes, prices }: Session): { volume: number; last: number }[] {
  const bars = new Map<number, { volume: number; last: number }>()
  for (let row = 0; row < rows; row++) {
    if (!isTrade(types[row]!)) continue
    const minute = Math.min(lastMinute, Math.floor((times[row]! - opening) / 60))
    const volume = (bars.get(minute)?.volume ?? 0) + sizes[row]!
    bars.set(minute, { volume, last: prices[row]! / (priceUnitsPerTick * ticksPerUsd) })
  }
  return [...bars.values()]
}
