/** Until an answer has been timed, and more than that for none. */
const FIRST_MS = 5_000
/** Venues gather changes, and a snapshot may wait for the next of them. */
const LEAST_MS = 1_000
const MOST_MS = 10_000
const TIMES = 4
/** A stream that goes on without the answer for so long has lost it. */
const LEAST_OVERDUE_MS = 300
const OVERDUE_TIMES = 2

/**
 * How long the answer to a question in a stream may take before it counts as lost: in silence four times what the last one took, 1 s to 5 s; twice as long, to
 * 10 s, after each that did not come. What comes after a repeated question may answer either, and says nothing of how long answers take: until one comes that
 * was asked for once, the longer wait stays (Karn's rule, RFC 6298 section 3).
 */
export class Patience {
  #ms = FIRST_MS
  /** What the last answer took, ms. */
  #took = FIRST_MS
  /** Monotonic ms; NaN while nothing is asked. */
  #askedAt = NaN
  #isRepeated = false

  /** A question goes out; answers with how long to wait for it, ms. */
  asked(mono: number): number {
    this.#askedAt = mono
    return this.#ms
  }

  /** So late that whatever the stream brings instead came after the answer should have: then that is lost. */
  isOverdue(mono: number): boolean {
    return mono - this.#askedAt > Math.max(LEAST_OVERDUE_MS, OVERDUE_TIMES * this.#took)
  }

  /** It is lost. */
  lost(): void {
    this.#askedAt = NaN
    this.#isRepeated = true
  }

  /** None came in time. */
  expired(): void {
    this.lost()
    this.#ms = Math.min(MOST_MS, 2 * this.#ms)
  }

  answered(mono: number): void {
    const took = mono - this.#askedAt
    if (took >= 0 && !this.#isRepeated) {
      this.#took = took
      this.#ms = Math.min(FIRST_MS, Math.max(LEAST_MS, TIMES * took))
    }
    this.#askedAt = NaN
    this.#isRepeated = false
  }

  /** The line is gone: another may be slower. */
  forget(): void {
    this.#ms = this.#took = FIRST_MS
    this.#askedAt = NaN
    this.#isRepeated = false
  }
}
