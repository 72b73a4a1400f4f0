/** Columns of one scored forecast. */
export const scoredColumns = {
  /** When it was made, ms. */
  at: 0,
  /** Probability of up as it was shown. */
  p: 1,
  /** 1 the mid went up, 0 down. */
  up: 2,
  /** What needs no model: queue imbalance, the share of ups so far, the sign of the last move, Cont and de Larrard's formula. */
  imbalance: 3,
  baseRate: 4,
  lastMove: 5,
  contDeLarrard: 6,
  /** Half the spread over the mid, bps. */
  halfSpread: 7,
  /** Move of the mid until the end of the horizon in bps, from the forecast and from 50, 100 and 250 ms after it. */
  move: 8,
  moveAfter50: 9,
  moveAfter100: 10,
  moveAfter250: 11,
  /** What an order resting on the foretold side 100 ms later would have brought until the end, bps before fees; 0 where it was not filled. */
  placed: 12,
  /** 1 where that order was filled. */
  filled: 13
} as const
export const scoredWidth = 14

/** Forecasts whose outcome is known, the newest `most`; the oldest make room. */
export class Scored {
  readonly #rows: Float64Array
  readonly #most: number
  #next = 0
  count = 0

  constructor(most: number) {
    this.#most = most
    this.#rows = new Float64Array(most * scoredWidth)
  }

  push(row: ArrayLike<number>): void {
    this.#rows.set(row, this.#next * scoredWidth)
    this.#next = (this.#next + 1) % this.#most
    if (this.count < this.#most) this.count++
  }

  /** One column, oldest first. */
  column(name: keyof typeof scoredColumns): Float64Array {
    const rows = this.#rows
    const column = new Float64Array(this.count)
    let from = (this.count < this.#most ? 0 : this.#next) * scoredWidth + scoredColumns[name]
    for (let row = 0; row < column.length; row++, from += scoredWidth) {
      if (from >= rows.length) from -= rows.length
      column[row] = rows[from]!
    }
    return column
  }

  /** One column of some rows, by their places from the oldest on. */
  some(name: keyof typeof scoredColumns, places: readonly number[]): number[] {
    const oldest = this.count < this.#most ? 0 : this.#next
    return places.map((place) => {
      const row = (oldest + place) % this.#most
      return this.#rows[row * scoredWidth + scoredColumns[name]]!
    })
  }

  clear(): void {
    this.count = 0
    this.#next = 0
  }
}
