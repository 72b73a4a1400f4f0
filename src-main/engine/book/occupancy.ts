/** One bit a slot, and one bit for 32 of those, so that the next occupied slot is found in a few steps however empty the way is. */
export class Occupancy {
  readonly #bits: Int32Array
  readonly #words: Int32Array

  /** @param slots a power of 2, at least 1,024 */
  constructor(slots: number) {
    this.#bits = new Int32Array(slots >>> 5)
    this.#words = new Int32Array(slots >>> 10)
  }

  set(slot: number): void {
    const word = slot >>> 5
    this.#bits[word]! |= 1 << (slot & 31)
    this.#words[word >>> 5]! |= 1 << (word & 31)
  }

  unset(slot: number): void {
    const word = slot >>> 5
    const bits = this.#bits[word]! & ~(1 << (slot & 31))
    this.#bits[word] = bits
    if (bits === 0) this.#words[word >>> 5]! &= ~(1 << (word & 31))
  }

  clear(): void {
    this.#bits.fill(0)
    this.#words.fill(0)
  }

  /** The highest occupied slot at or below `slot`; -1 when there is none. */
  atOrBelow(slot: number): number {
    if (slot < 0) return -1
    let word = slot >>> 5
    let bits = this.#bits[word]! & (-1 >>> (31 - (slot & 31)))
    if (bits === 0) {
      let block = word >>> 5
      let words = this.#words[block]! & ~(-1 << (word & 31))
      while (words === 0) {
        if (--block < 0) return -1
        words = this.#words[block]!
      }
      word = (block << 5) + 31 - Math.clz32(words)
      bits = this.#bits[word]!
    }
    return (word << 5) + 31 - Math.clz32(bits)
  }

  /** The lowest occupied slot; -1 when there is none. */
  lowest(): number {
    const block = this.#words.findIndex((words) => words !== 0)
    if (block < 0) return -1
    const words = this.#words[block]!
    const word = (block << 5) + 31 - Math.clz32(words & -words)
    const bits = this.#bits[word]!
    return (word << 5) + 31 - Math.clz32(bits & -bits)
  }
}
