import { millis, type Millis } from '../src-shared/units'

const minute = 60_000
/** Wait before the first, second, … restart within a minute, ms. */
const waits = [1_000, 2_000, 5_000, 10_000, 30_000] as const

/** How long to wait before the next start; undefined: it crashes too often, and only the user starts it again. */
export function waitAfter(crashes: readonly Millis[], now: Millis): Millis | undefined {
  const wait = waits[recent(crashes, now).length - 1]
  return wait === undefined ? undefined : millis(wait)
}

/** The crashes that still count. */
export const recent = (crashes: readonly Millis[], now: Millis): Millis[] =>
  crashes.filter((at) => now - at < minute)
