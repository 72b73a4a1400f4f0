import { remainder } from '../math/remainder'

/** The touch is noted so often, ms: the finest delay that is judged. */
export const trailMs = 50

/** The touch at every step of the recent past; the oldest make room. NaN where it was not known. */
export class Trail {
  readonly #most: number
  readonly #bid: Float64Array
  readonly #ask: Float64Array
  #first = NaN
  #last = NaN

  constructor(most: number) {
    this.#most = most
    this.#bid = new Float64Array(most).fill(NaN)
    this.#ask = new Float64Array(most).fill(NaN)
  }

  /** Steps come one after the other. */
  push(step: number, bid: number, ask: number): void {
    if (Number.isNaN(this.#first)) this.#first = step
    this.#last = step
    const place = remainder(step, this.#most)
    this.#bid[place] = bid
    this.#ask[place] = ask
  }

  bid(step: number): number {
    return this.#has(step) ? this.#bid[remainder(step, this.#most)]! : NaN
  }

  ask(step: number): number {
    return this.#has(step) ? this.#ask[remainder(step, this.#most)]! : NaN
  }

  /** In half ticks. */
  mid2(step: number): number {
    if (!this.#has(step)) return NaN
    const place = remainder(step, this.#most)
    return this.#bid[place]! + this.#ask[place]!
  }

  /** Whether the bid was below `price` at a step from `from` to `to`, as far as they are kept. */
  bidWasBelow(price: number, from: number, to: number): boolean {
    const [first, last] = [this.#firstOf(from), Math.min(to, this.#last)]
    for (let step = first, place = remainder(first, this.#most); step <= last; step++) {
      if (this.#bid[place]! < price) return true
      if (++place === this.#most) place = 0
    }
    return false
  }

  /** Whether the ask was above it. */
  askWasAbove(price: number, from: number, to: number): boolean {
    const [first, last] = [this.#firstOf(from), Math.min(to, this.#last)]
    for (let step = first, place = remainder(first, this.#most); step <= last; step++) {
      if (this.#ask[place]! > price) return true
      if (++place === this.#most) place = 0
    }
    return false
  }

  clear(): void {
    this.#first = NaN
    this.#last = NaN
  }

  /** The first step from `from` on that is kept; NaN where none is. */
  #firstOf(from: number): number {
    return Math.max(from, this.#first, this.#last - this.#most + 1)
  }

  #has(step: number): boolean {
    return step >= this.#first && step <= this.#last && this.#last - step < this.#most
  }
}
