import type { Venue } from '../venues/venue'
import type { Clock } from './clock'
import type { FeedLane } from './lane'
import type { Link } from './link'

export interface ReferenceLifeParts {
  readonly venue: Pick<Venue, 'referencesLapseMs'>
  readonly clock: Pick<Clock, 'mono'>
}

interface Told {
  /** The link that brought it last. */
  link: Link | undefined
  /** Monotonic ms. */
  at: number
}

/** How long reference figures hold that a stream told: as long as their line, and where they come at a pace of their own, no longer than they keep it. */
export class ReferenceLife {
  readonly #parts: ReferenceLifeParts
  /** Those that hold. */
  readonly #told = new Map<FeedLane, Told>()

  constructor(parts: ReferenceLifeParts) {
    this.#parts = parts
  }

  told(lane: FeedLane, link: Link | undefined): void {
    const at = this.#parts.clock.mono()
    const told = this.#told.get(lane)
    if (told) Object.assign(told, { link, at })
    else this.#told.set(lane, { link, at })
  }

  /** What it brought may have changed since. */
  down(link: Link): void {
    for (const [lane, told] of this.#told)
      if (told.link === link) this.#lapse(lane, `the line that tells it is down: ${link.reason}`)
  }

  /** No line brings it any more. */
  left(lane: FeedLane, reason: string): void {
    if (this.#told.has(lane)) this.#lapse(lane, reason)
  }

  /** Once a second. */
  tick(): void {
    const { venue, clock } = this.#parts
    const { referencesLapseMs = Infinity } = venue
    for (const [lane, { at }] of this.#told)
      if (clock.mono() - at > referencesLapseMs)
        this.#lapse(lane, `the venue has not told it for ${Math.round(referencesLapseMs / 1_000)} s`)
  }

  /** The lane is watched no more. */
  forget(lane: FeedLane): void {
    this.#told.delete(lane)
  }

  #lapse(lane: FeedLane, reason: string): void {
    this.#told.delete(lane)
    lane.lapse(reason)
  }
}
