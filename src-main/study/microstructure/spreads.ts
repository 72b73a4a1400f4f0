import { lastAt } from '../../engine/math/last-at'
import type { Market } from './market'
import { nanos } from './market'

const horizons = [1, 5, 10] as const

/** A mean weighted by size. */
class Weighted {
  #sum = 0
  #weight = 0
  add(value: number, weight: number): void {
    this.#sum += value * weight
    this.#weight += weight
  }
  get mean(): number {
    return this.#sum / this.#weight
  }
}

/**
 * What takers paid against the mid of the quote received before their trade, and what of it makers kept some seconds later; bps of that mid, weighted by size.
 * By order of arrival: where a quote arrives before the trade that moved it, the spread comes out too small or negative.
 */
export function spreads({ quotes, prints }: Market) {
  const paid = spreadColumns({ quotes, prints })
  const [effective, ...realized] = [paid.effective, ...paid.realized].map((column) => {
    const weighted = new Weighted()
    for (const { value, size } of column) weighted.add(value, size)
    return weighted.mean
  })
  return {
    n: paid.effective.length,
    effective_bps_volw: effective!,
    realized_1s_bps_volw: realized[0]!,
    realized_5s_bps_volw: realized[1]!,
    realized_10s_bps_volw: realized[2]!
  }
}

interface Paid {
  /** Bps. */
  readonly value: number
  readonly size: number
}

/** The same, trade by trade. */
export function spreadColumns({ quotes, prints }: Pick<Market, 'quotes' | 'prints'>) {
  const end = quotes.at[quotes.count - 1]!
  const effective: Paid[] = []
  const realized = horizons.map((): Paid[] => [])
  for (let i = 0; i < prints.count; i++) {
    const at = prints.at[i]!
    if (!(quotes.at[0]! < at)) continue
    // Times are whole nanoseconds: the last quote strictly before.
    const mid = quotes.mid2[lastAt(quotes.at, at - 1)]! / 2
    const paid = (against: number) =>
      ((2 * prints.aggressor[i]! * (prints.price[i]! - against)) / mid) * 10_000
    const size = prints.size[i]!
    effective.push({ value: paid(mid), size })
    for (const [place, seconds] of horizons.entries()) {
      const later = at + seconds * nanos
      if (later <= end)
        realized[place]!.push({ value: paid(quotes.mid2[lastAt(quotes.at, later)]! / 2), size })
    }
  }
  return { effective, realized }
}
