import type { Venue } from '../venues/venue'
import type { Clock } from './clock'
import type { FeedLane } from './lane'

/** A book that nothing proves is held against a fresh snapshot this often. */
const REST_MS = 60_000
/** In the stream a snapshot means to leave and join again, and may be megabytes. */
const IN_BAND_MS = 600_000

/** Books whose losses nobody would notice, and books that fail the venue's own checks, are replaced by a fresh snapshot from time to time. */
export class Audits {
  readonly #clock: Clock
  readonly #probe: (lane: FeedLane) => void
  readonly #everyMs: number
  readonly #isUnverifiable: boolean
  readonly #auditedAt = new Map<FeedLane, number>()

  constructor(venue: Venue, clock: Clock, probe: (lane: FeedLane) => void) {
    this.#clock = clock
    this.#probe = probe
    const { snapshot, spec } = venue
    this.#everyMs = snapshot.kind === 'rest' ? REST_MS : IN_BAND_MS
    this.#isUnverifiable = spec.integrity === 'unverifiable'
  }

  /** Once a second for every lane. */
  tick(lane: FeedLane): void {
    if (!lane.isFollowed || !(this.#isUnverifiable || lane.isUnverified)) {
      this.#auditedAt.delete(lane)
      return
    }
    const mono = this.#clock.mono()
    const before = this.#auditedAt.get(lane)
    if (before !== undefined && mono - before < this.#everyMs) return
    this.#auditedAt.set(lane, mono)
    // Its first snapshot is fresh enough.
    if (before === undefined) return
    lane.counters.audits++
    this.#probe(lane)
  }

  forget(lane: FeedLane): void {
    this.#auditedAt.delete(lane)
  }
}
