import { millis } from '../../src-shared/units'
import type { Clock } from '../../src-main/engine/feed/clock'

interface Timer {
  due: number
  readonly call: () => void
  readonly everyMs?: number
}

/** A clock that only moves when a test says so. Wall and monotonic time move together unless one is pushed. */
export class FakeClock implements Clock {
  #mono = 1_000
  #wall: number
  #timers: Timer[] = []

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
    return this.#add({ due: this.#mono + ms, call })
  }

  every(ms: number, call: () => void) {
    return this.#add({ due: this.#mono + ms, call, everyMs: ms })
  }

  /** Timers under way: a stopped feed leaves none. */
  get timers(): number {
    return this.#timers.length
  }

  /** The wall clock is set; durations do not notice. */
  setWall(by: number): void {
    this.#wall += by
  }

  /** Time passes without a timer being served, as in sleep. */
  freeze(ms: number): void {
    this.#mono += ms
    this.#wall += ms
  }

  /** Serves every timer that falls due in the next `ms`, and what awaits in between. */
  async pass(ms: number): Promise<void> {
    const end = this.#mono + ms
    await settled()
    for (let next = this.#next(end); next; next = this.#next(end)) {
      const step = Math.max(0, next.due - this.#mono)
      this.freeze(step)
      if (next.everyMs === undefined) this.#timers = this.#timers.filter((it) => it !== next)
      else next.due = this.#mono + next.everyMs
      next.call()
      await settled()
    }
    this.freeze(end - this.#mono)
  }

  #add(timer: Timer): () => void {
    this.#timers.push(timer)
    return () => {
      this.#timers = this.#timers.filter((it) => it !== timer)
    }
  }

  #next(end: number): Timer | undefined {
    let first: Timer | undefined
    for (const timer of this.#timers) if (timer.due <= end && (!first || timer.due < first.due)) first = timer
    return first
  }
}

/** Promises that need no outside event have run. */
const settled = (): Promise<void> =>
  new Promise((resolve) => {
    setImmediate(resolve)
  })
