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
  readonly #slots: Float64Array
  /** Of each place, the slot it holds. */
  readonly #slotOf: Float64Array
  /** Of the slots between `#from` and `#to`: the sums of each and those after it, up to `#to`. */
  readonly #tails: Float64Array
  #from = Infinity
  #to = -Infinity
  /** The sums of the slots after `#to`. */
  readonly #since: Float64Array
  #newest = -Infinity
  /** Where the running slot's row begins. */
  #row = 0

  constructor(windowMs: number, columns: number) {
    this.windowMs = windowMs
    this.columns = columns
    this.sums = new Float64Array(columns)
    this.#slotMs = windowMs / slots
    this.#slots = new Float64Array(slots * columns)
    this.#slotOf = new Float64Array(slots).fill(NaN)
    this.#tails = new Float64Array(slots * columns)
    this.#since = new Float64Array(columns)
  }

  /** Time has come to `at`: what is added until the next call counts there. */
  turn(at: number): void {
    const slot = Math.floor(at / this.#slotMs)
    // Where the window was read further on than here, what comes now is missing in its tails.
    if (Math.max(slot, this.#newest) <= this.#to) this.#to = -Infinity
    if (slot <= this.#newest) return
    this.#newest = slot
    const place = placeOf(slot)
    this.#row = place * this.columns
    this.#slotOf[place] = slot
    this.#slots.fill(0, this.#row, this.#row + this.columns)
  }

  /** Only after a `turn`. */
  add(column: number, value: number): void {
    this.#slots[this.#row + column]! += value
    this.#since[column]! += value
  }

  /** Writes every sum of the window that ends at `at` into `sums`. Nothing is ever subtracted: nothing comes out as 0 exactly. */
  read(at: number): Float64Array {
    const newest = Math.max(Math.floor(at / this.#slotMs), this.#newest)
    const oldest = newest - slots + 1
    if (oldest > this.#to || oldest < this.#from) this.#take(oldest, newest)
    const { sums, columns } = this
    const from = placeOf(oldest) * columns
    for (let column = 0; column < columns; column++)
      sums[column] = this.#tails[from + column]! + this.#since[column]!
    return sums
  }

  clear(): void {
    this.#slotOf.fill(NaN)
    this.#newest = this.#to = -Infinity
    this.#since.fill(0)
  }

  /** Takes the tails anew, up to the slot before `newest`. */
  #take(oldest: number, newest: number): void {
    const { sums, columns } = this
    sums.fill(0)
    for (let slot = newest - 1; slot >= oldest; slot--) {
      const from = placeOf(slot) * columns
      const isThere = this.#slotOf[placeOf(slot)] === slot
      for (let column = 0; column < columns; column++) {
        if (isThere) sums[column]! += this.#slots[from + column]!
        this.#tails[from + column] = sums[column]!
      }
    }
    this.#from = oldest
    this.#to = newest - 1
    this.#since.fill(0)
    if (this.#newest !== newest) return
    for (let column = 0; column < columns; column++) this.#since[column] = this.#slots[this.#row + column]!
  }
}

/** A window that reaches back before 1970 has slots below 0. */
const placeOf = (slot: number): number => (slot >= 0 ? slot % slots : slots - 1 + ((slot + 1) % slots))
