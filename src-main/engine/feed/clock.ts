import type { Millis } from '../../../src-shared/units'
import { millis } from '../../../src-shared/units'

/** Time as an argument: the real one here, a virtual one in tests. */
export interface Clock {
  /** Unix time, for showing and recording only. */
  now(): Millis
  /** Monotonic ms, for every duration. */
  mono(): number
  /** Calls once after `ms`; the answer cancels. */
  after(ms: number, call: () => void): () => void
  every(ms: number, call: () => void): () => void
}

export const systemClock: Clock = {
  now: () => millis(Date.now()),
  mono: () => performance.now(),
  after(ms, call) {
    const timer = setTimeout(call, ms)
    return () => {
      clearTimeout(timer)
    }
  },
  every(ms, call) {
    const timer = setInterval(call, ms)
    return () => {
      clearInterval(timer)
    }
  }
}
