import type { Venue, VenueEvent } from '../venues/venue'
import type { BookEvents } from './book-events'
import { onlySnapshots } from './continuity'
import type { IntakeEvents } from './intake-events'
import type { FeedLane } from './lane'
import type { Link } from './link'
import type { Audits } from './audits'
import type { Notices } from './notices'
import type { Reach } from './reach'
import type { ReferenceLife } from './reference-life'
import type { Snapshots } from './snapshots'
import type { Stalls } from './stalls'
import type { Subscriptions } from './subscriptions'
import type { TradeLines } from './trade-lines'
import type { Watchdog } from './watchdog'

/** Those whom it tells. */
export interface StreamAudience {
  readonly links: { readonly current: Link | undefined }
  readonly subscriptions: Subscriptions
  readonly tradeLines: TradeLines
  readonly referenceLife: ReferenceLife
  readonly snapshots: Snapshots
  readonly watchdog: Watchdog
  readonly audits: Audits
  readonly reach: Reach
  readonly stalls: Stalls
  readonly notices: Notices
  /** Those of the symbols that are watched. */
  of(symbols: Iterable<string>): FeedLane[]
}

/** Passes on what the intake finds in a venue's streams, to the parts that keep its books and to the link whose frame is being read. */
export class StreamListener implements IntakeEvents {
  readonly #audience: StreamAudience
  readonly #venue: Venue
  readonly #life: BookEvents
  /** A snapshot in the stream may be an answer, unless all that comes are snapshots. */
  readonly #isAnswer: boolean

  constructor(audience: StreamAudience, venue: Venue, life: BookEvents) {
    this.#audience = audience
    this.#venue = venue
    this.#life = life
    this.#isAnswer = venue.snapshot.kind === 'in-band' && !onlySnapshots(venue)
  }

  get #link(): Link | undefined {
    return this.#audience.links.current
  }

  heard(lane: FeedLane, isBook: boolean): void {
    const link = this.#link
    if (!link) return
    if (link.leg.carriesBook) {
      lane.streamed++
      this.#audience.subscriptions.heard(lane, isBook)
    }
    this.#audience.tradeLines.heard(lane, link)
  }

  needsSnapshot(lane: FeedLane): void {
    this.#life.needsSnapshot(lane)
  }

  timed(at: number, before: number): void {
    this.#link?.timed(at, before)
  }

  traded(at: number, before: number): void {
    // Where the book comes too, its changes tell how late the line is.
    if (this.#link && !this.#link.leg.carriesBook) this.#link.timed(at, before)
  }

  referred(lane: FeedLane): void {
    this.#audience.referenceLife.told(lane, this.#link)
  }

  tookSnapshot(lane: FeedLane): void {
    const { snapshots, watchdog, audits, reach } = this.#audience
    snapshots.came(lane)
    if (onlySnapshots(this.#venue)) watchdog.renewed(lane)
    if (this.#venue.snapshot.kind === 'in-band') watchdog.answered(lane)
    audits.renewed(lane)
    reach.renewed(lane)
  }

  wentOn(lane: FeedLane): boolean {
    return this.#venue.spec.integrity === 'unverifiable' && this.#audience.watchdog.wentOn(lane)
  }

  advanced(lane: FeedLane): void {
    this.#audience.watchdog.beat(lane)
    this.#audience.snapshots.advanced(lane)
    this.#audience.audits.moved(lane)
  }

  confirmed(lane: FeedLane, by: 'snapshot' | 'quote' | 'keepalive'): void {
    const { snapshots, watchdog } = this.#audience
    if (by === 'quote') watchdog.agreed(lane)
    else if (by === 'keepalive') watchdog.confirmed(lane)
    else if (this.#isAnswer && snapshots.isAsked(lane)) watchdog.confirmed(lane)
  }

  repeated(lane: FeedLane): void {
    if (!this.#audience.snapshots.isAsked(lane)) this.#audience.watchdog.repeated(lane)
  }

  missed(missed: number): void {
    const link = this.#link
    if (!link) return
    this.#life.missed(link, missed)
    this.#audience.stalls.missed(link)
  }

  garbled(): void {
    const link = this.#link
    if (!link?.leg.carriesBook) return
    for (const lane of this.#audience.of(link.wanted)) this.#audience.watchdog.garbled(lane)
  }

  said(event: VenueEvent): void {
    this.#audience.notices.said(event, this.#link)
  }
}
