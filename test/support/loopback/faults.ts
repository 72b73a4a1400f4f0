/** What may go wrong on the way of one instrument's depth frames, or of its venue. Each fault is used up as it happens. */
export class Faults {
  #drop = 0
  #duplicate = 0
  #swap = false
  #held: string | undefined
  #oldSnapshots = 0
  #refusals: { status: number; retryAfterS: number }[] = []

  /** The next `count` depth frames get lost. */
  drop(count = 1): void {
    this.#drop += count
  }
  /** The next `count` depth frames come twice. */
  duplicate(count = 1): void {
    this.#duplicate += count
  }
  /** The next two depth frames change places. */
  swap(): void {
    this.#swap = true
  }
  /** The next `count` snapshots are those of the very beginning. */
  oldSnapshot(count = 1): void {
    this.#oldSnapshots += count
  }
  /** The next request is answered with this status (429, 418, 503). */
  refuse(status: number, retryAfterS: number): void {
    this.#refusals.push({ status, retryAfterS })
  }

  /** What really leaves for one depth frame. */
  onDepth(text: string): readonly string[] {
    if (this.#drop > 0) {
      this.#drop--
      return []
    }
    if (this.#duplicate > 0) {
      this.#duplicate--
      return [text, text]
    }
    if (this.#swap) {
      if (this.#held === undefined) {
        this.#held = text
        return []
      }
      const both = [text, this.#held]
      this.#held = undefined
      this.#swap = false
      return both
    }
    return [text]
  }
  takeOldSnapshot(): boolean {
    if (this.#oldSnapshots === 0) return false
    this.#oldSnapshots--
    return true
  }
  takeRefusal(): { readonly status: number; readonly retryAfterS: number } | undefined {
    return this.#refusals.shift()
  }
}
