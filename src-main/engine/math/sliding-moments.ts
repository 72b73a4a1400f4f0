import { WeightedMoments } from './weighted-moments'

/** `WeightedMoments` of the last `windowMs`, cut into equal slots; the oldest slot leaves as a whole, as in `SlidingSum`. */
export class SlidingMoments {
  readonly windowMs: number
  readonly #slotMs: number
  readonly #parts: readonly WeightedMoments[]
  readonly #slots: Float64Array
  readonly #whole = new WeightedMoments()

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
    this.#whole.clear()
    for (const [place, part] of this.#parts.entries()) {
      const slot = this.#slots[place]!
      if (slot >= oldest && slot <= newest) this.#whole.merge(part)
    }
    return this.#whole
  }

  clear(): void {
    this.#slots.fill(NaN)
  }
}
