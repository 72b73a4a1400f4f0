/** What was on its way when a line was lost was dealt up to so long before the last that was heard on it, ms. */
export const WAY_MS = 10_000

interface Stretch {
  readonly from: number
  to: number
}

/**
 * What one may believe of an instrument's trades by the words of the feed alone: from when to when they count as heard, as the share of a window that was truly
 * observed does. All times are monotonic ms.
 */
export class Prints {
  /** In order; only the last may go on. */
  readonly #heard: Stretch[] = []
  readonly #told = new Set<number>()
  readonly #showsBy: 'line' | 'each'
  #isLive = false
  #isLost = false
  /** Monotonic ms of the latest that was told; NaN before one. */
  #toldAt = NaN

  /** What is missing shows by the next that is told (`each`), or by what else is said (`line`). */
  constructor(showsBy: 'line' | 'each') {
    this.#showsBy = showsBy
  }

  /** Nobody watches it any more. */
  left(mono: number): void {
    this.status(false, mono)
    this.forget()
  }

  /** What is missing since the last that was told cannot have shown. */
  forget(): void {
    if (this.#showsBy === 'line') return
    for (const it of this.#heard) if (it.to > this.#toldAt) it.to = this.#toldAt
  }

  status(isFollowed: boolean, mono: number): void {
    this.#isLive = isFollowed
    this.#look(mono)
  }

  /** Trades may be missing since `from`, until the next that is told. */
  lost(from: number, mono: number): void {
    this.#isLost = true
    this.#look(mono)
    for (let last = this.#heard.at(-1); last && last.to > from; last = this.#heard.at(-1)) {
      last.to = from
      if (last.from >= from) this.#heard.pop()
    }
  }

  /** False when it was told before. */
  told(id: number, mono: number): boolean {
    this.#isLost = false
    this.#toldAt = mono
    this.#look(mono)
    if (this.#told.has(id)) return false
    this.#told.add(id)
    return true
  }

  /** A deal made at `at` was never told, and counts as heard all the same. */
  isSwallowed(id: number, at: number): boolean {
    return !this.#told.has(id) && this.#heard.some(({ from, to }) => from <= at && to >= at + WAY_MS)
  }

  #look(mono: number): void {
    const last = this.#heard.at(-1)
    const goesOn = last?.to === Infinity
    const isHeard = this.#isLive && !this.#isLost
    if (isHeard && !goesOn) this.#heard.push({ from: mono, to: Infinity })
    else if (!isHeard && goesOn) last.to = mono
  }
}
