import type { Millis } from './units'

/**
 * What a book may be called. Only `live` may be drawn as live.
 * `connecting` no link yet · `syncing` link up, waiting for the snapshot that joins · `live` equal to the venue's book at its sequence ·
 * `stale` was live, nothing heard for too long · `gap` something was missed, resyncing · `halted` the venue says so · `refused` the venue
 * turned the subscription down, or the instrument does not exist.
 */
export type BookState = 'connecting' | 'syncing' | 'live' | 'stale' | 'gap' | 'halted' | 'refused'

export interface BookStatus {
  readonly state: BookState
  /** Why, in words a trader reads: "3 messages lost at 23:59:14.7", "no route to host". Empty when live, except of a group of which not all are: "2 of 3 venues: kraken is resyncing". */
  readonly reason: string
  readonly since: Millis
  /** When the engine will try again by itself. */
  readonly nextAttemptAt?: Millis
}

export const isLive = (status: BookStatus): boolean => status.state === 'live'
