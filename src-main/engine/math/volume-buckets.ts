/**
 * Signed volume poured into buckets of equal `size`, trades split over the edges (Easley, Lopez de Prado and O'Hara 2012). A bucket is full when its
 * free room is at most 1e-9 of it, for what rounding leaves.
 */
export class VolumeBuckets {
  /** |bought - sold| / size of every full bucket, 0..1, in order; none are kept where somebody is told of each. */
  readonly imbalances: number[] = []
  readonly #full: (imbalance: number) => void
  #size: number
  #nextSize: number
  #bought = 0
  #sold = 0
  #room: number

  /** @param full told of each full bucket, at once */
  constructor(size: number, full?: (imbalance: number) => void) {
    this.#size = size
    this.#nextSize = size
    this.#room = size
    this.#full = full ?? ((imbalance) => this.imbalances.push(imbalance))
  }

  /** Of the bucket that is being filled. */
  get size(): number {
    return this.#size
  }

  /** Share of the running bucket that is filled, [0, 1). */
  get filled(): number {
    return 1 - this.#room / this.#size
  }

  /** Later buckets are this large; the running one only when it is empty. */
  resize(size: number): void {
    this.#nextSize = size
    if (!(this.#room < this.#size)) this.#empty()
  }

  /** Throws away what the running bucket holds. */
  spill(): void {
    this.#empty()
  }

  /** `buyShare` 0..1: 1 for a buy, 0 for a sale, between when only guessed. */
  add(volume: number, buyShare: number): void {
    for (let left = volume; left > 0 && this.#size > 0;) {
      const part = Math.min(left, this.#room)
      this.#bought += part * buyShare
      this.#sold += part * (1 - buyShare)
      this.#room -= part
      left -= part
      if (this.#room <= 1e-9 * this.#size) this.#close()
    }
  }

  /** VPIN after each full bucket from the `window`th on: the mean imbalance of the last `window` buckets. */
  vpin(window: number): number[] {
    const out: number[] = []
    for (let to = window; to <= this.imbalances.length; to++) {
      const sum = this.imbalances.slice(to - window, to).reduce((total, it) => total + it, 0)
      out.push(sum / window)
    }
    return out
  }

  #close(): void {
    const imbalance = Math.abs(this.#bought - this.#sold) / this.#size
    this.#empty()
    this.#full(imbalance)
  }

  #empty(): void {
    this.#bought = 0
    this.#sold = 0
    this.#size = this.#nextSize
    this.#room = this.#size
  }
}
