import type { Millis } from '../../../src-shared/units'
import type { FeedLane } from './lane'

const WORDS = 'the line does not answer'
/** An answer that took longer says little of what the books are now. */
const IN_TIME_MS = 5_000

/** The books of lines that do not answer: doubted meanwhile, and what they were before once one does. */
export class Unanswered {
  /** When each was last said to be checked. */
  readonly #doubted = new Map<FeedLane, Millis | undefined>()

  /** Its line has not answered since it was doubted. */
  has(lane: FeedLane): boolean {
    return this.#doubted.has(lane)
  }

  doubt(lanes: readonly FeedLane[]): void {
    for (const lane of lanes) {
      if (!lane.isFollowed) continue
      this.#doubted.set(lane, lane.status.checkedAt)
      lane.doubt(WORDS)
    }
  }

  /** Lines keep the order: what the venue had sent before this answer has been read, so that a book nothing else speaks against stands. */
  answered(lanes: readonly FeedLane[], roundTripMs: number): void {
    if (this.#doubted.size === 0 || roundTripMs > IN_TIME_MS) return
    for (const lane of lanes) {
      if (!this.#doubted.has(lane)) continue
      const { state, reason } = lane.status
      if (state === 'stale' && reason === WORDS) lane.follow(this.#doubted.get(lane))
      this.#doubted.delete(lane)
    }
  }

  forget(lane: FeedLane): void {
    this.#doubted.delete(lane)
  }
}
