import type { CatalogueHealth, LinkHealth } from '../../../src-shared/contract/frames'
import type { Instrument } from '../../../src-shared/instrument'
import type { Venue } from '../venues/venue'
import { BookLife } from './book-life'
import type { Intake } from './intake'
import { FeedLane } from './lane'
import type { Link } from './link'
import { countsOf, noBooks, restHealth } from './link-health'
import type { ToldTrades } from './told-trades'
import type { VenueFeedParts } from './venue-feed-parts'
import { VenueWorks } from './venue-works'

/** A REST book that brings no diff is still given a snapshot after this long. */
const QUIET_START_MS = 2_000
/** Instruments not watched any more of which is kept what trades were told, 32 kB each at most. */
const MOST_LEFT = 64

/** Everything watched on one venue: its lanes, links, snapshots and list of instruments. */
export class VenueFeed {
  readonly venue: Venue
  readonly #parts: VenueFeedParts
  readonly #lanes = new Map<string, FeedLane>()
  /** Of symbols not watched now, the last left comes last: a channel that is joined again begins with what was told before. */
  readonly #toldBefore = new Map<string, ToldTrades>()
  readonly #life: BookLife
  readonly #works: VenueWorks

  constructor(parts: VenueFeedParts) {
    const { venue, listener, clock } = parts
    this.#parts = parts
    this.venue = venue
    this.#life = new BookLife({ venue, listener, clock, lanes: this.#lanes, works: () => this.#works })
    this.#works = new VenueWorks(parts, this.#lanes, this.#life)
  }

  get intake(): Intake {
    return this.#works.intake
  }

  get instruments(): readonly Instrument[] | undefined {
    return this.#works.catalogue.list
  }

  get lanes(): Iterable<FeedLane> {
    return this.#lanes.values()
  }

  lane(symbol: string): FeedLane | undefined {
    return this.#lanes.get(symbol)
  }

  /** Asks for the venue's list of instruments unless it is there. */
  askCatalogue(): void {
    this.#works.catalogue.ask()
  }

  /** The whole of what is wanted. Lanes that stay wanted are not touched. */
  want(symbols: ReadonlySet<string>): void {
    for (const [symbol, lane] of this.#lanes) if (!symbols.has(symbol)) this.#forget(lane)
    for (const symbol of symbols) if (!this.#lanes.has(symbol)) this.#watch(symbol)
  }

  /** Tries everything again now, as the user asks. Bans are kept all the same. */
  retry(): void {
    const { catalogue, notices, fleet } = this.#works
    catalogue.retry()
    notices.retry()
    for (const link of fleet.links) if (!link.isOpen) link.reconnect('trying again')
    for (const lane of this.#lanes.values()) if (!lane.isFollowed) this.#life.needsSnapshot(lane)
  }

  /** Drops every line at once. */
  sleep(reason: string): void {
    this.#life.isAsleep = true
    this.#works.fleet.close()
    for (const lane of this.#lanes.values()) this.#life.lost(lane, reason, undefined)
  }

  /** Nothing heard before is believed: every book starts anew. */
  wake(reason: string): void {
    const wasAsleep = this.#life.isAsleep
    this.#life.isAsleep = false
    if (!wasAsleep) for (const link of this.#works.fleet.links) link.reconnect(reason)
    for (const lane of this.#lanes.values()) this.#life.start(lane)
  }

  /** The process did nothing for a while: what it holds may be old, until the next message of each book or an answer of its line or venue. */
  stalled(ms: number): void {
    const { watchdog, busySpells, fleet } = this.#works
    for (const lane of this.#lanes.values()) {
      watchdog.stalled(lane)
      busySpells.doubt(lane, ms)
    }
    for (const link of fleet.links) if (link.leg.carriesBook) link.ask()
  }

  /** Once a second. */
  tick(): void {
    const { fleet, watchdog, subscriptions, audits, reach, snapshots, status, notices, relisting } =
      this.#works
    for (const link of [...fleet.links]) link.tick()
    for (const lane of this.#lanes.values()) {
      watchdog.tick(lane)
      subscriptions.tick(lane)
      this.#works.tradeLines.tick(lane)
      audits.tick(lane)
      reach.tick(lane)
      // What a closed venue has closed comes back when its stream goes on, or when it opens.
      // A snapshot from before the subscription says nothing of what came between the two.
      const isQuiet = subscriptions.isConfirmed(lane) && subscriptions.waited(lane) > QUIET_START_MS
      if (isQuiet && lane.sync.state === 'void' && !lane.halt.isClosed) snapshots.ask(lane)
    }
    this.#works.tradeChannels.tick(this.#lanes.values())
    this.#works.references.tick(this.#lanes.values())
    this.#works.referenceLife.tick()
    status.tick(this.#lanes.size > 0)
    notices.tick()
    relisting.tick([...this.#lanes.values()])
  }

  links(): readonly LinkHealth[] {
    const { fleet, rest, catalogue, references, reach, status, notices } = this.#works
    const booksOn = ({ leg, wanted }: Link) => (leg.carriesBook ? countsOf(this.#works.of(wanted)) : noBooks)
    const asked = restHealth(this.venue, rest, catalogue, [references, reach, status, notices])
    return [...fleet.links.map((link) => link.health(booksOn(link))), asked]
  }

  /** How far its list of instruments is. */
  catalogueHealth(): CatalogueHealth {
    return this.#works.catalogue.health()
  }

  stop(): void {
    const { fleet, catalogue, snapshots, notices, rest } = this.#works
    fleet.close()
    catalogue.stop()
    for (const lane of this.#lanes.values()) snapshots.forget(lane)
    notices.stop()
    rest.stop()
    this.#lanes.clear()
  }

  #watch(symbol: string): void {
    const { clock, listener } = this.#parts
    const { catalogue, notices } = this.#works
    const known = catalogue.find(symbol)
    const instrument = known ?? this.venue.catalogue.guess(symbol)
    const lane = new FeedLane(instrument, this.venue.sequence, clock, listener, this.#toldBefore.get(symbol))
    this.#toldBefore.delete(symbol)
    lane.onFollowed = () => {
      this.#works.tradeLines.followed(lane)
      this.#works.tradeChannels.followed(lane)
    }
    if (known) lane.describe(known)
    this.#lanes.set(symbol, lane)
    listener.onInstruments([lane.instrument])
    lane.say('connecting', `reading the instruments of ${this.venue.spec.title}`)
    notices.watched(lane)
    catalogue.ask()
    if (catalogue.isReady) this.#life.start(lane)
  }

  #forget(lane: FeedLane): void {
    const { fleet, snapshots, watchdog, audits, reach, references, subscriptions, notices, unanswered } =
      this.#works
    fleet.leave(lane.symbol)
    this.#lanes.delete(lane.symbol)
    this.#toldBefore.set(lane.symbol, lane.told)
    if (this.#toldBefore.size > MOST_LEFT) this.#toldBefore.delete(this.#toldBefore.keys().next().value!)
    snapshots.forget(lane)
    watchdog.forget(lane)
    audits.forget(lane)
    reach.forget(lane)
    references.forget(lane)
    this.#works.referenceLife.forget(lane)
    subscriptions.forget(lane)
    unanswered.forget(lane)
    this.#works.busySpells.forget(lane)
    this.#works.tradeChannels.forget(lane)
    notices.forget(lane.symbol)
  }
}
