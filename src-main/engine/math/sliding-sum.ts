/**
 * The sum of what came in during the last `windowMs`, in memory that does not grow: the window is cut into equal slots, and its oldest slot leaves
 * as a whole. The sum therefore reaches back between `windowMs` less one slot and `windowMs`.
 */
export class SlidingSum {
  readonly windowMs: number
  readonly #slotMs: number
  readonly #sums: Float64Array
  /** Which slot of time each place holds; the same place serves a later slot after one turn. */
  readonly #slots: Float64Array

  constructor(windowMs: number, slots = 100) {
    this.windowMs = windowMs
    this.#slotMs = windowMs / slots
    this.#sums = new Float64Array(slots)
    this.#slots = new Float64Array(slots).fill(NaN)
  }

  add(at: number, value: number): void {
    const slot = Math.floor(at / this.#slotMs)
    const place = slot % this.#sums.length
    if (this.#slots[place] !== slot) {
      this.#slots[place] = slot
      this.#sums[place] = 0
    }
    this.#sums[place]! += value
  }

  /** Summed anew each time: adding and subtracting for hours would let rounding errors pile up. */
  at(now: number): number {
    const newest = Math.floor(now / this.#slotMs)
    const oldest = newest - this.#sums.length + 1
    let sum = 0
    for (let place = 0; place < this.#sums.length; place++) {
      const slot = this.#slots[place]!
      if (slot >= oldest && slot <= newest) sum += this.#sums[place]!
    }
    return sum
  }

  clear(): void {
    this.#slots.fill(NaN)
  }
}
