/** Rows that wait to be put into their columns together: one by one, each would touch as many places in memory as there are columns. */
const mostStaged = 64
/** A column's first room, and by how much it grows: what is there is copied few times until the cap is reached. */
const fewest = 64
const growth = 4

/**
 * The latest rows of equal width, kept by column: a column takes no memory until a number other than NaN comes in. Grows up to its cap, then the
 * oldest row makes room.
 */
export class ColumnRings {
  readonly width: number
  readonly #cap: number
  readonly #columns: (Float64Array | undefined)[]
  /** The latest rows, row after row. */
  readonly #staged: Float64Array
  #stagedRows = 0
  #capacity: number
  #first = 0
  #length = 0

  constructor(width: number, cap: number) {
    this.width = width
    this.#cap = cap
    this.#capacity = Math.min(cap, fewest)
    this.#columns = Array.from({ length: width }, () => undefined)
    this.#staged = new Float64Array(width * mostStaged)
  }

  get length(): number {
    return Math.min(this.#cap, this.#length + this.#stagedRows)
  }

  /** Columns that ever held a number, ascending. */
  get known(): readonly number[] {
    this.#store()
    return this.#columns.flatMap((column, place) => (column ? [place] : []))
  }

  /** Copies one row of `width` numbers. */
  push(row: Float64Array): void {
    this.#staged.set(row, this.#stagedRows * this.width)
    if (++this.#stagedRows === mostStaged) this.#store()
  }

  /** NaN outside. */
  value(row: number, column: number): number {
    this.#store()
    if (row < 0 || row >= this.#length) return NaN
    return this.#columns[column]?.[(this.#first + row) % this.#capacity] ?? NaN
  }

  /** Multiplies one column of every row. */
  scale(column: number, factor: number): void {
    this.#store()
    const values = this.#columns[column]
    if (values) for (let place = 0; place < values.length; place++) values[place]! *= factor
  }

  /** These columns of the rows from `from` on, row after row. */
  copy(columns: readonly number[], from = 0): Float64Array {
    this.#store()
    const rows = Math.max(0, this.#length - from)
    const out = new Float64Array(rows * columns.length)
    for (const [at, column] of columns.entries()) {
      const values = this.#columns[column]
      for (let row = 0; row < rows; row++)
        out[row * columns.length + at] = values?.[(this.#first + from + row) % this.#capacity] ?? NaN
    }
    return out
  }

  #store(): void {
    const rows = this.#stagedRows
    if (rows === 0) return
    this.#stagedRows = 0
    while (this.#length + rows > this.#capacity && this.#capacity < this.#cap) this.#grow()
    const after = this.#first + this.#length
    for (let column = 0; column < this.width; column++) this.#storeColumn(column, rows, after)
    const dropped = Math.max(0, this.#length + rows - this.#capacity)
    this.#first = (this.#first + dropped) % this.#capacity
    this.#length += rows - dropped
  }

  #storeColumn(column: number, rows: number, after: number): void {
    const { width } = this
    const staged = this.#staged
    const capacity = this.#capacity
    let values = this.#columns[column]
    let place = after % capacity
    for (let from = column; from < rows * width; from += width) {
      const value = staged[from]!
      if (values) values[place] = value
      else if (!Number.isNaN(value)) {
        values = this.#columns[column] = new Float64Array(capacity).fill(NaN)
        values[place] = value
      }
      if (++place === capacity) place = 0
    }
  }

  /** Only called before the rings have turned, so the rows lie in order; what lies behind them is never read. */
  #grow(): void {
    this.#capacity = Math.min(this.#cap, this.#capacity * growth)
    for (const [place, values] of this.#columns.entries()) {
      if (!values) continue
      const grown = new Float64Array(this.#capacity)
      grown.set(values)
      this.#columns[place] = grown
    }
  }
}
