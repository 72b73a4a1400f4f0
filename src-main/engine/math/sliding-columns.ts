const slots = 100

/**
 * Sums of several values over the same last `windowMs`, as `SlidingSum` has of one: what comes in and is asked for together is found together. The window
 * is cut into a hundred slots, and its oldest slot leaves as a whole. Times should rise; what comes late counts in the running slot.
 */
export class SlidingColumns {
  readonly windowMs: number
  readonly columns: number
  /** Filled by `read`. */
  readonly sums: Float64Array
  readonly #slotMs: number
  /**
   * All numbers of the window in one array, as each array of its own would be two more places in memory to fetch: first the sums of the slots after `#to`, then
   * of each place the slot it holds, the sums of that slot, and, between `#from` and `#to`, the sums of it and those after it, up to `#to` (the tails).
   */
  readonly #cells: Float64Array
  readonly #stride: number
  #from = Infinity
  #to = -Infinity
  #newest = -Infinity
  /** Where the running slot's sums begin. */
  #row = 0

  constructor(windowMs: number, columns: number) {
    this.windowMs = windowMs
    this.columns = columns
    this.sums = new Float64Array(columns)
    this.#slotMs = windowMs / slots
    this.#stride = 1 + 2 * columns
    this.#cells = new Float64Array(columns + slots * this.#stride)
    this.clear()
  }

  /** Time has come to `at`: what is added until the next call counts there. */
  turn(at: number): void {
    const slot = Math.floor(at / this.#slotMs)
    // Where the window was read further on than here, what comes now is missing in its tails.
    if (Math.max(slot, this.#newest) <= this.#to) this.#to = -Infinity
    if (slot <= this.#newest) return
    this.#newest = slot
    const place = this.#placeOf(slot)
    this.#row = place + 1
    this.#cells[place] = slot
    this.#cells.fill(0, this.#row, this.#row + this.columns)
  }

  /** Only after a `turn`. */
  add(column: number, value: number): void {
    this.#cells[this.#row + column]! += value
    this.#cells[column]! += value
  }

  /** Writes every sum of the window that ends at `at` into `sums`. Nothing is ever subtracted: nothing comes out as 0 exactly. */
  read(at: number): Float64Array {
    const newest = Math.max(Math.floor(at / this.#slotMs), this.#newest)
    const oldest = newest - slots + 1
    if (oldest > this.#to || oldest < this.#from) this.#take(oldest, newest)
    const { sums, columns } = this
    const cells = this.#cells
    const tails = this.#placeOf(oldest) + 1 + columns
    for (let column = 0; column < columns; column++) sums[column] = cells[tails + column]! + cells[column]!
    return sums
  }

  clear(): void {
    for (let place = this.columns; place < this.#cells.length; place += this.#stride) this.#cells[place] = NaN
    this.#newest = this.#to = -Infinity
    this.#cells.fill(0, 0, this.columns)
  }

  /** Takes the tails anew, up to the slot before `newest`. */
  #take(oldest: number, newest: number): void {
    const { sums, columns } = this
    const cells = this.#cells
    sums.fill(0)
    for (let slot = newest - 1; slot >= oldest; slot--) {
      const place = this.#placeOf(slot)
      const isThere = cells[place] === slot
      for (let column = 1; column <= columns; column++) {
        if (isThere) sums[column - 1]! += cells[place + column]!
        cells[place + columns + column] = sums[column - 1]!
      }
    }
    this.#from = oldest
    this.#to = newest - 1
    cells.fill(0, 0, columns)
    if (this.#newest !== newest) return
    for (let column = 0; column < columns; column++) cells[column] = cells[this.#row + column]!
  }

  /** Where a slot's numbers begin. A window that reaches back before 1970 has slots below 0; and % of what needs more than 32 bits is slow. */
  #placeOf(slot: number): number {
    return this.columns + (slot - slots * Math.floor(slot / slots)) * this.#stride
  }
}
