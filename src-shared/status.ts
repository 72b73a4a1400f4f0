import type { Millis } from './units'

/**
 * What a book may be called. Only `live` may be drawn as live.
 * `connecting` no link yet · `syncing` link up, waiting for the snapshot that joins · `live` equal to the venue's book at its sequence ·
 * `unverified` it follows the venue's messages without a gap, but the venue's own checksums keep disagreeing ·
 * `crossed` it follows, but bids and asks cross, as between two messages: no market, and resynced when that lasts ·
 * `stale` was live, nothing heard for too long · `gap` something was missed, resyncing · `overloaded` what comes was sent too long ago ·
 * `rate-limited` the venue allows no request before `nextAttemptAt` · `halted` the venue says so · `delisted` the venue trades it no more ·
 * `refused` the venue turned the subscription down, or the instrument does not exist.
 */
export type BookState =
  | 'connecting'
  | 'syncing'
  | 'live'
  | 'unverified'
  | 'crossed'
  | 'stale'
  | 'gap'
  | 'overloaded'
  | 'rate-limited'
  | 'halted'
  | 'delisted'
  | 'refused'

export interface BookStatus {
  readonly state: BookState
  /** Why, in words a trader reads: "3 messages lost at 23:59:14.7", "no route to host". Empty when live, except of a group of which not all are: "2 of 3 venues: kraken is resyncing". */
  readonly reason: string
  readonly since: Millis
  /** When the engine will try again by itself. */
  readonly nextAttemptAt?: Millis
  /** A quiet book: when the venue was last asked and confirmed that nothing had changed. */
  readonly checkedAt?: Millis
}

/** Equal to the venue's book: the only state that alerts are judged on. */
export const isLive = (status: BookStatus): boolean => status.state === 'live'

/** The book follows the venue's messages: it may be shown and measured, an `unverified` or `crossed` one never without saying so. */
export const isFollowed = ({ state }: BookStatus): boolean =>
  state === 'live' || state === 'unverified' || state === 'crossed'
