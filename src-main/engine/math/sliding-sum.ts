/**
 * The sum of what came in during the last `windowMs`, in memory that does not grow: the window is cut into equal slots, and its oldest slot leaves
 * as a whole. The sum therefore reaches back between `windowMs` less one slot and `windowMs`. Nothing is ever subtracted: of the older slots the sums from
 * each one on are kept, what is newer is added up beside them, and when the last of those sums is used up all are taken anew (a queue of two stacks).
 */
export class SlidingSum {
  readonly windowMs: number
  readonly #slotMs: number
  readonly #sums: Float64Array
  /** Which slot of time each place holds; the same place serves a later slot after one turn. */
  readonly #slots: Float64Array
  /** Of the slots between `#from` and `#to`: the sum of each and those after it, up to `#to`. */
  readonly #tails: Float64Array
  #from = Infinity
  #to = -Infinity
  /** The sum of the slots after `#to`. */
  #since = 0
  #newest = -Infinity

  constructor(windowMs: number, slots = 100) {
    this.windowMs = windowMs
    this.#slotMs = windowMs / slots
    this.#sums = new Float64Array(slots)
    this.#slots = new Float64Array(slots).fill(NaN)
    this.#tails = new Float64Array(slots)
  }

  add(at: number, value: number): void {
    const slot = Math.floor(at / this.#slotMs)
    const place = this.#placeOf(slot)
    if (this.#slots[place] !== slot) {
      // Late by a whole turn: it takes the place of what came since.
      if (this.#slots[place]! > slot) this.#to = -Infinity
      this.#slots[place] = slot
      this.#sums[place] = 0
    }
    this.#sums[place]! += value
    if (slot > this.#newest) this.#newest = slot
    if (slot > this.#to) this.#since += value
    else this.#to = -Infinity
  }

  at(now: number): number {
    const newest = Math.floor(now / this.#slotMs)
    const oldest = newest - this.#sums.length + 1
    // Only a clock that went back finds slots after this one.
    if (newest < this.#newest) return this.#between(oldest, newest)
    if (oldest > this.#to || oldest < this.#from) this.#turn(oldest, newest)
    return this.#tails[this.#placeOf(oldest)]! + this.#since
  }

  clear(): void {
    this.#slots.fill(NaN)
    this.#newest = this.#to = -Infinity
    this.#since = 0
  }

  #turn(oldest: number, newest: number): void {
    let sum = 0
    for (let slot = newest - 1; slot >= oldest; slot--) {
      const place = this.#placeOf(slot)
      if (this.#slots[place] === slot) sum += this.#sums[place]!
      this.#tails[place] = sum
    }
    this.#from = oldest
    this.#to = newest - 1
    this.#since = this.#between(newest, newest)
  }

  /** A window that reaches back before 1970 has slots below 0. */
  #placeOf(slot: number): number {
    const { length } = this.#sums
    return slot >= 0 ? slot % length : length - 1 + ((slot + 1) % length)
  }

  #between(first: number, last: number): number {
    let sum = 0
    for (let slot = first; slot <= last; slot++) {
      const place = this.#placeOf(slot)
      if (this.#slots[place] === slot) sum += this.#sums[place]!
    }
    return sum
  }
}
