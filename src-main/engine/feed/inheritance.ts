import type { Millis } from '../../../src-shared/units'
import { millis } from '../../../src-shared/units'
import type { Reader } from '../venues/venue'
import type { Clock } from './clock'
import type { Line } from './line'

/** What a line that takes over has brought, oldest first, since it was begun at `since`, monotonic ms. */
export interface Inheritance {
  readonly frames: readonly Uint8Array[]
  readonly reader: Reader
  readonly since: number
  /** Wall ms from which on the line before may have missed what this one came too late for; NaN where it has missed nothing. */
  readonly heardUntil: Millis
}

/** The line in use when another takes over, how late it was, and when (wall ms) its latest frame was read. */
export interface Outgoing {
  readonly line: Line | undefined
  readonly lateMs: number
  readonly heardAt: Millis
}

/**
 * Wall ms of what the line in use has heard last, where the one that takes over, heard `since` (monotonic ms), began too late for what came after: it gave no sign
 * since, or what it brought was late. NaN where the two overlap. Of a line that answers only answers are a sign: what else came may have been sent long before.
 */
export function heardUntil({ line, lateMs, heardAt }: Outgoing, since: number, clock: Clock): Millis {
  const { alive, provenUntil } = line ?? { alive: Infinity, provenUntil: -Infinity }
  const isAnswering = provenUntil > -Infinity
  if (lateMs === 0 && (isAnswering ? provenUntil : alive) >= since) return millis(NaN)
  const proven = isAnswering ? clock.now() - (clock.mono() - provenUntil) : Infinity
  return millis(Math.min(heardAt - lateMs, proven))
}
