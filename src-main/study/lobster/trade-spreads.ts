import { lastAt } from '../../engine/math/last-at'
import { closing, executed, priceUnitsPerTick, type Session } from './session'

const horizons = [1, 5, 60, 300]

/**
 * What visible trades paid against the mid before them, in ticks, and what of it was left after some seconds (realized, the maker's) and lost to the move of
 * the mid (impact). `volw` is weighted by shares. A time after the close is the close.
 */
export function tradeSpreads(session: Session) {
  const { times, types, sizes, prices, directions, mids, rows } = session
  const effective = new Average()
  const weighted = new Average()
  const bps = new Average()
  const after = horizons.map((seconds) => ({ seconds, realized: new Average(), impact: new Average() }))
  for (let row = 1; row < rows; row++) {
    if (types[row] !== executed) continue
    const twice = -2 * directions[row]!
    const size = sizes[row]!
    const price = prices[row]! / priceUnitsPerTick
    const before = mids[row - 1]!
    const paid = twice * (price - before)
    effective.add(paid, 1)
    weighted.add(paid, size)
    bps.add((paid / before) * 1e4, size)
    for (const { seconds, realized, impact } of after) {
      const later = mids[lastAt(times, Math.min(times[row]! + seconds, closing))]!
      realized.add(twice * (price - later), size)
      impact.add(twice * (later - before), size)
    }
  }
  return {
    n: effective.weight,
    effective_ticks_mean: effective.value,
    effective_ticks_volw: weighted.value,
    effective_bps_volw: bps.value,
    ...Object.fromEntries(
      after.flatMap(({ seconds, realized, impact }) => [
        [`realized_${seconds}s_volw`, realized.value],
        [`impact_${seconds}s_volw`, impact.value]
      ])
    )
  }
}

class Average {
  weight = 0
  #sum = 0

  add(x: number, weight: number): void {
    this.#sum += x * weight
    this.weight += weight
  }

  /** NaN of nothing. */
  get value(): number {
    return this.#sum / this.weight
  }
}
