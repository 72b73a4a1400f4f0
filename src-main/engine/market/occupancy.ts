/** Which of the last `span` whole numbers are present: one bit each, in a ring, so that the window can slide without copying. */
export class Occupancy {
  readonly #words: Int32Array
  readonly #mask: number

  /** `span` is a power of two, at least 32. */
  constructor(span: number) {
    this.#words = new Int32Array(span >> 5)
    this.#mask = (span >> 5) - 1
  }

  has(n: number): boolean {
    return ((this.#words[(n >> 5) & this.#mask]! >>> (n & 31)) & 1) === 1
  }

  add(n: number): void {
    const word = (n >> 5) & this.#mask
    this.#words[word] = this.#words[word]! | (1 << (n & 31))
  }

  remove(n: number): void {
    const word = (n >> 5) & this.#mask
    this.#words[word] = this.#words[word]! & ~(1 << (n & 31))
  }

  /** The first present number at or above `n` and below `end`; `end` when there is none. `end` is a multiple of 32. */
  up(n: number, end: number): number {
    if (n >= end) return end
    const last = end >> 5
    let at = n >> 5
    let word = this.#words[at & this.#mask]! & (-1 << (n & 31))
    while (word === 0) {
      at++
      if (at >= last) return end
      word = this.#words[at & this.#mask]!
    }
    return (at << 5) + 31 - Math.clz32(word & -word)
  }

  /** The first present number at or below `n` and not below `start`; `start - 1` when there is none. `start` is a multiple of 32. */
  down(n: number, start: number): number {
    if (n < start) return start - 1
    const first = start >> 5
    let at = n >> 5
    let word = this.#words[at & this.#mask]! & (-1 >>> (31 - (n & 31)))
    while (word === 0) {
      at--
      if (at < first) return start - 1
      word = this.#words[at & this.#mask]!
    }
    return (at << 5) + 31 - Math.clz32(word)
  }
}
