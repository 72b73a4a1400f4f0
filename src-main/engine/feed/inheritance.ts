import type { Millis } from '../../../src-shared/units'
import type { Reader } from '../venues/venue'

/** What a line that takes over has brought, oldest first, since it was begun at `since`, monotonic ms. */
export interface Inheritance {
  readonly frames: readonly Uint8Array[]
  readonly reader: Reader
  readonly since: number
  /** Wall ms from which on the line before may have missed what this one came too late for; NaN where it has missed nothing. */
  readonly heardUntil: Millis
}
