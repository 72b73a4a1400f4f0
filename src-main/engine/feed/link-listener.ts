import type { BookEvents } from './book-events'
import type { FeedLane } from './lane'
import type { LinkEvents } from './link-maker'
import type { Link } from './link'
import type { VenueFeedParts } from './venue-feed-parts'
import type { Intake } from './intake'
import type { BusySpells } from './busy-spells'
import type { Subscriptions } from './subscriptions'
import type { TradeChannels } from './trade-channels'
import type { TradeLines } from './trade-lines'
import type { Unanswered } from './unanswered'
import type { Watchdog } from './watchdog'

/** Those whom it tells. */
export interface LinkAudience {
  readonly intake: Intake
  readonly unanswered: Unanswered
  readonly busySpells: BusySpells
  readonly watchdog: Watchdog
  readonly subscriptions: Subscriptions
  readonly tradeChannels: TradeChannels
  readonly tradeLines: TradeLines
  /** Those of the symbols that are watched. */
  of(symbols: Iterable<string>): FeedLane[]
}

/** Passes on what the links of a venue tell: to the intake what they bring, to the books on them what became of the line. */
export class LinkListener implements LinkEvents {
  /** The link whose frame is being read. */
  current: Link | undefined
  /** What another line has brought is being read. */
  isInheriting = false
  readonly #audience: LinkAudience
  readonly #parts: VenueFeedParts
  readonly #life: BookEvents

  constructor(audience: LinkAudience, parts: VenueFeedParts, life: BookEvents) {
    this.#audience = audience
    this.#parts = parts
    this.#life = life
  }

  readonly onFrame: LinkEvents['onFrame'] = (link, bytes, reader) => {
    if (!this.#parts.isAwake()) return
    this.current = link
    this.#audience.intake.receive(bytes, reader)
    this.current = undefined
  }

  readonly onInherit: LinkEvents['onInherit'] = (link, { frames, reader, since, heardUntil }) => {
    const lanes = this.#audience.of(link.wanted)
    this.current = link
    this.isInheriting = true
    if (link.leg.carriesBook) this.#beginAnew(lanes)
    if (!Number.isNaN(heardUntil))
      for (const lane of lanes) this.#parts.listener.onTradesLost(lane.id, heardUntil)
    for (const lane of lanes) this.#asked(lane, link)
    this.#audience.intake.catchUp(frames, reader, since)
    if (link.leg.carriesTrades)
      for (const lane of lanes) this.#audience.tradeLines.inherited(lane, link.heardAt)
    this.isInheriting = false
    this.current = undefined
  }

  readonly onLate: LinkEvents['onLate'] = (link, words) => {
    for (const lane of this.#booksOn(link)) lane.late(words)
  }

  readonly onSkewed: LinkEvents['onSkewed'] = (link, isSkewed) => {
    for (const lane of this.#booksOn(link)) this.#skewed(lane, isSkewed)
  }

  readonly onSilent: LinkEvents['onSilent'] = (link) => {
    this.#audience.unanswered.doubt(this.#booksOn(link))
  }

  readonly onAnswer: LinkEvents['onAnswer'] = (link, roundTripMs) => {
    const lanes = this.#booksOn(link)
    this.#audience.unanswered.answered(lanes, roundTripMs)
    this.#audience.busySpells.answered(lanes, roundTripMs)
  }

  readonly onSubscribed: LinkEvents['onSubscribed'] = (link, symbols, begunAt) => {
    if (!link.leg.carriesBook) return
    // Some may have been refused before the last request was sent.
    for (const lane of this.#audience.of(symbols)) {
      if (!link.wanted.has(lane.symbol)) continue
      lane.late(link.lateness.words)
      this.#skewed(lane, link.lateness.isSkewed)
      this.#life.subscribed(lane, link.hasLeft(lane.symbol), begunAt)
      this.#audience.tradeChannels.asked(lane, begunAt)
    }
  }

  readonly onDown: LinkEvents['onDown'] = (link) => {
    for (const lane of this.#booksOn(link)) this.#audience.unanswered.forget(lane)
    this.#life.down(link)
    for (const lane of this.#booksOn(link)) this.#audience.watchdog.answered(lane)
  }

  readonly onBomb: LinkEvents['onBomb'] = (reason) => {
    this.#audience.intake.refused(reason)
  }

  readonly onConnecting: LinkEvents['onConnecting'] = (link) => {
    for (const lane of this.#booksOn(link)) lane.say('connecting', link.explain())
  }

  /** All that is wanted was asked for on the line that takes over. What the venue said of it there is among what is read next; what it said on the line before is not. */
  #asked(lane: FeedLane, { leg }: Link): void {
    const { subscriptions, tradeChannels, tradeLines } = this.#audience
    if (leg.carriesTrades) tradeLines.unheard(lane)
    if (!leg.carriesBook) return
    tradeChannels.inherited(lane)
    // One that the line before never asked for, as it might not.
    if (!subscriptions.isAsked(lane)) this.#life.subscribed(lane, false, this.#parts.clock.mono())
  }

  #booksOn(link: Link): FeedLane[] {
    return link.leg.carriesBook ? this.#audience.of(link.wanted) : []
  }

  #skewed({ id }: FeedLane, isSkewed: boolean): void {
    const { listener, clock } = this.#parts
    listener.onSkewed?.(id, isSkewed, clock.now())
  }

  /**
   * Where nothing tells of losses, a book whose stream had stopped does not go on from what was asked for meanwhile, nor one that was late: what it had still to hear
   * from the old line, the new one may have been too late for.
   */
  #beginAnew(lanes: readonly FeedLane[]): void {
    if (this.#parts.venue.spec.integrity !== 'unverifiable') return
    for (const lane of lanes)
      if (this.#audience.watchdog.isStalled(lane) || !lane.isFollowed)
        lane.void('syncing', 'on a new line, waiting for a snapshot')
  }
}
