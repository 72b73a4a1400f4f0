const STALE_MS = 3_000
const STALE_MESSAGES = 5

/**
 * Tells a venue whose ids began anew from one that repeats itself: after a restart every message looks old. Old ones that keep coming for three seconds with
 * ids of their own, and not one that follows, mean that the book belongs to another count.
 */
export class Restarts {
  #since = NaN
  #count = 0
  #last = NaN

  /** A message that follows came. */
  followed(): void {
    this.#since = NaN
    this.#count = 0
  }

  /** A message with this id was already known. True when the count must have begun anew. */
  known(id: number, mono: number): boolean {
    if (Number.isNaN(this.#since)) this.#since = mono
    if (id > this.#last) this.#count++
    this.#last = id
    if (this.#count < STALE_MESSAGES || mono - this.#since < STALE_MS) return false
    this.followed()
    return true
  }

  /** Known messages came lately and none that follows: nothing that stands is beyond doubt. */
  get isDoubtful(): boolean {
    return this.#count > 0
  }
}
