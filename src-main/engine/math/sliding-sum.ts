/** Numbers of a place, and where of them the sum and the tail lie. */
const width = 3
const [sumOf, tailOf] = [1, 2] as const

/**
 * The sum of what came in during the last `windowMs`, in memory that does not grow: the window is cut into equal slots, and its oldest slot leaves
 * as a whole. The sum therefore reaches back between `windowMs` less one slot and `windowMs`. Nothing is ever subtracted: of the older slots the sums from
 * each one on are kept, what is newer is added up beside them, and when the last of those sums is used up all are taken anew (a queue of two stacks).
 */
export class SlidingSum {
  readonly windowMs: number
  readonly #slotMs: number
  readonly #slots: number
  /**
   * Of each place, side by side so that they are fetched together: which slot of time it holds (the same place serves a later slot after one turn), the sum of
   * that slot, and, between `#from` and `#to`, the sum of it and those after it, up to `#to` (the tail).
   */
  readonly #cells: Float64Array
  #from = Infinity
  #to = -Infinity
  /** The sum of the slots after `#to`. */
  #since = 0
  #newest = -Infinity

  constructor(windowMs: number, slots = 100) {
    this.windowMs = windowMs
    this.#slotMs = windowMs / slots
    this.#slots = slots
    this.#cells = new Float64Array(slots * width)
    this.clear()
  }

  add(at: number, value: number): void {
    const slot = Math.floor(at / this.#slotMs)
    const place = this.#placeOf(slot)
    const cells = this.#cells
    if (cells[place] !== slot) {
      // Late by a whole turn: it takes the place of what came since.
      if (cells[place]! > slot) this.#to = -Infinity
      cells[place] = slot
      cells[place + sumOf] = 0
    }
    cells[place + sumOf]! += value
    if (slot > this.#newest) this.#newest = slot
    if (slot > this.#to) this.#since += value
    else this.#to = -Infinity
  }

  at(now: number): number {
    const newest = Math.floor(now / this.#slotMs)
    const oldest = newest - this.#slots + 1
    // Only a clock that went back finds slots after this one.
    if (newest < this.#newest) return this.#between(oldest, newest)
    if (oldest > this.#to || oldest < this.#from) this.#turn(oldest, newest)
    return this.#cells[this.#placeOf(oldest) + tailOf]! + this.#since
  }

  clear(): void {
    for (let place = 0; place < this.#cells.length; place += width) this.#cells[place] = NaN
    this.#newest = this.#to = -Infinity
    this.#since = 0
  }

  #turn(oldest: number, newest: number): void {
    let sum = 0
    for (let slot = newest - 1; slot >= oldest; slot--) {
      const place = this.#placeOf(slot)
      if (this.#cells[place] === slot) sum += this.#cells[place + sumOf]!
      this.#cells[place + tailOf] = sum
    }
    this.#from = oldest
    this.#to = newest - 1
    this.#since = this.#between(newest, newest)
  }

  /** Where a slot's numbers begin. A window that reaches back before 1970 has slots below 0; and % of what needs more than 32 bits is slow. */
  #placeOf(slot: number): number {
    const count = this.#slots
    return width * (slot - count * Math.floor(slot / count))
  }

  #between(first: number, last: number): number {
    let sum = 0
    for (let slot = first; slot <= last; slot++) {
      const place = this.#placeOf(slot)
      if (this.#cells[place] === slot) sum += this.#cells[place + sumOf]!
    }
    return sum
  }
}
