/**
 * The latest rows of equal width, kept by column: a column takes no memory until a number other than NaN comes in. Grows up to its cap, then the
 * oldest row makes room.
 */
export class ColumnRings {
  readonly width: number
  readonly #cap: number
  readonly #columns: (Float64Array | undefined)[]
  #capacity: number
  #first = 0
  #length = 0

  constructor(width: number, cap: number) {
    this.width = width
    this.#cap = cap
    this.#capacity = Math.min(cap, 64)
    this.#columns = Array.from({ length: width }, () => undefined)
  }

  get length(): number {
    return this.#length
  }

  /** Columns that ever held a number, ascending. */
  get known(): readonly number[] {
    return this.#columns.flatMap((column, place) => (column ? [place] : []))
  }

  /** Copies one row of `width` numbers. */
  push(row: ArrayLike<number>): void {
    if (this.#length === this.#capacity && this.#capacity < this.#cap) this.#grow()
    const place = (this.#first + this.#length) % this.#capacity
    if (this.#length === this.#capacity) this.#first = (this.#first + 1) % this.#capacity
    else this.#length++
    for (let column = 0; column < this.width; column++) {
      const value = row[column]!
      let values = this.#columns[column]
      if (values) values[place] = value
      else if (!Number.isNaN(value)) {
        values = new Float64Array(this.#capacity).fill(NaN)
        values[place] = value
        this.#columns[column] = values
      }
    }
  }

  /** NaN outside. */
  value(row: number, column: number): number {
    if (row < 0 || row >= this.#length) return NaN
    return this.#columns[column]?.[(this.#first + row) % this.#capacity] ?? NaN
  }

  /** Multiplies one column of every row. */
  scale(column: number, factor: number): void {
    const values = this.#columns[column]
    if (values) for (let place = 0; place < values.length; place++) values[place]! *= factor
  }

  /** These columns of the rows from `from` on, row after row. */
  copy(columns: readonly number[], from = 0): Float64Array {
    const rows = Math.max(0, this.#length - from)
    const out = new Float64Array(rows * columns.length)
    for (const [at, column] of columns.entries()) {
      const values = this.#columns[column]
      for (let row = 0; row < rows; row++)
        out[row * columns.length + at] = values?.[(this.#first + from + row) % this.#capacity] ?? NaN
    }
    return out
  }

  /** Only called before the rings have turned, so the rows lie in order. */
  #grow(): void {
    this.#capacity = Math.min(this.#cap, this.#capacity * 2)
    for (const [place, values] of this.#columns.entries()) {
      if (!values) continue
      const grown = new Float64Array(this.#capacity).fill(NaN)
      grown.set(values)
      this.#columns[place] = grown
    }
  }
}
