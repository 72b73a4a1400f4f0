/** Rows of numbers, kept by column; when full, the oldest row makes room for the newest. A column takes no memory until a number other than NaN comes in. */
export class NumberRows {
  readonly width: number
  readonly #most: number
  readonly #columns: (Float64Array | undefined)[]
  #capacity: number
  #first = 0
  #length = 0

  /** @param most rows kept; memory grows with use up to them. */
  constructor(width: number, most: number) {
    this.width = width
    this.#most = most
    this.#capacity = Math.min(most, 64)
    this.#columns = Array.from({ length: width }, () => undefined)
  }

  get length(): number {
    return this.#length
  }

  /** NaN outside the rows. */
  value(row: number, column: number): number {
    if (row < 0 || row >= this.#length) return NaN
    return this.#columns[column]?.[this.#place(row)] ?? NaN
  }

  /** Appends one row of `from`, starting at `at`. */
  push(from: Float64Array, at: number): void {
    this.#append((column) => from[at + column] ?? NaN)
  }

  /** Appends a row of other rows. */
  pushFrom(rows: NumberRows, row: number): void {
    this.#append((column) => rows.value(row, column))
  }

  /** Appends one row of which only `columns` are known, as they stand in `from` from `at` on. */
  pushColumns(columns: readonly number[], from: Float64Array, at: number): void {
    const places = new Map(columns.map((column, i) => [column, at + i]))
    this.#append((column) => from[places.get(column) ?? -1] ?? NaN)
  }

  #append(valueOf: (column: number) => number): void {
    if (this.#length === this.#capacity) this.#makeRoom()
    const place = this.#place(this.#length)
    this.#length++
    for (let column = 0; column < this.width; column++) {
      const value = valueOf(column)
      let values = this.#columns[column]
      if (!values) {
        if (Number.isNaN(value)) continue
        values = new Float64Array(this.#capacity).fill(NaN)
        this.#columns[column] = values
      }
      values[place] = value
    }
  }

  #place(row: number): number {
    return (this.#first + row) % this.#capacity
  }

  #makeRoom(): void {
    if (this.#capacity >= this.#most) {
      this.#first = (this.#first + 1) % this.#capacity
      this.#length--
      return
    }
    // Not yet turned: the rows lie in order.
    this.#capacity = Math.min(this.#most, this.#capacity * 2)
    for (const [column, values] of this.#columns.entries()) {
      if (!values) continue
      const larger = new Float64Array(this.#capacity).fill(NaN)
      larger.set(values)
      this.#columns[column] = larger
    }
  }
}
