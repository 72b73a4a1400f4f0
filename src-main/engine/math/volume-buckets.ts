/**
 * Signed volume poured into buckets of equal `size`, trades split over the edges (Easley, Lopez de Prado and O'Hara 2012). A bucket is full when its
 * free room is at most 1e-9 of it, for what rounding leaves.
 */
export class VolumeBuckets {
  readonly size: number
  /** |bought - sold| / size of every full bucket, 0..1, in order. */
  readonly imbalances: number[] = []
  #bought = 0
  #sold = 0
  #room: number

  constructor(size: number) {
    this.size = size
    this.#room = size
  }

  /** `buyShare` 0..1: 1 for a buy, 0 for a sale, between when only guessed. */
  add(volume: number, buyShare: number): void {
    if (!(this.size > 0)) return
    for (let left = volume; left > 0;) {
      const part = Math.min(left, this.#room)
      this.#bought += part * buyShare
      this.#sold += part * (1 - buyShare)
      this.#room -= part
      left -= part
      if (this.#room <= 1e-9 * this.size) this.#close()
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
    this.imbalances.push(Math.abs(this.#bought - this.#sold) / this.size)
    this.#bought = 0
    this.#sold = 0
    this.#room = this.size
  }
}
