import type { Clock } from './clock'
import type { FeedLane } from './lane'
import type { Link } from './link'
import type { FeedListener } from './listener'

export interface TradeLinesParts {
  readonly clock: Clock
  readonly listener: FeedListener
  /** The link that brings the trades of a symbol beside the link of its book; undefined where one brings both. */
  readonly tradesLink: (symbol: string) => Link | undefined
}

/**
 * Where trades come over another line than the book, which instruments it was acknowledged for or has brought something of: before that, no trade heard is not no
 * trade made. What a line has missed that was heard before is told when it goes down.
 */
export class TradeLines {
  readonly #parts: TradeLinesParts
  readonly #heard = new WeakSet<FeedLane>()

  constructor(parts: TradeLinesParts) {
    this.#parts = parts
  }

  /** A message of it came over `link`, or the venue's word that it is subscribed there. */
  heard(lane: FeedLane, link: Link): void {
    if (link.leg.carriesTrades) this.#heard.add(lane)
  }

  /** Its line is no more, or asks for it anew. */
  unheard(lane: FeedLane): void {
    this.#heard.delete(lane)
  }

  /** Its book has become live. */
  followed(lane: FeedLane): void {
    const { clock, listener, tradesLink } = this.#parts
    if (tradesLink(lane.symbol) && !this.#heard.has(lane)) listener.onTradesLost(lane.id, clock.now())
  }
}
