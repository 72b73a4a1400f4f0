import type { Instrument } from '../../../src-shared/instrument'
import type { Millis } from '../../../src-shared/units'
import type { FeedLane } from './lane'
import type { Link } from './link'

/** What the works of a venue notice, and its books must answer to. */
export interface BookEvents {
  /** The list of instruments is there, or the book may be tried again. */
  start(lane: FeedLane): void
  /** The venue's whole list came in. */
  listed(list: readonly Instrument[]): void
  needsSnapshot(lane: FeedLane): void
  /** The venue trades it again. */
  reopened(lane: FeedLane): void
  /** The request for its book has left; `isAgain`: on a line on which it was left before. */
  subscribed(lane: FeedLane, isAgain: boolean, begunAt: number): void
  /** The venue says that from here on it sends this book; `isNews`: it was joined again, and this is the first word of it. */
  acknowledged(lane: FeedLane, isNews: boolean): void
  /** A line is no more. */
  down(link: Link): void
  lost(lane: FeedLane, reason: string, nextAttemptAt: Millis | undefined): void
  /** A counter over a whole line jumped by so many messages; NaN where that is not known. */
  missed(link: Link, missed: number): void
}
