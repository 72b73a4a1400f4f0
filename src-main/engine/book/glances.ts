/**
 * What a run reads off the book right after each of its messages (`MetricRun.look`), for the `onBook` of the same message, which may come later. Without
 * anybody to look in time it is read when asked for.
 */
export class Glances {
  readonly #width: number
  readonly #read: (into: Float64Array) => void
  readonly #now: Float64Array
  #waiting: Float64Array
  #next = 0
  #count = 0

  /** `read` writes `width` numbers. */
  constructor(width: number, read: (into: Float64Array) => void) {
    this.#width = width
    this.#read = read
    this.#now = new Float64Array(width)
    this.#waiting = new Float64Array(width * 8)
  }

  look(): void {
    const width = this.#width
    const from = this.#count * width
    if (from === this.#waiting.length) this.#grow()
    this.#read(this.#now)
    for (let place = 0; place < width; place++) this.#waiting[from + place] = this.#now[place]!
    this.#count++
  }

  /** Of the next message; overwritten by the one after it. */
  next(): Float64Array {
    if (this.#next === this.#count) this.#read(this.#now)
    else {
      const from = this.#next++ * this.#width
      for (let place = 0; place < this.#width; place++) this.#now[place] = this.#waiting[from + place]!
    }
    if (this.#next === this.#count) this.#next = this.#count = 0
    return this.#now
  }

  #grow(): void {
    const grown = new Float64Array(this.#waiting.length * 2)
    grown.set(this.#waiting)
    this.#waiting = grown
  }
}
