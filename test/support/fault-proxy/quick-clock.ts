import type { Clock } from '../../../src-main/engine/feed/clock'
import { systemClock } from '../../../src-main/engine/feed/clock'
import { millis } from '../../../src-shared/units'

const EPOCH = 1_800_000_000_000

/** The computer's time, run faster: real sockets, and half a minute of patience in seconds. */
export function quickClock(speed: number): Clock {
  const start = systemClock.mono()
  const mono = () => 1_000 + (systemClock.mono() - start) * speed
  return {
    mono,
    now: () => millis(EPOCH + Math.floor(mono())),
    after: (ms, call) => systemClock.after(ms / speed, call),
    every: (ms, call) => systemClock.every(ms / speed, call)
  }
}
