/** What may go wrong with the frames of one connection. Counted faults hit book frames and are used up; the others last until they are lifted. */
export class FrameFaults {
  #drop = new Map<string, number>()
  #duplicate = new Map<string, number>()
  #swap = new Set<string>()
  #cut = new Set<string>()
  readonly #held = new Map<string, string>()
  readonly #last = new Map<string, string>()
  /** Books whose frames are all lost. */
  readonly muted = new Set<string>()
  /** Books of which only the last frame comes, again and again. */
  readonly stuck = new Set<string>()

  drop(book: string, count = 1): void {
    this.#drop.set(book, (this.#drop.get(book) ?? 0) + count)
  }
  duplicate(book: string, count = 1): void {
    this.#duplicate.set(book, (this.#duplicate.get(book) ?? 0) + count)
  }
  /** The next two frames change places. */
  swap(book: string): void {
    this.#swap.add(book)
  }
  /** The next frame comes only in part. */
  truncate(book: string): void {
    this.#cut.add(book)
  }

  /** What was still to happen to its frames does not. */
  spare(book: string): void {
    for (const kind of [this.#drop, this.#duplicate, this.#swap, this.#cut]) kind.delete(book)
  }

  /** A new connection: nothing of the one before is repeated on it. */
  connected(): void {
    this.#last.clear()
    this.#held.clear()
  }

  clear(): void {
    this.#drop.clear()
    this.#duplicate.clear()
    this.#swap.clear()
    this.#cut.clear()
    this.#held.clear()
    this.muted.clear()
    this.stuck.clear()
  }

  /** What really leaves for one frame. */
  through(text: string, book: string | undefined): readonly string[] {
    if (book === undefined) return [text]
    if (this.muted.has(book)) return []
    if (this.stuck.has(book)) return [this.#last.get(book) ?? text]
    this.#last.set(book, text)
    if (used(this.#drop, book)) return []
    if (this.#cut.delete(book)) return [text.slice(0, Math.floor(text.length * 0.6))]
    if (used(this.#duplicate, book)) return [text, text]
    const held = this.#held.get(book)
    if (held !== undefined) {
      this.#held.delete(book)
      return [text, held]
    }
    if (this.#swap.delete(book)) {
      this.#held.set(book, text)
      return []
    }
    return [text]
  }
}

function used(counts: Map<string, number>, book: string): boolean {
  const count = counts.get(book) ?? 0
  if (count > 0) counts.set(book, count - 1)
  return count > 0
}
