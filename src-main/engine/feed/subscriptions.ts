import type { Millis } from '../../../src-shared/units'
import { millis } from '../../../src-shared/units'
import type { Clock } from './clock'
import type { FeedLane } from './lane'
import type { Link } from './link'

/** A subscription that the venue has not answered by then is sent again; the second time later. */
const ANSWER_MS = 5_000
/** After so many the line itself is replaced. */
const MOST_TRIES = 2

interface Asking {
  since: number
  /** Messages of the lane that had come before. */
  heardBefore: number
  isConfirmed: boolean
  tries: number
}

/** What was asked for on the lines, and whether the venue ever answered: no book stays dark because a request got lost. */
export class Subscriptions {
  readonly #clock: Clock
  readonly #bookLink: (symbol: string) => Link | undefined
  readonly #askings = new Map<FeedLane, Asking>()

  constructor(clock: Clock, bookLink: (symbol: string) => Link | undefined) {
    this.#clock = clock
    this.#bookLink = bookLink
  }

  /** The request for this lane's book was sent. */
  asked(lane: FeedLane): void {
    const before = this.#askings.get(lane)
    const tries = before && !before.isConfirmed ? before.tries : 0
    const since = this.#clock.mono()
    this.#askings.set(lane, { since, heardBefore: lane.streamed, isConfirmed: false, tries })
  }

  /** The venue acknowledged it. */
  confirm(lane: FeedLane): void {
    const asking = this.#askings.get(lane)
    if (asking) asking.isConfirmed = true
  }

  /** Acknowledged, or something of it has come. */
  isConfirmed(lane: FeedLane): boolean {
    const asking = this.#askings.get(lane)
    if (!asking) return false
    asking.isConfirmed ||= lane.streamed > asking.heardBefore
    return asking.isConfirmed
  }

  /** The venue left an earlier request unanswered. */
  isRepeated(lane: FeedLane): boolean {
    return (this.#askings.get(lane)?.tries ?? 0) > 0
  }

  /** How long ago the request was sent, ms; NaN when none was. */
  waited(lane: FeedLane): number {
    return this.#clock.mono() - (this.#askings.get(lane)?.since ?? NaN)
  }

  forget(lane: FeedLane): void {
    this.#askings.delete(lane)
  }

  /** Once a second: asks again where nothing was answered. */
  tick(lane: FeedLane): void {
    const asking = this.#askings.get(lane)
    const link = this.#bookLink(lane.symbol)
    if (!asking || !link?.isOpen || this.isConfirmed(lane)) return
    const patience = ANSWER_MS * 2 ** asking.tries
    if (this.waited(lane) <= patience) return
    asking.tries++
    if (asking.tries > MOST_TRIES) link.fail('the venue does not answer subscriptions')
    else {
      const nextAt = this.#clock.now() + ANSWER_MS * 2 ** asking.tries
      lane.say('syncing', 'not subscribed: the venue has not answered, asking again', roundedUp(nextAt))
      link.resubscribe(lane.symbol)
    }
  }
}

const roundedUp = (at: number): Millis => millis(Math.ceil(at))
