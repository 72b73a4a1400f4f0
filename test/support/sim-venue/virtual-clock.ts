import type { Clock } from '../../../src-main/engine/feed/clock'
import { millis } from '../../../src-shared/units'

interface Timer {
  due: number
  /** Timers due at the same time go in the order in which they were set. */
  order: number
  readonly call: () => void
  readonly everyMs: number
  isOver: boolean
}

/** Five times what the busiest scenario takes: more is a test that waits for what never comes, and no timeout of a test runner ends it. */
const MOST_TURNS = 500_000

/**
 * Time that passes as fast as the machine can: hours of a feed in seconds. Promises are waited for only where somebody says that one was kept
 * (`kept`), because a turn of the event loop costs more than most timers do.
 */
export class VirtualClock implements Clock {
  #mono = 1_000
  #wall: number
  #order = 0
  #heap: Timer[] = []
  #awaits = 0
  #turns = 0
  /** Timers served and calls of `pass`, at most: then `pass` rejects. */
  mostTurns = MOST_TURNS

  constructor(wall = 1_800_000_000_000) {
    this.#wall = wall
  }

  now() {
    return millis(this.#wall)
  }

  mono() {
    return this.#mono
  }

  after(ms: number, call: () => void) {
    return this.#add(ms, call, NaN)
  }

  every(ms: number, call: () => void) {
    return this.#add(ms, call, ms)
  }

  /** Timers under way. */
  get timers(): number {
    return this.#heap.filter(({ isOver }) => !isOver).length
  }

  /** The wall clock is set; durations do not notice. */
  setWall(by: number): void {
    this.#wall += by
  }

  /** Time passes without a timer being served, as in sleep or while the process is busy. */
  freeze(ms: number): void {
    this.#mono += ms
    this.#wall += ms
  }

  /** A promise was just kept: whoever awaits it goes on before the next timer. */
  kept(): void {
    this.#awaits = 6
  }

  /** Serves every timer that falls due in the next `ms`. Rejects where `mostTurns` are used up. */
  async pass(ms: number): Promise<void> {
    const end = this.#mono + ms
    this.#turn()
    await this.#settle(6)
    for (let next = this.#heap[0]; next && next.due <= end; next = this.#heap[0]) {
      this.#pop()
      if (next.isOver) continue
      if (next.due > this.#mono) this.freeze(next.due - this.#mono)
      if (next.everyMs > 0) {
        next.due = this.#mono + next.everyMs
        this.#push(next)
      } else next.isOver = true
      this.#turn()
      next.call()
      if (this.#awaits > 0) await this.#settle(this.#awaits)
    }
    if (end > this.#mono) this.freeze(end - this.#mono)
  }

  #turn(): void {
    if (++this.#turns <= this.mostTurns) return
    const hours = (this.#mono / 3_600_000).toFixed(1)
    throw new Error(`endless: ${this.mostTurns} turns of the virtual clock, at ${hours} h of its time`)
  }

  async #settle(turns: number): Promise<void> {
    this.#awaits = 0
    for (let turn = 0; turn < turns; turn++) await Promise.resolve()
  }

  #add(ms: number, call: () => void, everyMs: number): () => void {
    const timer: Timer = { due: this.#mono + ms, order: 0, call, everyMs, isOver: false }
    this.#push(timer)
    return () => {
      timer.isOver = true
    }
  }

  #push(timer: Timer): void {
    timer.order = this.#order++
    const heap = this.#heap
    let at = heap.length
    heap.push(timer)
    for (let up = (at - 1) >> 1; at > 0 && isBefore(timer, heap[up]!); up = (at - 1) >> 1) {
      heap[at] = heap[up]!
      at = up
    }
    heap[at] = timer
  }

  #pop(): void {
    const heap = this.#heap
    const last = heap.pop()!
    if (heap.length === 0) return
    let at = 0
    for (;;) {
      let down = 2 * at + 1
      if (down >= heap.length) break
      if (down + 1 < heap.length && isBefore(heap[down + 1]!, heap[down]!)) down++
      if (!isBefore(heap[down]!, last)) break
      heap[at] = heap[down]!
      at = down
    }
    heap[at] = last
  }
}

const isBefore = (one: Timer, other: Timer): boolean =>
  one.due < other.due || (one.due === other.due && one.order < other.order)
