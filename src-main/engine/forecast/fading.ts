/**
 * Sums that fade, each with the time constant of its group: what came in `tau` ms ago counts 1/e. They share a clock and lie side by side, so that a moment
 * costs one power of e a group.
 */
export class Fadings {
  readonly #sums: Float64Array
  /** Of each group its time constant, and the place after its last sum. */
  readonly #taus: Float64Array
  readonly #ends: Int32Array
  #at = NaN

  /** Of each group its time constant and how many sums it has; sums are numbered through. */
  constructor(groups: readonly (readonly [tau: number, count: number])[]) {
    let end = 0
    this.#taus = Float64Array.from(groups, ([tau]) => tau)
    this.#ends = Int32Array.from(groups, ([, count]) => (end += count))
    this.#sums = new Float64Array(end)
  }

  /** Time has come to `now`; a clock that goes back stands still. */
  pass(now: number): void {
    const gone = this.#at - now
    if (gone >= 0) return
    this.#at = now
    if (Number.isNaN(gone)) return
    const sums = this.#sums
    const taus = this.#taus
    const ends = this.#ends
    let which = 0
    for (let group = 0; group < taus.length; group++) {
      const end = ends[group]!
      const kept = Math.exp(gone / taus[group]!)
      for (; which < end; which++) sums[which]! *= kept
    }
  }

  /** As of the latest `pass`. */
  value(which: number): number {
    return this.#sums[which]!
  }

  /** At the time of the latest `pass`. */
  add(which: number, amount: number): void {
    this.#sums[which]! += amount
  }

  scale(which: number, factor: number): void {
    this.#sums[which]! *= factor
  }

  clear(): void {
    this.#sums.fill(0)
    this.#at = NaN
  }
}
