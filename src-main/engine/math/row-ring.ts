/** The latest rows of equal width, oldest first; grows up to its cap, then the oldest row makes room. */
export class RowRing {
  readonly width: number
  readonly #cap: number
  #values: Float64Array
  #first = 0
  #length = 0

  constructor(width: number, cap: number) {
    this.width = width
    this.#cap = cap
    this.#values = new Float64Array(width * Math.min(cap, 64))
  }

  get length(): number {
    return this.#length
  }

  /** Copies one row of `width` numbers. Answers whether the oldest row was dropped for it. */
  push(row: ArrayLike<number>): boolean {
    const full = this.#length === this.#cap
    const from = this.#claim()
    const values = this.#values
    // A handful of numbers is copied sooner one by one.
    for (let column = 0; column < this.width; column++) values[from + column] = row[column]!
    return full
  }

  /** NaN outside. */
  value(row: number, column: number): number {
    if (row < 0 || row >= this.#length) return NaN
    return this.#values[((this.#first + row) % this.#rows) * this.width + column]!
  }

  /** Multiplies one column of every row. */
  scale(column: number, factor: number): void {
    for (let at = column; at < this.#values.length; at += this.width) this.#values[at]! *= factor
  }

  /** The rows from `from` on, in an array of their own. */
  copy(from = 0): Float64Array {
    const rows = Math.max(0, this.#length - from)
    const out = new Float64Array(rows * this.width)
    const start = (this.#first + from) % this.#rows
    const untilEnd = Math.min(rows, this.#rows - start)
    out.set(this.#values.subarray(start * this.width, (start + untilEnd) * this.width))
    out.set(this.#values.subarray(0, (rows - untilEnd) * this.width), untilEnd * this.width)
    return out
  }

  clear(): void {
    this.#first = 0
    this.#length = 0
  }

  get #rows(): number {
    return this.#values.length / this.width
  }

  /** Where the newest row goes; the oldest makes room. */
  #claim(): number {
    const full = this.#length === this.#cap
    if (!full && this.#length === this.#rows) this.#grow()
    const from = ((this.#first + this.#length) % this.#rows) * this.width
    if (full) this.#first = (this.#first + 1) % this.#rows
    else this.#length++
    return from
  }

  /** Only called before the ring has turned, so the rows lie in order. */
  #grow(): void {
    const grown = new Float64Array(Math.min(this.#cap, this.#rows * 2) * this.width)
    grown.set(this.#values)
    this.#values = grown
  }
}
