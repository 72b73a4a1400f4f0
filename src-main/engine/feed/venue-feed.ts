import type { Ban } from '../../../src-shared/contract/control'
import type { CatalogueHealth, LinkHealth } from '../../../src-shared/contract/frames'
import type { Instrument } from '../../../src-shared/instrument'
import { span } from '../../../src-shared/format'
import type { Millis } from '../../../src-shared/units'
import { millis } from '../../../src-shared/units'
import type { Endpoints, Reader, Venue } from '../venues/venue'
import { Audits } from './audits'
import { Catalogue } from './catalogue'
import type { Clock } from './clock'
import { lost } from './continuity'
import { Fleet } from './fleet'
import { Intake } from './intake'
import { FeedLane } from './lane'
import { likeOf } from './likeness'
import type { Link } from './link'
import { countsOf, noBooks, restHealth } from './link-health'
import type { LinkEvents } from './link-maker'
import { LinkMaker } from './link-maker'
import type { FeedListener } from './listener'
import { Notices } from './notices'
import { requester } from './requester'
import { Rest } from './rest'
import { Snapshots } from './snapshots'
import { Subscriptions } from './subscriptions'
import type { HttpGet, Transport } from './transport'
import { Watchdog } from './watchdog'

/** A REST book that brings no diff is still given a snapshot after this long. */
const QUIET_START_MS = 2_000
/** The list is read again this often: steps change, instruments come and go. */
const RELIST_MS = 6 * 3_600_000

export interface VenueFeedParts {
  readonly venue: Venue
  readonly transports: readonly Transport[]
  readonly http: HttpGet
  readonly clock: Clock
  readonly chance: () => number
  readonly listener: FeedListener
  readonly onBan: (ban: Ban) => void
  readonly endpoints: Endpoints
  readonly bans: readonly Ban[]
  /** Smaller is more urgent. */
  readonly rank: (lane: FeedLane) => number
  /** False when time has jumped since the last look: what comes now is backlog. Everything is made anew in that very call. */
  readonly isAwake: () => boolean
}

/** Everything watched on one venue: its lanes, links, snapshots and list of instruments. */
export class VenueFeed {
  readonly venue: Venue
  readonly intake: Intake
  readonly #parts: VenueFeedParts
  readonly #lanes = new Map<string, FeedLane>()
  readonly #rest: Rest
  readonly #catalogue: Catalogue
  readonly #fleet: Fleet
  readonly #snapshots: Snapshots
  readonly #watchdog: Watchdog
  readonly #audits: Audits
  readonly #subscriptions: Subscriptions
  readonly #notices: Notices
  #isAsleep = false
  /** What another line has brought is being read. */
  #isInheriting = false
  #listedAt: number
  /** The link whose frame is being read. */
  #current: Link | undefined

  constructor(parts: VenueFeedParts) {
    const { venue, clock } = parts
    this.#parts = parts
    this.venue = venue
    this.#listedAt = clock.mono()
    this.#rest = this.#makeRest()
    this.intake = this.#makeIntake()
    this.#catalogue = this.#makeCatalogue()
    const maker = new LinkMaker({ ...parts, rest: this.#rest, events: this.#linkEvents() })
    this.#fleet = new Fleet(venue.legs, (leg) => maker.make(leg))
    this.#subscriptions = new Subscriptions(clock, (symbol) => this.#fleet.bookLink(symbol))
    this.#snapshots = this.#makeSnapshots()
    this.#watchdog = this.#makeWatchdog()
    this.#audits = this.#makeAudits()
    this.#notices = this.#makeNotices()
  }

  get instruments(): readonly Instrument[] | undefined {
    return this.#catalogue.list
  }

  get lanes(): Iterable<FeedLane> {
    return this.#lanes.values()
  }

  lane(symbol: string): FeedLane | undefined {
    return this.#lanes.get(symbol)
  }

  /** Asks for the venue's list of instruments unless it is there. */
  askCatalogue(): void {
    this.#catalogue.ask()
  }

  /** The whole of what is wanted. Lanes that stay wanted are not touched. */
  want(symbols: ReadonlySet<string>): void {
    for (const [symbol, lane] of this.#lanes) if (!symbols.has(symbol)) this.#forget(lane)
    for (const symbol of symbols) if (!this.#lanes.has(symbol)) this.#watch(symbol)
  }

  /** Tries everything again now, as the user asks. Bans are kept all the same. */
  retry(): void {
    this.#catalogue.retry()
    this.#notices.retry()
    for (const link of this.#fleet.links) if (!link.isOpen) link.reconnect('trying again')
    for (const lane of this.#lanes.values()) if (!lane.isFollowed) this.#needsSnapshot(lane)
  }

  /** Drops every line at once. */
  sleep(reason: string): void {
    this.#isAsleep = true
    this.#fleet.close()
    for (const lane of this.#lanes.values()) this.#lost(lane, reason, undefined)
  }

  /** Nothing heard before is believed: every book starts anew. */
  wake(reason: string): void {
    const wasAsleep = this.#isAsleep
    this.#isAsleep = false
    if (!wasAsleep) for (const link of this.#fleet.links) link.reconnect(reason)
    for (const lane of this.#lanes.values()) this.#start(lane)
  }

  /** The process did nothing for a while: what it holds may be old, until the next message of each book. */
  stalled(ms: number): void {
    for (const lane of this.#lanes.values())
      if (lane.isFollowed) lane.doubt(`the engine was busy for ${span(ms)}`)
  }

  /** Once a second. */
  tick(): void {
    for (const link of [...this.#fleet.links]) link.tick()
    for (const lane of this.#lanes.values()) {
      this.#watchdog.tick(lane)
      this.#subscriptions.tick(lane)
      this.#audits.tick(lane)
      // A snapshot from before the subscription says nothing of what came between the two.
      const isQuiet =
        this.#subscriptions.isConfirmed(lane) && this.#subscriptions.waited(lane) > QUIET_START_MS
      if (isQuiet && lane.sync.state === 'void') this.#snapshots.ask(lane)
    }
    const mono = this.#parts.clock.mono()
    if (mono - this.#listedAt < RELIST_MS) return
    this.#listedAt = mono
    this.#catalogue.renew()
  }

  links(): readonly LinkHealth[] {
    const booksOn = ({ leg, wanted }: Link) => (leg.carriesBook ? countsOf(this.#of(wanted)) : noBooks)
    return [
      ...this.#fleet.links.map((link) => link.health(booksOn(link))),
      restHealth(this.venue, this.#rest, this.#catalogue)
    ]
  }

  /** How far its list of instruments is. */
  catalogueHealth(): CatalogueHealth {
    return this.#catalogue.health()
  }

  stop(): void {
    this.#fleet.close()
    this.#catalogue.stop()
    for (const lane of this.#lanes.values()) this.#snapshots.forget(lane)
    this.#notices.stop()
    this.#rest.stop()
    this.#lanes.clear()
  }

  #watch(symbol: string): void {
    const { clock, listener } = this.#parts
    const known = this.#catalogue.find(symbol)
    const instrument = known ?? this.venue.catalogue.guess(symbol)
    const lane = new FeedLane(instrument, this.venue.sequence, clock, listener)
    if (known) lane.describe(known)
    this.#lanes.set(symbol, lane)
    listener.onInstruments([lane.instrument])
    lane.say('connecting', `reading the instruments of ${this.venue.spec.title}`)
    this.#catalogue.ask()
    if (this.#catalogue.isReady) this.#start(lane)
  }

  #start(lane: FeedLane): void {
    const { symbol } = lane
    if (this.#isAsleep || !this.#catalogue.isReady || this.#notices.isRefused(symbol)) return
    const { title } = this.venue.spec
    const { list } = this.#catalogue
    const listed = this.#catalogue.find(symbol)
    if (list && !listed) {
      const like = likeOf(symbol, list)
      const perhaps = like ? `; perhaps ${like.symbol} is meant` : ''
      if (lane.wasListed) lane.say('delisted', `${title} lists ${symbol} no more${perhaps}`)
      else lane.say('refused', `${title} lists no ${symbol}${perhaps}`)
      return
    }
    if (listed?.trading === 'delisted') {
      lane.say('delisted', `${title} no longer trades ${symbol}`)
      return
    }
    this.#fleet.join(symbol)
    const link = this.#fleet.bookLink(symbol)
    if (link && !link.isOpen) lane.say('connecting', link.explain(), link.nextAttemptAt)
  }

  #forget(lane: FeedLane): void {
    this.#fleet.leave(lane.symbol)
    this.#lanes.delete(lane.symbol)
    this.#snapshots.forget(lane)
    this.#watchdog.forget(lane)
    this.#audits.forget(lane)
    this.#subscriptions.forget(lane)
    this.#notices.forget(lane.symbol)
  }

  #listed(list: readonly Instrument[]): void {
    this.#parts.listener.onInstruments(list)
    for (const instrument of list) {
      const lane = this.#lanes.get(instrument.symbol)
      if (lane?.describe(instrument)) this.intake.lose(lane, 'the venue changed its price or size steps')
    }
    for (const lane of this.#lanes.values()) {
      if (this.#catalogue.find(lane.symbol)) continue
      this.#fleet.leave(lane.symbol)
      this.#lost(lane, '', undefined)
    }
    for (const lane of this.#lanes.values()) this.#start(lane)
  }

  #needsSnapshot(lane: FeedLane): void {
    this.#watchdog.interrupt(lane)
    if (this.#fleet.bookLink(lane.symbol)?.isOpen) this.#snapshots.missing(lane)
  }

  #frame(link: Link, bytes: Uint8Array, reader: Reader): void {
    if (!this.#parts.isAwake()) return
    this.#current = link
    this.intake.receive(bytes, reader)
    this.#current = undefined
  }

  #inherited(link: Link, frames: readonly Uint8Array[], reader: Reader): void {
    this.#current = link
    this.#isInheriting = true
    this.intake.catchUp(frames, reader)
    this.#isInheriting = false
    this.#current = undefined
  }

  #late(link: Link, words: string): void {
    for (const lane of this.#of(link.wanted)) lane.late(words)
  }

  #subscribed(lane: FeedLane): void {
    this.#subscriptions.asked(lane)
    // What is missed between leaving and joining nobody would notice.
    if (this.venue.spec.integrity === 'unverifiable' && lane.sync.state !== 'void')
      lane.void('syncing', 'subscribed anew, waiting for a snapshot')
    if (lane.isFollowed) return
    const { title } = this.venue.spec
    if (this.#catalogue.find(lane.symbol)?.trading === 'halted')
      lane.say('halted', `${title} has halted ${lane.symbol}`)
    else if (lane.sync.state === 'void' && !this.#subscriptions.isRepeated(lane))
      lane.say('syncing', 'waiting for a snapshot')
    if (this.venue.snapshot.kind === 'in-band') this.#snapshots.expect(lane)
  }

  /**
   * From here on this line brings the book. Where nothing tells that a message is missing, what came before belongs to an earlier subscription, and so does a
   * snapshot asked for until now: between leaving and joining the venue sent nothing. A line that takes over was joined long ago.
   */
  #acknowledged(lane: FeedLane): void {
    const { spec, snapshot } = this.venue
    if (spec.integrity !== 'unverifiable' || snapshot.kind !== 'rest' || this.#isInheriting) return
    this.#snapshots.drop(lane)
    if (lane.sync.state === 'void') lane.pending.clear()
    else lane.void('syncing', 'subscribed anew, waiting for a snapshot')
  }

  #down(link: Link): void {
    for (const lane of this.#of(link.wanted)) {
      lane.late('')
      if (Number.isFinite(link.heardAt)) this.#parts.listener.onTradesLost(lane.id, link.heardAt)
      if (link.leg.carriesBook) this.#lost(lane, link.reason, link.nextAttemptAt)
    }
    link.heardAt = millis(NaN)
  }

  #lost(lane: FeedLane, reason: string, nextAttemptAt: Millis | undefined): void {
    this.#snapshots.drop(lane)
    this.#watchdog.interrupt(lane)
    this.#subscriptions.forget(lane)
    lane.void('connecting', reason, nextAttemptAt)
  }

  /** A counter over a whole line jumped: which books lost something cannot be told, so all of its books did. */
  #missed(missed: number): void {
    const link = this.#current
    if (!link) return
    for (const lane of this.#of(link.wanted)) {
      if (Number.isFinite(link.heardAt)) this.#parts.listener.onTradesLost(lane.id, link.heardAt)
      if (!link.leg.carriesBook) continue
      lane.counters.gaps++
      lane.void('gap', `${lost(missed)} of this connection lost, resyncing`)
      this.#needsSnapshot(lane)
    }
  }

  #of(symbols: Iterable<string>): FeedLane[] {
    return [...symbols].flatMap((symbol) => this.#lanes.get(symbol) ?? [])
  }

  #makeRest(): Rest {
    const { venue, transports, http, clock, onBan, bans } = this.#parts
    const rest = new Rest({
      venue: venue.spec.id,
      limits: venue.limits,
      http: requester(transports, http),
      clock,
      onBan
    })
    for (const ban of bans) rest.obey(ban)
    return rest
  }

  #makeIntake(): Intake {
    const { venue, clock, listener } = this.#parts
    return new Intake({
      venue,
      lane: (symbol) => this.#lanes.get(symbol),
      clock,
      listener,
      trustsSnapshots: venue.snapshot.kind === 'in-band',
      events: {
        needsSnapshot: (lane) => {
          this.#needsSnapshot(lane)
        },
        timed: (at, before) => {
          this.#current?.timed(at, before)
        },
        tookSnapshot: (lane) => {
          this.#snapshots.came(lane)
          this.#audits.renewed(lane)
        },
        advanced: (lane) => {
          this.#watchdog.beat(lane)
          this.#snapshots.advanced(lane)
          this.#audits.moved(lane)
        },
        confirmed: (lane, by) => {
          if (by === 'quote') this.#watchdog.agreed(lane)
          else if (isAnswer(venue) && this.#snapshots.isAsked(lane)) this.#watchdog.confirmed(lane)
        },
        repeated: (lane) => {
          if (!this.#snapshots.isAsked(lane)) this.#watchdog.repeated(lane)
        },
        missed: (missed) => {
          this.#missed(missed)
        },
        said: (event) => {
          this.#notices.said(event, this.#current)
        }
      }
    })
  }

  #makeCatalogue(): Catalogue {
    const { venue, clock, chance, endpoints } = this.#parts
    return new Catalogue({
      venue,
      rest: this.#rest,
      clock,
      chance,
      endpoints: () => endpoints,
      onList: (list) => {
        this.#listed(list)
      },
      onReady: () => {
        for (const lane of this.#lanes.values()) this.#start(lane)
      }
    })
  }

  #makeSnapshots(): Snapshots {
    const { venue, clock, chance, endpoints, rank } = this.#parts
    return new Snapshots({
      venue,
      rest: this.#rest,
      intake: this.intake,
      clock,
      chance,
      endpoints: () => endpoints,
      rank,
      ask: (lane, sent) => {
        this.#fleet.bookLink(lane.symbol)?.askBook(lane.symbol, sent)
      },
      onHeld: (lane, held) => {
        if (held === 'quiet') this.#watchdog.confirmed(lane)
        if (held === 'ahead') this.#watchdog.outdated(lane)
      }
    })
  }

  #makeWatchdog(): Watchdog {
    return new Watchdog({
      clock: this.#parts.clock,
      bookLink: (symbol) => this.#fleet.bookLink(symbol),
      isConfirmed: (lane) => this.#subscriptions.isConfirmed(lane),
      probe: (lane) => {
        this.#snapshots.probe(lane)
      },
      settle: (lane) => {
        this.intake.settle(lane)
      },
      checkCrossed: (lane) => {
        this.intake.checkCrossed(lane)
      }
    })
  }

  #makeAudits(): Audits {
    const { venue, clock, endpoints, rank } = this.#parts
    return new Audits({
      ...{ venue, clock, rank, rest: this.#rest, intake: this.intake, endpoints: () => endpoints },
      probe: (lane) => {
        this.#snapshots.probe(lane)
      }
    })
  }

  #makeNotices(): Notices {
    return new Notices({
      venue: this.venue,
      clock: this.#parts.clock,
      catalogue: this.#catalogue,
      fleet: this.#fleet,
      subscriptions: this.#subscriptions,
      lane: (symbol) => this.#lanes.get(symbol),
      lanes: () => this.#lanes.values(),
      start: (lane) => {
        this.#start(lane)
      },
      lost: (lane, reason) => {
        this.#lost(lane, reason, undefined)
      },
      needsSnapshot: (lane) => {
        this.#needsSnapshot(lane)
      },
      acknowledged: (lane) => {
        this.#acknowledged(lane)
      }
    })
  }

  /** What the links tell. */
  #linkEvents(): LinkEvents {
    return {
      onFrame: (link, bytes, reader) => {
        this.#frame(link, bytes, reader)
      },
      onInherit: (link, frames, reader) => {
        this.#inherited(link, frames, reader)
      },
      onLate: (link, words) => {
        this.#late(link, words)
      },
      onSubscribed: (link, symbols) => {
        if (!link.leg.carriesBook) return
        // Some may have been refused before the last request was sent.
        for (const lane of this.#of(symbols)) if (link.wanted.has(lane.symbol)) this.#subscribed(lane)
      },
      onDown: (link) => {
        this.#down(link)
      },
      onConnecting: (link) => {
        if (!link.leg.carriesBook) return
        for (const lane of this.#of(link.wanted)) lane.say('connecting', link.explain())
      }
    }
  }
}

/** A snapshot in the stream may be an answer, unless all that comes are snapshots. */
const isAnswer = ({ snapshot }: Venue): boolean => snapshot.kind === 'in-band' && snapshot.always !== true
