import { WeightedMoments } from './weighted-moments'

/** `WeightedMoments` of the last `windowMs`, cut into equal slots; the oldest slot leaves as a whole, as in `SlidingSum`. */
export class SlidingMoments {
  readonly windowMs: number
  readonly #slotMs: number
  readonly #parts: readonly WeightedMoments[]
  readonly #slots: Float64Array
  readonly #whole = new WeightedMoments()
  /** Of the window without the slot it ends in, which alone changes until the next. */
  readonly #older = new WeightedMoments()
  #olderThan = NaN

  constructor(windowMs: number, slots = 100) {
    this.windowMs = windowMs
    this.#slotMs = windowMs / slots
    this.#parts = Array.from({ length: slots }, () => new WeightedMoments())
    this.#slots = new Float64Array(slots).fill(NaN)
  }

  add(at: number, weight: number, value: number): void {
    const slot = Math.floor(at / this.#slotMs)
    const place = slot % this.#parts.length
    const part = this.#parts[place]!
    // Late, or the window was read further on than here.
    if (!(slot >= this.#olderThan)) this.#olderThan = NaN
    if (this.#slots[place] !== slot) {
      this.#slots[place] = slot
      part.clear()
    }
    part.add(weight, value)
  }

  /** Of the window up to `now`; the same object is answered each time. */
  at(now: number): WeightedMoments {
    const newest = Math.floor(now / this.#slotMs)
    const oldest = newest - this.#parts.length + 1
    if (newest !== this.#olderThan) this.#mergeOlder(oldest, newest)
    this.#whole.clear()
    this.#whole.merge(this.#older)
    const place = newest % this.#parts.length
    if (this.#slots[place] === newest) this.#whole.merge(this.#parts[place]!)
    return this.#whole
  }

  clear(): void {
    this.#slots.fill(NaN)
    this.#olderThan = NaN
  }

  #mergeOlder(oldest: number, newest: number): void {
    this.#olderThan = newest
    this.#older.clear()
    for (let slot = oldest; slot < newest; slot++) {
      const place = slot % this.#parts.length
      if (this.#slots[place] === slot) this.#older.merge(this.#parts[place]!)
    }
  }
}
