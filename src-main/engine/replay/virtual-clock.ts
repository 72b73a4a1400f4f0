import type { Millis } from '../../../src-shared/units'
import { millis } from '../../../src-shared/units'
import type { Clock } from '../feed/clock'

interface Timer {
  due: number
  readonly call: () => void
  readonly everyMs?: number
}

/** Time that moves only when it is told to: the tape's. Timers fall due in order, so the same tape is the same run. */
export class VirtualClock implements Clock {
  #wall: number
  #mono = 0
  #timers: Timer[] = []

  constructor(wall: Millis) {
    this.#wall = wall
  }

  now(): Millis {
    return millis(this.#wall)
  }

  mono(): number {
    return this.#mono
  }

  after(ms: number, call: () => void): () => void {
    return this.#add({ due: this.#mono + ms, call })
  }

  every(ms: number, call: () => void): () => void {
    return this.#add({ due: this.#mono + ms, call, everyMs: ms })
  }

  /** Serves every timer that falls due until then. A wall clock that was set back goes back; durations do not. */
  advance(to: Millis): void {
    const end = this.#mono + Math.max(0, to - this.#wall)
    for (let next = this.#next(end); next; next = this.#next(end)) {
      this.#wall += Math.max(0, next.due - this.#mono)
      this.#mono = Math.max(this.#mono, next.due)
      if (next.everyMs === undefined) this.#timers = this.#timers.filter((it) => it !== next)
      else next.due += next.everyMs
      next.call()
    }
    this.#mono = end
    this.#wall = to
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
