import { autocorrelation } from '../../engine/math/autocorrelation'
import { covariance } from '../../engine/math/covariance'
import { ols } from '../../engine/math/ols'
import { executed, priceUnitsPerTick, ticksPerUsd, type Session } from './session'

const lags = [1, 2, 5, 10, 50]

/** What one aggressor took at one time, over as many visible orders as it hit. */
interface MergedTrade {
  readonly at: number
  /** 1 bought, -1 sold. */
  readonly sign: number
  volume: number
  /** Sum of price (1e-4 USD) times shares. */
  paid: number
}

/** Figures of the sequence of trades: Roll's spread, Glosten and Harris's split of it, and how long signs are remembered. */
export function tradeSequence(session: Session) {
  const trades = merged(session)
  const signs = Float64Array.from(trades, (it) => it.sign)
  const usd = priceUnitsPerTick * ticksPerUsd
  const prices = Float64Array.from(trades, (it) => it.paid / it.volume / usd)
  const steps = differences(prices)
  const signed = Float64Array.from(trades, (it) => it.sign * it.volume)
  return {
    roll: roll(trades.length, steps),
    glosten_harris: glostenHarris(steps, signs, signed),
    trade_sign_autocorr_merged: lags.map((lag) => autocorrelation(signs, lag))
  }
}

function merged({ rows, times, types, sizes, prices, directions }: Session): MergedTrade[] {
  const out: MergedTrade[] = []
  for (let row = 0; row < rows; row++) {
    if (types[row] !== executed) continue
    const [at, sign, volume] = [times[row]!, -directions[row]!, sizes[row]!]
    const last = out.at(-1)
    if (last?.at === at && last.sign === sign) {
      last.volume += volume
      last.paid += volume * prices[row]!
    } else out.push({ at, sign, volume, paid: volume * prices[row]! })
  }
  return out
}

const differences = (series: Float64Array): Float64Array =>
  series.subarray(1).map((value, i) => value - series[i]!)

/** Roll 1984: 2 sqrt(-autocovariance), unknown when trades trend. */
function roll(n: number, steps: Float64Array) {
  const autocovariance = covariance(steps.subarray(1), steps.subarray(0, -1))
  return {
    n_merged_trades: n,
    autocov_usd2: autocovariance,
    roll_spread_usd: autocovariance <= 0 ? 2 * Math.sqrt(-autocovariance) : NaN
  }
}

/** Glosten and Harris 1988: c for what comes back (order processing), z for what stays (adverse selection); USD, and USD a share. */
function glostenHarris(steps: Float64Array, signs: Float64Array, signed: Float64Array) {
  const fit = ols([differences(signs), differences(signed), signs.subarray(1), signed.subarray(1)], steps)
  return {
    order: ['const', 'c0_dQ', 'c1_dQV', 'z0_Q', 'z1_QV'],
    coef: [fit.alpha, ...fit.betas],
    t: fit.t,
    r2: fit.r2,
    n: fit.n
  }
}
