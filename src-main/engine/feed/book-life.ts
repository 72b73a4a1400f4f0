import type { Instrument, Trading } from '../../../src-shared/instrument'
import type { Millis } from '../../../src-shared/units'
import { millis } from '../../../src-shared/units'
import type { BookEvents } from './book-events'
import { lost } from './continuity'
import type { FeedLane } from './lane'
import { likeOf } from './likeness'
import type { Link } from './link'
import type { VenueFeedParts } from './venue-feed-parts'
import type { VenueWorks } from './venue-works'

/** Between leaving a book's channels and the venue's word that they are joined again, at most, ms. */
const AWAY_MS = 10_000

export interface BookLifeParts extends Pick<VenueFeedParts, 'venue' | 'listener' | 'clock'> {
  readonly lanes: ReadonlyMap<string, FeedLane>
  /** Wired to this very life, so it comes after it. */
  readonly works: () => VenueWorks
}

/** What becomes of a venue's books: they begin, are subscribed and acknowledged, lose what their lines lose, and leave when the venue lists them no more. */
export class BookLife implements BookEvents {
  /** Nothing is begun while the venue sleeps. */
  isAsleep = false
  readonly #parts: BookLifeParts

  constructor(parts: BookLifeParts) {
    this.#parts = parts
  }

  /** Joins a link that carries it, once it is known whether the venue lists it. */
  start(lane: FeedLane): void {
    const { symbol } = lane
    const { catalogue, notices, fleet, subscriptions, tradeLines } = this.#works
    if (this.isAsleep || !catalogue.isReady || notices.isRefused(symbol)) return
    const { title } = this.#parts.venue.spec
    const { list } = catalogue
    const listed = catalogue.find(symbol)
    if (list && !listed) {
      const like = likeOf(symbol, list)
      const perhaps = like ? `; perhaps ${like.symbol} is meant` : ''
      if (lane.wasListed) lane.say('delisted', `${title} lists ${symbol} no more${perhaps}`)
      else lane.say('refused', `${title} lists no ${symbol}${perhaps}`)
      return
    }
    if (listed?.trading === 'halted') this.#trades(lane, 'halted')
    if (listed?.trading === 'delisted') {
      lane.say('delisted', `${title} no longer trades ${symbol}`)
      return
    }
    if (!fleet.has(symbol)) tradeLines.unheard(lane)
    fleet.join(symbol)
    const link = fleet.bookLink(symbol)
    if (link && !link.isOpen) lane.say('connecting', link.explain(), link.nextAttemptAt)
    else if (link && link.asksWaitMs > 0 && !subscriptions.isAsked(lane))
      this.#waitsToAsk(lane, link.asksWaitMs)
  }

  #waitsToAsk(lane: FeedLane, waitMs: number): void {
    const { venue, clock } = this.#parts
    const words = `${venue.spec.title} allows no more subscriptions on this connection now, another is being made`
    lane.say('connecting', words, millis(Math.ceil(clock.now() + waitMs)))
  }

  /** The venue's whole list came in. */
  listed(list: readonly Instrument[]): void {
    const { lanes, listener } = this.#parts
    const { intake, catalogue, fleet, notices } = this.#works
    listener.onInstruments(list)
    for (const instrument of list) {
      const lane = lanes.get(instrument.symbol)
      if (lane?.describe(instrument)) intake.lose(lane, 'the venue changed its price or size steps')
    }
    for (const lane of lanes.values()) {
      const trading = catalogue.find(lane.symbol)?.trading ?? 'delisted'
      if (trading !== 'delisted') this.#trades(lane, trading)
      else if (fleet.has(lane.symbol)) {
        fleet.leave(lane.symbol)
        this.lost(lane, '', undefined)
      }
    }
    for (const lane of lanes.values()) this.start(lane)
    notices.listed()
  }

  /** What the list says of one that it still has. */
  #trades(lane: FeedLane, trading: Exclude<Trading, 'delisted'>): void {
    if (trading === 'halted') lane.halted('list', `${this.#parts.venue.spec.title} has halted ${lane.symbol}`)
    else if (lane.halt.endByList()) this.reopened(lane)
  }

  /** What stands is held against a fresh snapshot before it is called live. */
  reopened(lane: FeedLane): void {
    const link = this.#works.fleet.bookLink(lane.symbol)
    if (link?.isOpen) lane.say('syncing', 'it trades again, waiting for a snapshot')
    else lane.say('connecting', link?.explain() ?? '', link?.nextAttemptAt)
    this.needsSnapshot(lane)
  }

  needsSnapshot(lane: FeedLane): void {
    const { watchdog, fleet, snapshots } = this.#works
    watchdog.interrupt(lane)
    if (fleet.bookLink(lane.symbol)?.isOpen) snapshots.missing(lane)
  }

  /** The request for its book has left. */
  subscribed(lane: FeedLane, isAgain: boolean, begunAt: number): void {
    const { venue } = this.#parts
    const { subscriptions, snapshots } = this.#works
    subscriptions.asked(lane, isAgain, begunAt)
    // What is missed between leaving and joining nobody would notice.
    if (venue.spec.integrity === 'unverifiable' && lane.sync.state !== 'void')
      lane.void('syncing', 'subscribed anew, waiting for a snapshot')
    // What was still on its way of an earlier subscription may have made it live: of its trades only a part.
    if (lane.isFollowed) {
      if (isAgain) this.#missedWhileAway(lane)
      return
    }
    if (lane.sync.state === 'void' && !subscriptions.isRepeated(lane))
      lane.say('syncing', 'waiting for a snapshot')
    if (venue.snapshot.kind === 'in-band') snapshots.expect(lane)
  }

  /**
   * From here on this line brings the book. Where nothing tells that a message is missing, what came before belongs to an earlier subscription, and so does a
   * snapshot asked for until now: between leaving and joining the venue sent nothing. A line that takes over was joined long ago.
   */
  acknowledged(lane: FeedLane, isNews: boolean): void {
    const { spec, snapshot } = this.#parts.venue
    const { snapshots, links } = this.#works
    const { isInheriting } = links
    // Made live by what was still on its way: trades were missed until now, whatever has come of them.
    if (isNews && lane.isFollowed && !isInheriting) this.#missedWhileAway(lane)
    if (spec.integrity !== 'unverifiable' || snapshot.kind !== 'rest' || isInheriting) return
    snapshots.drop(lane)
    if (lane.sync.state === 'void') lane.pending.clear()
    else lane.void('syncing', 'subscribed anew, waiting for a snapshot')
  }

  /** It was left and joined again a moment ago: what was traded in between nobody has heard. */
  #missedWhileAway({ id, status }: FeedLane): void {
    const { clock, listener } = this.#parts
    listener.onTradesLost(id, millis(Math.max(status.since, clock.now() - AWAY_MS)))
  }

  /** A line is no more: its trades are missed, its books are lost, and the reference figures it told hold no more. */
  down(link: Link): void {
    for (const lane of this.#works.of(link.wanted)) {
      lane.late('')
      if (Number.isFinite(link.heardAt)) this.#parts.listener.onTradesLost(lane.id, link.heardAt)
      if (link.leg.carriesTrades) this.#works.tradeLines.unheard(lane)
      if (link.leg.carriesBook) this.lost(lane, link.reason, link.nextAttemptAt)
    }
    this.#works.referenceLife.down(link)
    link.heardAt = millis(NaN)
  }

  lost(lane: FeedLane, reason: string, nextAttemptAt: Millis | undefined): void {
    const { snapshots, watchdog, subscriptions, reach, relisting, fleet, referenceLife } = this.#works
    if (!fleet.has(lane.symbol)) referenceLife.left(lane, reason || 'no line tells it any more')
    lane.halt.unheard()
    if (lane.halt.isOn) relisting.suspect()
    snapshots.lineLost(lane)
    reach.forget(lane)
    watchdog.interrupt(lane)
    subscriptions.forget(lane)
    lane.void('connecting', reason, nextAttemptAt)
    this.#works.tradeChannels.forget(lane)
  }

  /** A counter over a whole line jumped: which books lost something cannot be told, so all of its books did. */
  missed(link: Link, missed: number): void {
    for (const lane of this.#works.of(link.wanted)) {
      if (Number.isFinite(link.heardAt)) this.#parts.listener.onTradesLost(lane.id, link.heardAt)
      if (!link.leg.carriesBook) continue
      lane.counters.gaps++
      lane.void('gap', `${lost(missed)} of this connection lost, resyncing`)
      this.needsSnapshot(lane)
    }
  }

  get #works(): VenueWorks {
    return this.#parts.works()
  }
}
