const LEAST_MS = 3_000
const MOST_MS = 30_000
const MOST_QUIET_MS = 600_000
const KEPT = 31
const KNOWN = 5

/** How often one book usually moves, and so how long its silence may last before it is doubted. */
export class Pulse {
  readonly #gaps = new Float64Array(KEPT)
  #count = 0
  #last = NaN
  #sorted = new Float64Array(0)
  #isSorted = false
  #patience = 1

  /** The book moved at `mono`. */
  beat(mono: number): void {
    if (!Number.isNaN(this.#last)) {
      this.#gaps[this.#count++ % KEPT] = mono - this.#last
      this.#isSorted = false
    }
    this.#last = mono
    this.#patience = 1
  }

  /** The venue was asked and nothing had changed: this book is quiet, ask less often. */
  confirmedQuiet(): void {
    this.#patience = Math.min(this.#patience * 2, MOST_QUIET_MS / LEAST_MS)
  }

  /** Its quiet is not to be trusted: no more patience than at first. */
  suspect(): void {
    this.#patience = 1
  }

  /** Continuity was lost: the pause is no measure of the book. */
  interrupt(): void {
    this.#last = NaN
    this.#patience = 1
  }

  /** Twenty usual gaps, between 3 s and 30 s; longer while the venue keeps confirming that nothing happens, and the book is `checked` and said to be so. */
  allowanceMs(checked: boolean): number {
    const usual = Math.min(MOST_MS, Math.max(LEAST_MS, 20 * this.#median()))
    return Math.min(checked ? MOST_QUIET_MS : MOST_MS, usual * this.#patience)
  }

  /** Its usual gaps are so long, or so little known, that no silence is told from a stall sooner. */
  get isSlow(): boolean {
    return !this.isKnown || 20 * this.#median() >= MOST_MS
  }

  /** Enough was heard to call its gaps usual. */
  get isKnown(): boolean {
    return this.#count >= KNOWN
  }

  #median(): number {
    const count = Math.min(this.#count, KEPT)
    // A book that has never moved has nothing that would excuse its silence: it is asked about soon, and then less often.
    if (count === 0) return 0
    if (!this.#isSorted) this.#sorted = this.#gaps.slice(0, count).sort()
    this.#isSorted = true
    return this.#sorted[count >> 1]!
  }
}
