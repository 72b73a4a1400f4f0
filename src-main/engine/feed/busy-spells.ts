import { span } from '../../../src-shared/format'
import type { Millis } from '../../../src-shared/units'
import type { Clock } from './clock'
import type { FeedLane } from './lane'

/** After longer spells each book is held against the venue. */
const SHORT_MS = 2_000
/** An answer that took longer says little of what the books are now. */
const IN_TIME_MS = 5_000
/** Nothing is asked so shortly before the end of a spell. */
const ROUNDING_MS = 1

interface Doubted {
  /** Monotonic ms. */
  readonly at: number
  readonly words: string
  /** When it was last said to be checked. */
  readonly checkedAt: Millis | undefined
}

/**
 * Books that are doubted as the process served nothing for a while. Lines keep the order: once the other end of one has answered a question that was asked after a
 * short spell, all that it had sent meanwhile has been read, and what that did not touch is what it was before.
 */
export class BusySpells {
  readonly #clock: Clock
  readonly #excused: (lane: FeedLane) => void
  readonly #doubted = new Map<FeedLane, Doubted>()

  /** `excused`: nothing of a spell speaks against the book any more. */
  constructor(clock: Clock, excused: (lane: FeedLane) => void) {
    this.#clock = clock
    this.#excused = excused
  }

  /** The process was busy for so long, ms. */
  doubt(lane: FeedLane, ms: number): void {
    const before = this.#doubted.get(lane)
    const at = this.#clock.mono()
    this.#doubted.delete(lane)
    if (lane.isFollowed) {
      const words = `the engine was busy for ${span(ms)}`
      if (ms <= SHORT_MS) this.#doubted.set(lane, { at, words, checkedAt: lane.status.checkedAt })
      lane.doubt(words)
    } else if (before && ms <= SHORT_MS) this.#doubted.set(lane, { ...before, at })
  }

  /** The other end of the line of these books answered what was asked so long ago, ms. */
  answered(lanes: readonly FeedLane[], roundTripMs: number): void {
    if (this.#doubted.size === 0 || roundTripMs > IN_TIME_MS) return
    const askedAt = this.#clock.mono() - roundTripMs
    for (const lane of lanes) {
      const doubted = this.#doubted.get(lane)
      if (!doubted || doubted.at > askedAt + ROUNDING_MS) continue
      this.#doubted.delete(lane)
      const { state, reason } = lane.status
      if (state !== 'stale' || reason !== doubted.words) continue
      this.#excused(lane)
      lane.follow(doubted.checkedAt)
    }
  }

  forget(lane: FeedLane): void {
    this.#doubted.delete(lane)
  }
}
