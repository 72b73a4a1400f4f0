import type { Millis } from '../../../src-shared/units'
import { millis } from '../../../src-shared/units'
import type { Clock } from './clock'
import type { FeedLane } from './lane'
import type { Link } from './link'
import type { Stalls } from './stalls'

/** A subscription that the venue has not answered by then is sent again, ever later up to sixteen times as long. */
const ANSWER_MS = 5_000
const MOST_DOUBLINGS = 4
/** After so many a new line is wanted. */
const MOST_TRIES = 1
const UNANSWERED = 'not subscribed: the venue has not answered, asking again'

export interface SubscriptionsParts {
  readonly clock: Clock
  readonly bookLink: (symbol: string) => Link | undefined
  readonly stalls: Stalls
  /** A book that does not come is asked for by itself in the stream, whatever else of it has come. */
  readonly asksForBooks: boolean
}

interface Asking {
  since: number
  isConfirmed: boolean
  isAcknowledged: boolean
  readonly isAgain: boolean
  tries: number
}

/** What was asked for on the lines, and whether the venue ever answered: no book stays dark because a request got lost. */
export class Subscriptions {
  readonly #parts: SubscriptionsParts
  readonly #askings = new Map<FeedLane, Asking>()
  /** Monotonic ms of the latest acknowledgement. */
  readonly #acknowledgedAt = new WeakMap<FeedLane, number>()

  constructor(parts: SubscriptionsParts) {
    this.#parts = parts
  }

  /**
   * The last part of a request for this lane's book was sent, `begunAt` (monotonic ms) the first: many books are asked for together at the venue's pace, and the
   * first may be answered before the last is asked for. `isAgain`: on a line on which it was left before.
   */
  asked(lane: FeedLane, isAgain: boolean, begunAt: number): void {
    const before = this.#askings.get(lane)
    const tries = before && !before.isConfirmed ? before.tries : 0
    const since = this.#parts.clock.mono()
    const isAnswered = (this.#acknowledgedAt.get(lane) ?? -Infinity) > begunAt
    this.#askings.set(lane, { since, tries, isConfirmed: isAnswered, isAcknowledged: isAnswered, isAgain })
  }

  /** The venue acknowledged it. True when that is news of a book that was joined again. */
  acknowledge(lane: FeedLane): boolean {
    this.#acknowledgedAt.set(lane, this.#parts.clock.mono())
    const asking = this.#askings.get(lane)
    if (!asking) return false
    const isNews = asking.isAgain && !asking.isAcknowledged
    asking.isConfirmed = asking.isAcknowledged = true
    return isNews
  }

  /** A message of it came over the line of its book. Its trades may come without it, as many venues have a request of their own for each. */
  heard(lane: FeedLane, isBook: boolean): void {
    if (!isBook && !this.#parts.asksForBooks) return
    const asking = this.#askings.get(lane)
    if (asking) asking.isConfirmed = true
  }

  /** It was asked for on a line that is heard. */
  isAsked(lane: FeedLane): boolean {
    return this.#askings.has(lane)
  }

  /** Acknowledged, or its book has come. */
  isConfirmed(lane: FeedLane): boolean {
    return this.#askings.get(lane)?.isConfirmed ?? false
  }

  /** The venue left an earlier request unanswered. */
  isRepeated(lane: FeedLane): boolean {
    return (this.#askings.get(lane)?.tries ?? 0) > 0
  }

  /** How long ago the request was sent, ms; NaN when none was. */
  waited(lane: FeedLane): number {
    return this.#parts.clock.mono() - (this.#askings.get(lane)?.since ?? NaN)
  }

  forget(lane: FeedLane): void {
    this.#askings.delete(lane)
  }

  /** Once a second: asks again where nothing was answered. */
  tick(lane: FeedLane): void {
    const { clock, bookLink, stalls } = this.#parts
    const asking = this.#askings.get(lane)
    const link = bookLink(lane.symbol)
    if (!asking || !link?.isOpen || this.isConfirmed(lane)) return
    // What becomes of the new line is news long before it is asked for again.
    const { reason, nextAttemptAt } = lane.status
    if (reason.startsWith(UNANSWERED)) this.#tell(lane, nextAttemptAt)
    if (this.waited(lane) <= patienceOf(asking)) return
    asking.tries++
    if (asking.tries > MOST_TRIES) stalls.replace(lane, true)
    // A line that failed with it has forgotten it.
    if (this.#askings.get(lane) !== asking) return
    this.#tell(lane, millis(Math.ceil(clock.now() + patienceOf(asking))))
    link.resubscribe(lane.symbol)
  }

  #tell(lane: FeedLane, nextAt: Millis | undefined): void {
    lane.say('syncing', UNANSWERED + this.#parts.stalls.words(lane), nextAt)
  }
}

const patienceOf = ({ tries }: Asking): number => ANSWER_MS * 2 ** Math.min(tries, MOST_DOUBLINGS)
