/** Rows of numbers in one array; when full, the oldest row makes room for the newest. */
export class NumberRows {
  readonly width: number
  readonly #most: number
  #data: Float64Array
  #first = 0
  #length = 0

  /** @param most rows kept; memory grows with use up to them. */
  constructor(width: number, most: number) {
    this.width = width
    this.#most = most
    this.#data = new Float64Array(width * Math.min(most, 64))
  }

  get length(): number {
    return this.#length
  }

  /** NaN outside the rows. */
  value(row: number, column: number): number {
    if (row < 0 || row >= this.#length) return NaN
    return this.#data[this.#offset(row) + column] ?? NaN
  }

  /** Appends one row of `from`, starting at `at`. */
  push(from: Float64Array, at: number): void {
    if (this.#length === this.#capacity()) this.#makeRoom()
    const offset = this.#offset(this.#length)
    this.#length++
    for (let column = 0; column < this.width; column++) this.#data[offset + column] = from[at + column] ?? NaN
  }

  /** All rows in one array, oldest first. */
  copy(): Float64Array {
    const all = new Float64Array(this.#length * this.width)
    for (let row = 0; row < this.#length; row++) {
      const offset = this.#offset(row)
      all.set(this.#data.subarray(offset, offset + this.width), row * this.width)
    }
    return all
  }

  #capacity(): number {
    return this.#data.length / this.width
  }

  #offset(row: number): number {
    return ((this.#first + row) % this.#capacity()) * this.width
  }

  #makeRoom(): void {
    const capacity = this.#capacity()
    if (capacity >= this.#most) {
      this.#first = (this.#first + 1) % capacity
      this.#length--
      return
    }
    const larger = new Float64Array(Math.min(this.#most, capacity * 2) * this.width)
    larger.set(this.copy())
    this.#data = larger
    this.#first = 0
  }
}
