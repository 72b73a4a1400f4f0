import type { Book } from '../book/book'
import type { LinkHealth } from '../../../src-shared/contract/frames'
import type { Endpoints, Venue } from '../venues/venue'
import type { Clock } from './clock'
import type { Intake } from './intake'
import type { FeedLane } from './lane'
import type { Rest } from './rest'
import type { Snapshots } from './snapshots'

/** So much of what a snapshot reached is enough: below it another is asked for, once a minute at most. */
const ENOUGH = 0.7
const EVERY_MS = 60_000
/** With so little left the touch itself may soon be unknown. */
const LITTLE = 0.35
const SOON_MS = 5_000
/** Answers are often older than a book that moves all the time: then soon again, a few times. */
const AGAIN_MS = 2_000
const TRIES = 5

export interface ReachParts {
  readonly venue: Venue
  readonly clock: Clock
  readonly rest: Rest
  readonly intake: Intake
  readonly snapshots: Snapshots
  readonly endpoints: () => Endpoints
  /** Smaller goes first. */
  readonly rank: (lane: FeedLane) => number
  /** False when time has jumped: what an answer held is of before. */
  readonly isAwake: () => boolean
}

interface Known {
  /** How far the latest snapshot reached from the mid, ticks; Infinity where it was whole. */
  readonly bid: number
  readonly ask: number
  /** Monotonic ms: when it came, or another was asked for. */
  since: number
  isOlder: boolean
  tries: number
  cancel: (() => void) | undefined
}

/**
 * Books whose snapshots are cut though the stream tells of every level: the farther the price goes, the less is known of the side it goes to, and bands that reach
 * farther than that are unknown. Another snapshot is asked for, after all other requests and only while nothing waits for weight, and laid under the stream where
 * it is not older than the book, which never leaves live for it. Without an answer less and less is known, which the figures say.
 */
export class Reach {
  readonly #parts: ReachParts
  readonly #known = new Map<FeedLane, Known>()
  #lastError: LinkHealth['lastError']

  constructor(parts: ReachParts) {
    this.#parts = parts
  }

  /** The latest snapshot that could not be had, and why. One that is older than the book is no failure: another is asked for. */
  get lastError(): LinkHealth['lastError'] {
    return this.#lastError
  }

  /** Once a second for every lane. */
  tick(lane: FeedLane): void {
    const { venue, clock, snapshots } = this.#parts
    const known = this.#known.get(lane)
    if (!venue.snapshot.isCut || !known || !lane.isLive || lane.book.crossed) return
    const { bid, ask } = reachOf(lane.book)
    const left = Math.min(bid / known.bid, ask / known.ask)
    const waitMs = known.isOlder ? AGAIN_MS : left < LITTLE ? SOON_MS : EVERY_MS
    if (!(left < ENOUGH) || clock.mono() - known.since < waitMs) return
    if (known.cancel || snapshots.isAsked(lane)) return
    this.#ask(lane, known)
  }

  /** A snapshot was committed. */
  renewed(lane: FeedLane): void {
    if (!this.#parts.venue.snapshot.isCut) return
    this.forget(lane)
    const since = this.#parts.clock.mono()
    this.#known.set(lane, { ...reachOf(lane.book), since, isOlder: false, tries: 0, cancel: undefined })
  }

  /** The lane is watched no more, or its book is lost. */
  forget(lane: FeedLane): void {
    this.#known.get(lane)?.cancel?.()
    this.#known.delete(lane)
  }

  #ask(lane: FeedLane, known: Known): void {
    const { venue, clock, rest, snapshots, endpoints, rank } = this.#parts
    const { snapshot } = venue
    known.since = clock.mono()
    known.isOlder = false
    if (snapshot.kind === 'in-band') {
      snapshots.probe(lane)
      return
    }
    const request = snapshot.request(lane.symbol, endpoints())
    if (rest.waitMs(request.weight) > 0) return
    known.cancel = rest.get({
      ...request,
      // Behind those who have no book at all.
      rank: () => AFTER_ALL + rank(lane),
      answered: (answer) => {
        known.cancel = undefined
        if (answer.ok) this.#answered(lane, known, answer.bytes)
        else this.#failed(lane, answer.reason)
      }
    })
  }

  #answered(lane: FeedLane, known: Known, bytes: Uint8Array): void {
    const { intake, snapshots, isAwake } = this.#parts
    // A question of the watchdog's under way is to be answered first: it is about the book as it stands.
    if (!isAwake() || !lane.isLive || snapshots.isAsked(lane)) return
    const held = intake.extend(lane, bytes)
    if (held === 'malformed') this.#failed(lane, 'the answer cannot be read')
    if (held !== 'older') return
    known.tries = (known.tries + 1) % TRIES
    known.isOlder = known.tries > 0
  }

  #failed({ symbol }: FeedLane, reason: string): void {
    this.#lastError = {
      at: this.#parts.clock.now(),
      reason: `the snapshot of ${symbol} could not be renewed: ${reason}`
    }
  }
}

const AFTER_ALL = 1e9

/** Ticks from the mid to the last price that is known; Infinity on a side known to its end. */
function reachOf({ bids, asks, touch }: Book): { readonly bid: number; readonly ask: number } {
  const mid = (touch.bid + touch.ask) / 2
  return { bid: mid - bids.known, ask: asks.known - mid }
}
