/**
 * One bit a slot, and one bit for 32 of those, so that the next occupied slot is found in a few steps however empty the way is. A bit for 32 may stand where
 * nothing does any more: who comes by takes it away, so that changing a slot needs no look at its neighbours.
 */
export class Occupancy {
  readonly #bits: Int32Array
  readonly #words: Int32Array

  /** @param slots a power of 2, at least 1,024 */
  constructor(slots: number) {
    this.#bits = new Int32Array(slots >>> 5)
    this.#words = new Int32Array(slots >>> 10)
  }

  /** Without a branch, because nobody can foretell whether a level comes or goes. @param isThere 1 or 0 */
  put(slot: number, isThere: number): void {
    const word = slot >>> 5
    this.#bits[word] = (this.#bits[word]! & ~(1 << (slot & 31))) | (isThere << (slot & 31))
    this.#words[word >>> 5]! |= 1 << (word & 31)
  }

  clear(): void {
    this.#bits.fill(0)
    this.#words.fill(0)
  }

  /** The highest occupied slot at or below `slot`; -1 when there is none. */
  atOrBelow(slot: number): number {
    if (slot < 0) return -1
    const word = slot >>> 5
    const bits = this.#bits[word]! & (-1 >>> (31 - (slot & 31)))
    return bits === 0 ? this.#below(word) : (word << 5) + 31 - Math.clz32(bits)
  }

  /** The highest occupied slot in the words below `word`. */
  #below(word: number): number {
    let block = word >>> 5
    let words = this.#words[block]! & ~(-1 << (word & 31))
    for (;;) {
      while (words === 0) {
        if (--block < 0) return -1
        words = this.#words[block]!
      }
      const place = 31 - Math.clz32(words)
      const found = (block << 5) + place
      const bits = this.#bits[found]!
      if (bits !== 0) return (found << 5) + 31 - Math.clz32(bits)
      words &= ~(1 << place)
      this.#words[block]! &= ~(1 << place)
    }
  }

  /** The lowest occupied slot; -1 when there is none. */
  lowest(): number {
    const bits = this.#bits
    const words = this.#words
    for (let block = 0; block < words.length; block++) {
      while (words[block] !== 0) {
        const place = lowestBit(words[block]!)
        const word = (block << 5) + place
        if (bits[word] !== 0) return (word << 5) + lowestBit(bits[word]!)
        words[block]! &= ~(1 << place)
      }
    }
    return -1
  }
}

const lowestBit = (bits: number): number => 31 - Math.clz32(bits & -bits)
