/** Neighbouring prices, which come and are asked for together, lie together. */
const blockBits = 3
const blockSize = 1 << blockBits
const shiftOf = (capacity: number): number => 32 - Math.log2(capacity / blockSize)

/**
 * A row of numbers by whole price, in one typed array with open addressing: all that is known of a price is found in one search and lies side by side. Not
 * a number is allocated once grown. A row's place holds until the next `row`, `drop`, `filter` or `rescale`.
 */
export class PriceRows {
  /** Of each row its price, NaN where there is none, then its numbers: at `place + 1` and on. */
  cells: Float64Array
  readonly #stride: number
  #size = 0
  #capacity: number
  /** Brings 32 bits down to a block of rows. */
  #shift: number

  /** @param capacity a power of two, 16 at least */
  constructor(numbers: number, capacity = 256) {
    this.#stride = numbers + 1
    this.#capacity = capacity
    this.#shift = shiftOf(capacity)
    this.cells = new Float64Array(capacity * this.#stride).fill(NaN)
  }

  get size(): number {
    return this.#size
  }

  /** The place of the price's row; -1 where there is none. */
  find(price: number): number {
    const place = this.#seek(price)
    return this.cells[place] === price ? place : -1
  }

  /**
   * What lies where the price's row begins, if it is at its first place. Of no use but to be fetched: who asks for several prices one after the other has the
   * processor fetch all of them at once, and not one while it waits for the other.
   */
  fetch(price: number): number {
    return this.cells[this.#home(price)]!
  }

  /** The place of the price's row; a new one is full of NaN. */
  row(price: number): number {
    let place = this.#seek(price)
    if (this.cells[place] === price) return place
    if (this.#size * 2 >= this.#capacity) {
      this.#anew(this.#capacity * 2, () => true, 1)
      place = this.#seek(price)
    }
    this.cells[place] = price
    this.#size++
    return place
  }

  /** Lets go of the row at `place`. */
  drop(place: number): void {
    const stride = this.#stride
    let hole = place
    this.#size--
    // What was pushed past the hole moves back, so that a search that ends at an empty place is right.
    for (let next = this.#after(place); !Number.isNaN(this.cells[next]!); next = this.#after(next)) {
      const home = this.#home(this.cells[next]!)
      if (this.#distance(home, next) < this.#distance(hole, next)) continue
      this.cells.copyWithin(hole, next, next + stride)
      hole = next
    }
    this.cells.fill(NaN, hole, hole + stride)
  }

  clear(): void {
    this.cells.fill(NaN)
    this.#size = 0
  }

  /** Keeps the rows that `keep` says, which may change their numbers. */
  filter(keep: (cells: Float64Array, place: number) => boolean): void {
    this.#anew(this.#capacity, keep, 1)
  }

  /** Every price times this whole factor. */
  rescale(factor: number): void {
    this.#anew(this.#capacity, () => true, factor)
  }

  #anew(capacity: number, keep: (cells: Float64Array, place: number) => boolean, factor: number): void {
    const before = this.cells
    const stride = this.#stride
    this.#capacity = capacity
    this.#shift = shiftOf(capacity)
    this.cells = new Float64Array(capacity * stride).fill(NaN)
    this.#size = 0
    for (let from = 0; from < before.length; from += stride) {
      if (Number.isNaN(before[from]!) || !keep(before, from)) continue
      const place = this.row(before[from]! * factor)
      for (let number = 1; number < stride; number++) this.cells[place + number] = before[from + number]!
    }
  }

  #home(price: number): number {
    const block = Math.imul(price >> blockBits, 0x9e3779b1) >>> this.#shift
    return ((block << blockBits) | (price & (blockSize - 1))) * this.#stride
  }

  #after(place: number): number {
    const next = place + this.#stride
    return next === this.cells.length ? 0 : next
  }

  /** From `from` on to `to`, round the end. */
  #distance(from: number, to: number): number {
    return to >= from ? to - from : to - from + this.cells.length
  }

  #seek(price: number): number {
    let place = this.#home(price)
    while (this.cells[place] !== price && !Number.isNaN(this.cells[place]!)) place = this.#after(place)
    return place
  }
}
