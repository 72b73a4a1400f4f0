const slots = 100
const slotsABlock = 10

/**
 * Sums of several values over the same last `windowMs`, as `SlidingSum` has of one: what comes in and is asked for together is found together. The window
 * is cut into a hundred slots, and its oldest slot leaves as a whole. Times should rise; what comes late counts in the running slot.
 */
export class SlidingColumns {
  readonly windowMs: number
  readonly columns: number
  /** Filled by `read`. */
  readonly sums: Float64Array
  readonly #slotMs: number
  readonly #slots: Float64Array
  /** Whole blocks of ten slots, each summed while it runs. */
  readonly #blocks: Float64Array
  /** Of each place, the slot or block it holds. */
  readonly #slotOf: Float64Array
  readonly #blockOf: Float64Array
  #newest = -Infinity

  constructor(windowMs: number, columns: number) {
    this.windowMs = windowMs
    this.columns = columns
    this.sums = new Float64Array(columns)
    this.#slotMs = windowMs / slots
    this.#slots = new Float64Array(slots * columns)
    this.#blocks = new Float64Array((slots / slotsABlock + 1) * columns)
    this.#slotOf = new Float64Array(slots).fill(NaN)
    this.#blockOf = new Float64Array(slots / slotsABlock + 1).fill(NaN)
  }

  /** Time has come to `at`: what is added until the next call counts there. */
  turn(at: number): void {
    const slot = Math.floor(at / this.#slotMs)
    if (slot <= this.#newest) return
    this.#newest = slot
    const place = slot % slots
    this.#slotOf[place] = slot
    this.#slots.fill(0, place * this.columns, (place + 1) * this.columns)
    const block = Math.floor(slot / slotsABlock)
    const blockPlace = block % this.#blockOf.length
    if (this.#blockOf[blockPlace] === block) return
    this.#blockOf[blockPlace] = block
    this.#blocks.fill(0, blockPlace * this.columns, (blockPlace + 1) * this.columns)
  }

  /** Only after a `turn`. */
  add(column: number, value: number): void {
    this.#slots[(this.#newest % slots) * this.columns + column]! += value
    const block = Math.floor(this.#newest / slotsABlock) % this.#blockOf.length
    this.#blocks[block * this.columns + column]! += value
  }

  /** Writes every sum of the window that ends at `at` into `sums`. Summed anew each time: nothing comes out as 0 exactly. */
  read(at: number): Float64Array {
    const newest = Math.max(Math.floor(at / this.#slotMs), this.#newest)
    const oldest = newest - slots + 1
    const whole = Math.ceil(oldest / slotsABlock)
    this.sums.fill(0)
    for (let place = 0; place < this.#blockOf.length; place++)
      if (this.#blockOf[place]! >= whole) this.#addRow(this.#blocks, place)
    for (let slot = oldest; slot < whole * slotsABlock; slot++)
      if (this.#slotOf[slot % slots] === slot) this.#addRow(this.#slots, slot % slots)
    return this.sums
  }

  clear(): void {
    this.#slotOf.fill(NaN)
    this.#blockOf.fill(NaN)
    this.#newest = -Infinity
  }

  #addRow(rows: Float64Array, place: number): void {
    const from = place * this.columns
    for (let column = 0; column < this.columns; column++) this.sums[column]! += rows[from + column]!
  }
}
