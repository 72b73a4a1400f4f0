interface Planned<Owner> {
  at: number
  /** Ties in time keep the order of planning. */
  readonly serial: number
  readonly owner: Owner | undefined
  readonly act: () => void
}

/** The virtual clock and everything planned on it: a binary heap by time. Times are milliseconds with a fraction. */
export class Agenda<Owner> {
  /** Now, on a clock that never leaps. */
  now: number
  /** What `leap` has added to the clock shown outside. */
  #leapt = 0
  #serial = 0
  readonly #heap: Planned<Owner>[] = []

  constructor(now: number) {
    this.now = now
  }

  /** Now as the wire shows it: whole milliseconds. */
  get clock(): number {
    return Math.floor(this.now + this.#leapt)
  }
  get size(): number {
    return this.#heap.length
  }
  /** When the next thing is due; Infinity when nothing is planned. */
  get nextAt(): number {
    return this.#heap[0]?.at ?? Infinity
  }

  /** A time of the shown clock on the clock that never leaps. */
  inner(shown: number): number {
    return shown - this.#leapt
  }

  /** The shown clock jumps ahead; what is planned keeps its distance from now. */
  leap(ms: number): void {
    this.#leapt += ms
  }

  plan(at: number, owner: Owner | undefined, act: () => void): void {
    this.#push({ at, serial: this.#serial++, owner, act })
  }

  /** Removes the next planned thing and moves the clock to it. */
  take(): Planned<Owner> | undefined {
    const heap = this.#heap
    const top = heap[0]
    const last = heap.pop()
    if (!top || !last) return undefined
    if (heap.length > 0) this.#sink(last)
    this.now = top.at
    return top
  }

  /** Forgets everything one owner has planned. */
  drop(owner: Owner): void {
    this.#rebuild(this.#heap.filter((it) => it.owner !== owner))
  }

  /** Puts everything one owner has planned off by `ms`. */
  postpone(owner: Owner, ms: number): void {
    this.#rebuild(this.#heap.map((it) => (it.owner === owner ? { ...it, at: it.at + ms } : it)))
  }

  #rebuild(planned: readonly Planned<Owner>[]): void {
    this.#heap.length = 0
    for (const it of planned) this.#push(it)
  }

  #push(it: Planned<Owner>): void {
    const heap = this.#heap
    let i = heap.push(it) - 1
    while (i > 0) {
      const parent = (i - 1) >> 1
      if (isBefore(heap[parent]!, it)) break
      heap[i] = heap[parent]!
      i = parent
    }
    heap[i] = it
  }

  #sink(it: Planned<Owner>): void {
    const heap = this.#heap
    let i = 0
    for (;;) {
      let child = 2 * i + 1
      if (child >= heap.length) break
      if (child + 1 < heap.length && isBefore(heap[child + 1]!, heap[child]!)) child++
      if (isBefore(it, heap[child]!)) break
      heap[i] = heap[child]!
      i = child
    }
    heap[i] = it
  }
}

function isBefore<Owner>(a: Planned<Owner>, b: Planned<Owner>): boolean {
  return a.at < b.at || (a.at === b.at && a.serial < b.serial)
}
