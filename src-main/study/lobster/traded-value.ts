import { mean } from '../../engine/math/mean'
import { changes, everySeconds } from './intervals'
import { closing, isTrade, opening, priceUnitsPerTick, ticksPerUsd, type Session } from './session'

const stretch = 300

/** Average price of all trades by volume, USD; NaN without trades. */
export function vwap({ rows, types, sizes, prices }: Session): number {
  let [paid, shares] = [0, 0]
  for (let row = 0; row < rows; row++) {
    if (!isTrade(types[row]!)) continue
    paid += sizes[row]! * prices[row]!
    shares += sizes[row]!
  }
  return paid / shares / (priceUnitsPerTick * ticksPerUsd)
}

/** Amihud 2002: |log return of the mid| over traded USD, mean of the five-minute stretches with trades, times a million. */
export function amihud(session: Session): number {
  const values = tradedUsd(session)
  const returns = changes(everySeconds(session, stretch), session.mids.map(Math.log))
  const ratios = Array.from(values, (value, i) => Math.abs(returns[i]!) / value)
  return mean(ratios.filter((_, i) => values[i]! > 0)) * 1e6
}

/** By the time of each trade, not by row: a trade in the very first row counts. One at an edge belongs to the stretch that ends there. */
function tradedUsd({ rows, times, types, sizes, prices }: Session): Float64Array {
  const out = new Float64Array((closing - opening) / stretch)
  for (let row = 0; row < rows; row++) {
    const place = Math.max(0, Math.ceil((times[row]! - opening) / stretch) - 1)
    if (isTrade(types[row]!) && place < out.length)
      out[place]! += (sizes[row]! * prices[row]!) / (priceUnitsPerTick * ticksPerUsd)
  }
  return out
}
