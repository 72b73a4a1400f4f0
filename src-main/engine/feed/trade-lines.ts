import type { Millis } from '../../../src-shared/units'
import { millis } from '../../../src-shared/units'
import type { Clock } from './clock'
import type { FeedLane } from './lane'
import type { Link } from './link'
import type { FeedListener } from './listener'
import { AGAIN_MS, ANSWER_MS, UNANSWERED } from './trade-channels'

export interface TradeLinesParts {
  readonly clock: Clock
  readonly listener: FeedListener
  /** The link that brings the trades of a symbol beside the link of its book; undefined where one brings both. */
  readonly tradesLink: (symbol: string) => Link | undefined
}

/** Times are monotonic ms. */
interface Wait {
  dueAt: number
  waitMs: number
}

/**
 * Where trades come over another line than the book, which instruments it was acknowledged for or has brought something of: before that, no trade heard is not no
 * trade made, and they are asked for again. What a line has missed that was heard before is told when it goes down.
 */
export class TradeLines {
  readonly #parts: TradeLinesParts
  readonly #heard = new WeakSet<FeedLane>()
  /** Those that have not been heard on a line that is open. */
  readonly #waits = new WeakMap<FeedLane, Wait>()

  constructor(parts: TradeLinesParts) {
    this.#parts = parts
  }

  /** A message of it came over `link`, or the venue's word that it is subscribed there. */
  heard(lane: FeedLane, link: Link): void {
    if (!link.leg.carriesTrades) return
    this.#heard.add(lane)
    if (this.#waits.delete(lane)) lane.lack('')
  }

  /** Its line is no more, or asks for it anew. */
  unheard(lane: FeedLane): void {
    this.#heard.delete(lane)
    if (this.#waits.delete(lane)) lane.lack('')
  }

  /** Its book has become live. */
  followed(lane: FeedLane): void {
    const { clock, listener, tradesLink } = this.#parts
    if (tradesLink(lane.symbol) && !this.#heard.has(lane)) listener.onTradesLost(lane.id, clock.now())
  }

  /** Another line took over from the one that was heard last at `heardAt`, and all that it has brought was read. */
  inherited(lane: FeedLane, heardAt: Millis): void {
    if (lane.isFollowed && !this.#heard.has(lane)) this.#parts.listener.onTradesLost(lane.id, heardAt)
  }

  /** Once a second. */
  tick(lane: FeedLane): void {
    const { clock, tradesLink } = this.#parts
    const link = tradesLink(lane.symbol)
    if (!link?.isOpen || this.#heard.has(lane)) return
    const wait = this.#waits.get(lane)
    const mono = clock.mono()
    if (!wait) this.#waits.set(lane, { dueAt: mono + ANSWER_MS, waitMs: ANSWER_MS })
    if (!wait || mono < wait.dueAt) return
    wait.waitMs = Math.min(AGAIN_MS, 2 * wait.waitMs)
    wait.dueAt = mono + wait.waitMs
    lane.lack(UNANSWERED, millis(Math.ceil(clock.now() + wait.waitMs)))
    link.resubscribe(lane.symbol)
  }
}
