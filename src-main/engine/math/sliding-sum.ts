const slotsABlock = 10

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
  /** The same of ten slots together, so that a sum needs few additions. */
  readonly #blockSums: Float64Array
  readonly #blocks: Float64Array

  /** @param slots a multiple of ten */
  constructor(windowMs: number, slots = 100) {
    this.windowMs = windowMs
    this.#slotMs = windowMs / slots
    this.#sums = new Float64Array(slots)
    this.#slots = new Float64Array(slots).fill(NaN)
    this.#blockSums = new Float64Array(slots / slotsABlock + 1)
    this.#blocks = new Float64Array(slots / slotsABlock + 1).fill(NaN)
  }

  add(at: number, value: number): void {
    const slot = Math.floor(at / this.#slotMs)
    const place = slot % this.#sums.length
    if (this.#slots[place] !== slot) {
      this.#slots[place] = slot
      this.#sums[place] = 0
    }
    this.#sums[place]! += value
    const block = Math.floor(slot / slotsABlock)
    const blockPlace = block % this.#blocks.length
    if (this.#blocks[blockPlace] !== block) {
      this.#blocks[blockPlace] = block
      this.#blockSums[blockPlace] = 0
    }
    this.#blockSums[blockPlace]! += value
  }

  /** Summed anew each time: adding and subtracting for hours would let rounding errors pile up, and nothing would not come out as 0. */
  at(now: number): number {
    const newest = Math.floor(now / this.#slotMs)
    const oldest = newest - this.#sums.length + 1
    const whole = Math.ceil(oldest / slotsABlock)
    const last = Math.floor(newest / slotsABlock)
    let sum = 0
    // Only a clock that went back finds slots after the newest; then the last block is not taken as one.
    const lastWhole = this.#isAhead(newest) ? last - 1 : last
    for (let place = 0; place < this.#blocks.length; place++) {
      const block = this.#blocks[place]!
      if (block >= whole && block <= lastWhole) sum += this.#blockSums[place]!
    }
    sum += this.#between(oldest, whole * slotsABlock - 1)
    return lastWhole === last ? sum : sum + this.#between(last * slotsABlock, newest)
  }

  clear(): void {
    this.#slots.fill(NaN)
    this.#blocks.fill(NaN)
  }

  #between(first: number, last: number): number {
    let sum = 0
    for (let slot = first; slot <= last; slot++) {
      const place = slot % this.#sums.length
      if (this.#slots[place] === slot) sum += this.#sums[place]!
    }
    return sum
  }

  #isAhead(newest: number): boolean {
    const after = newest + 1
    const end = (Math.floor(newest / slotsABlock) + 1) * slotsABlock
    for (let slot = after; slot < end; slot++) if (this.#slots[slot % this.#sums.length] === slot) return true
    return false
  }
}
