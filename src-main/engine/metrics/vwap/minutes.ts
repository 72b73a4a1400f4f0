import { WeightedMoments } from '../../math/weighted-moments'

export const minuteMs = 60_000
export const mostMinutes = 1_440
const width = 4

/** Trades of the last day by the minute, in a ring: a minute makes room for the one a day later. Weights in base currency, means in quote money. */
export class Minutes {
  /** Start, weight, mean and spread of each; begun with the first, 46 kB. */
  #rows: Float64Array | undefined
  readonly #moments = new WeightedMoments()

  /** What was traded from `start` (Unix ms) on, within one minute. */
  add(start: number, moments: WeightedMoments): void {
    const rows = (this.#rows ??= new Float64Array(mostMinutes * width).fill(NaN))
    const minute = Math.floor(start / minuteMs)
    const row = (minute % mostMinutes) * width
    if (rows[row]! > minute * minuteMs) return
    if (rows[row] !== minute * minuteMs) rows.set([minute * minuteMs, 0, 0, 0], row)
    const sum = this.#read(rows, row)
    sum.merge(moments)
    rows[row + 1] = sum.weight
    rows[row + 2] = sum.mean
    rows[row + 3] = sum.spread
  }

  /** Each minute with trades that begins at `first` or later, in no order; the moments are overwritten by the next. */
  visit(first: number, each: (start: number, moments: WeightedMoments) => void): void {
    const rows = this.#rows
    if (!rows) return
    for (let row = 0; row < rows.length; row += width)
      if (rows[row]! >= first) each(rows[row]!, this.#read(rows, row))
  }

  #read(rows: Float64Array, row: number): WeightedMoments {
    const sum = this.#moments
    sum.weight = rows[row + 1]!
    sum.mean = rows[row + 2]!
    sum.spread = rows[row + 3]!
    return sum
  }
}
