import type { Instrument } from '../../../src-shared/instrument'
import type { Reader, Venue } from '../venues/venue'
import { Audits } from './audits'
import type { BookEvents } from './book-events'
import { onlySnapshots } from './continuity'
import { BusySpells } from './busy-spells'
import { Catalogue } from './catalogue'
import { Fleet } from './fleet'
import { Intake } from './intake'
import type { IntakeEvents } from './intake-events'
import type { FeedLane } from './lane'
import type { Link } from './link'
import type { Inheritance } from './inheritance'
import type { LinkEvents } from './link-maker'
import { LinkMaker } from './link-maker'
import { Notices } from './notices'
import { Reach } from './reach'
import { ReferenceLife } from './reference-life'
import { ReferencePolls } from './reference-polls'
import { Relisting } from './relisting'
import { requester } from './requester'
import { Rest } from './rest'
import { Snapshots } from './snapshots'
import { Stalls } from './stalls'
import { StatusPolls } from './status-polls'
import { Subscriptions } from './subscriptions'
import { TradeChannels } from './trade-channels'
import { TradeLines } from './trade-lines'
import { Unanswered } from './unanswered'
import type { VenueFeedParts } from './venue-feed-parts'
import { Watchdog } from './watchdog'

/** The parts that keep a venue's books, wired to one another: what one of them notices, the others or the books' life hear. */
export class VenueWorks {
  readonly rest: Rest
  readonly intake: Intake
  readonly catalogue: Catalogue
  readonly fleet: Fleet
  readonly subscriptions: Subscriptions
  readonly snapshots: Snapshots
  readonly stalls: Stalls
  readonly watchdog: Watchdog
  readonly audits: Audits
  readonly reach: Reach
  readonly references: ReferencePolls
  readonly referenceLife: ReferenceLife
  readonly notices: Notices
  readonly status: StatusPolls
  readonly unanswered = new Unanswered()
  readonly busySpells: BusySpells
  readonly relisting: Relisting
  readonly tradeLines: TradeLines
  readonly tradeChannels: TradeChannels
  /** The link whose frame is being read. */
  current: Link | undefined
  /** What another line has brought is being read. */
  isInheriting = false
  readonly #parts: VenueFeedParts
  readonly #lanes: ReadonlyMap<string, FeedLane>
  readonly #life: BookEvents

  constructor(parts: VenueFeedParts, lanes: ReadonlyMap<string, FeedLane>, life: BookEvents) {
    this.#parts = parts
    this.#lanes = lanes
    this.#life = life
    this.rest = this.#makeRest()
    this.intake = this.#makeIntake()
    this.catalogue = this.#makeCatalogue()
    this.relisting = new Relisting(parts.clock, () => {
      this.catalogue.renew()
    })
    const maker = new LinkMaker({ ...parts, rest: this.rest, events: this.#linkEvents() })
    this.fleet = new Fleet(parts.venue.legs, (leg) => maker.make(leg))
    this.tradeLines = new TradeLines({ ...parts, tradesLink: (symbol) => this.fleet.tradesLink(symbol) })
    this.tradeChannels = new TradeChannels({ ...parts, bookLink: (symbol) => this.fleet.bookLink(symbol) })
    this.stalls = this.#makeStalls()
    this.subscriptions = this.#makeSubscriptions()
    this.snapshots = this.#makeSnapshots()
    this.watchdog = this.#makeWatchdog()
    this.busySpells = new BusySpells(parts.clock, (lane) => {
      this.watchdog.excused(lane)
    })
    this.audits = this.#makeAudits()
    this.reach = this.#makeReach()
    this.references = this.#makeReferences()
    this.referenceLife = new ReferenceLife(parts)
    this.notices = this.#makeNotices()
    this.status = this.#makeStatus()
  }

  /** Those of the symbols that are watched. */
  of(symbols: Iterable<string>): FeedLane[] {
    return [...symbols].flatMap((symbol) => this.#lanes.get(symbol) ?? [])
  }

  #frame(link: Link, bytes: Uint8Array, reader: Reader): void {
    if (!this.#parts.isAwake()) return
    this.current = link
    this.intake.receive(bytes, reader)
    this.current = undefined
  }

  #inherited(link: Link, { frames, reader, since, heardUntil }: Inheritance): void {
    const lanes = this.of(link.wanted)
    this.current = link
    this.isInheriting = true
    if (link.leg.carriesBook) this.#beginAnew(lanes)
    if (!Number.isNaN(heardUntil))
      for (const lane of lanes) this.#parts.listener.onTradesLost(lane.id, heardUntil)
    this.intake.catchUp(frames, reader, since)
    this.isInheriting = false
    this.current = undefined
  }

  /**
   * Where nothing tells of losses, a book whose stream had stopped does not go on from what was asked for meanwhile, nor one that was late: what it had still to hear
   * from the old line, the new one may have been too late for.
   */
  #beginAnew(lanes: readonly FeedLane[]): void {
    if (this.#parts.venue.spec.integrity !== 'unverifiable') return
    for (const lane of lanes)
      if (this.watchdog.isStalled(lane) || !lane.isFollowed)
        lane.void('syncing', 'on a new line, waiting for a snapshot')
  }

  #makeRest(): Rest {
    const { venue, transports, http, clock, onBan, hosts, endpoints } = this.#parts
    return new Rest({
      venue: venue.spec.id,
      limits: venue.limits,
      hosts,
      base: endpoints['rest'] ?? '',
      http: requester(transports, http),
      clock,
      onBan
    })
  }

  #makeIntake(): Intake {
    const { venue, clock, listener } = this.#parts
    return new Intake({
      venue,
      lane: (symbol) => this.#lanes.get(symbol),
      clock,
      listener,
      trustsSnapshots: venue.snapshot.kind === 'in-band',
      followsBeyond: false,
      events: this.#intakeEvents()
    })
  }

  #intakeEvents(): IntakeEvents {
    const life = this.#life
    return {
      heard: (lane, isBook) => {
        if (!this.current) return
        if (this.current.leg.carriesBook) {
          lane.streamed++
          this.subscriptions.heard(lane, isBook)
        }
        this.tradeLines.heard(lane, this.current)
      },
      needsSnapshot: (lane) => {
        life.needsSnapshot(lane)
      },
      timed: (at, before) => {
        this.current?.timed(at, before)
      },
      traded: (at, before) => {
        // Where the book comes too, its changes tell how late the line is.
        if (this.current && !this.current.leg.carriesBook) this.current.timed(at, before)
      },
      referred: (lane) => {
        this.referenceLife.told(lane, this.current)
      },
      tookSnapshot: (lane) => {
        this.snapshots.came(lane)
        if (onlySnapshots(this.#parts.venue)) this.watchdog.renewed(lane)
        if (this.#parts.venue.snapshot.kind === 'in-band') this.watchdog.answered(lane)
        this.audits.renewed(lane)
        this.reach.renewed(lane)
      },
      wentOn: (lane) => this.#parts.venue.spec.integrity === 'unverifiable' && this.watchdog.wentOn(lane),
      advanced: (lane) => {
        this.watchdog.beat(lane)
        this.snapshots.advanced(lane)
        this.audits.moved(lane)
      },
      confirmed: (lane, by) => {
        if (by === 'quote') this.watchdog.agreed(lane)
        else if (by === 'keepalive') this.watchdog.confirmed(lane)
        else if (isAnswer(this.#parts.venue) && this.snapshots.isAsked(lane)) this.watchdog.confirmed(lane)
      },
      repeated: (lane) => {
        if (!this.snapshots.isAsked(lane)) this.watchdog.repeated(lane)
      },
      missed: (missed) => {
        if (!this.current) return
        life.missed(this.current, missed)
        this.stalls.missed(this.current)
      },
      garbled: () => {
        if (this.current?.leg.carriesBook)
          for (const lane of this.of(this.current.wanted)) this.watchdog.garbled(lane)
      },
      said: (event) => {
        this.notices.said(event, this.current)
      }
    }
  }

  #makeCatalogue(): Catalogue {
    const { venue, clock, chance, endpoints } = this.#parts
    return new Catalogue({
      venue,
      rest: this.rest,
      clock,
      chance,
      endpoints: () => endpoints,
      onList: (list: readonly Instrument[]) => {
        this.#life.listed(list)
      },
      onReady: () => {
        for (const lane of this.#lanes.values()) this.#life.start(lane)
      }
    })
  }

  #makeSnapshots(): Snapshots {
    const { venue, clock, chance, endpoints, rank } = this.#parts
    return new Snapshots({
      venue,
      rest: this.rest,
      intake: this.intake,
      clock,
      chance,
      endpoints: () => endpoints,
      rank,
      ask: (lane, sent) => {
        // Where nothing was answered yet, what else was asked for with it may not have been heard either: all of it is asked for again soon.
        if (this.subscriptions.isConfirmed(lane)) this.fleet.bookLink(lane.symbol)?.askBook(lane.symbol, sent)
      },
      isAwake: () => this.#parts.isAwake(),
      onHeld: (lane, held) => {
        if (held === 'quiet') this.watchdog.confirmed(lane)
        if (held === 'ahead') this.watchdog.outdated(lane)
      },
      onUnanswered: (lane) => {
        this.watchdog.unanswered(lane)
      }
    })
  }

  #makeStalls(): Stalls {
    return new Stalls({
      clock: this.#parts.clock,
      bookLink: (symbol) => this.fleet.bookLink(symbol),
      lanesOf: (link) => this.of(link.wanted),
      isSilent: (lane) => this.watchdog.isSilent(lane)
    })
  }

  #makeSubscriptions(): Subscriptions {
    const { clock, venue } = this.#parts
    return new Subscriptions({
      clock,
      stalls: this.stalls,
      bookLink: (symbol) => this.fleet.bookLink(symbol),
      asksForBooks: venue.snapshot.kind === 'in-band'
    })
  }

  #makeWatchdog(): Watchdog {
    return new Watchdog({
      clock: this.#parts.clock,
      stalls: this.stalls,
      bookLink: (symbol) => this.fleet.bookLink(symbol),
      isConfirmed: (lane) => this.subscriptions.isConfirmed(lane),
      probe: (lane) => {
        this.snapshots.probe(lane)
      },
      settle: (lane) => {
        if (!this.unanswered.has(lane)) this.intake.settle(lane)
      },
      checkCrossed: (lane) => {
        this.intake.checkCrossed(lane)
      }
    })
  }

  #makeAudits(): Audits {
    const { venue, clock, endpoints, rank } = this.#parts
    return new Audits({
      ...{ venue, clock, rank, rest: this.rest, intake: this.intake, endpoints: () => endpoints },
      probe: (lane) => {
        this.snapshots.probe(lane)
      }
    })
  }

  #makeReferences(): ReferencePolls {
    const { venue, clock, endpoints, isAwake } = this.#parts
    return new ReferencePolls({
      ...{ venue, clock, isAwake, rest: this.rest, endpoints: () => endpoints }
    })
  }

  #makeReach(): Reach {
    const { venue, clock, endpoints, rank, isAwake } = this.#parts
    const { rest, intake, snapshots } = this
    return new Reach({ venue, clock, rank, isAwake, rest, intake, snapshots, endpoints: () => endpoints })
  }

  #makeStatus(): StatusPolls {
    const { venue, clock, endpoints, isAwake } = this.#parts
    return new StatusPolls({
      ...{ venue, clock, isAwake, rest: this.rest, endpoints: () => endpoints },
      said: (event) => {
        this.notices.said(event, undefined)
      }
    })
  }

  #makeNotices(): Notices {
    const life = this.#life
    return new Notices({
      venue: this.#parts.venue,
      clock: this.#parts.clock,
      catalogue: this.catalogue,
      fleet: this.fleet,
      subscriptions: this.subscriptions,
      lane: (symbol) => this.#lanes.get(symbol),
      lanes: () => this.#lanes.values(),
      start: (lane) => {
        life.start(lane)
      },
      lost: (lane, reason) => {
        life.lost(lane, reason, undefined)
      },
      needsSnapshot: (lane) => {
        life.needsSnapshot(lane)
      },
      reopened: (lane) => {
        life.reopened(lane)
      },
      suspect: () => {
        this.relisting.suspect()
      },
      acknowledged: (lane, isNews) => {
        life.acknowledged(lane, isNews)
      },
      tradesAnswered: (lane, refused) => {
        this.tradeChannels.answered(lane, refused)
      },
      tradesHeard: (lane, link) => {
        this.tradeLines.heard(lane, link)
      }
    })
  }

  #skewed({ id }: FeedLane, isSkewed: boolean): void {
    const { listener, clock } = this.#parts
    listener.onSkewed?.(id, isSkewed, clock.now())
  }

  /** What the links tell. */
  #linkEvents(): LinkEvents {
    const life = this.#life
    return {
      onFrame: (link, bytes, reader) => {
        this.#frame(link, bytes, reader)
      },
      onInherit: (link, inheritance) => {
        this.#inherited(link, inheritance)
      },
      onLate: (link, words) => {
        if (link.leg.carriesBook) for (const lane of this.of(link.wanted)) lane.late(words)
      },
      onSkewed: (link, isSkewed) => {
        if (link.leg.carriesBook) for (const lane of this.of(link.wanted)) this.#skewed(lane, isSkewed)
      },
      onSilent: (link) => {
        if (link.leg.carriesBook) this.unanswered.doubt(this.of(link.wanted))
      },
      onAnswer: (link, roundTripMs) => {
        if (!link.leg.carriesBook) return
        this.unanswered.answered(this.of(link.wanted), roundTripMs)
        this.busySpells.answered(this.of(link.wanted), roundTripMs)
      },
      onSubscribed: (link, symbols, begunAt) => {
        if (!link.leg.carriesBook) return
        // Some may have been refused before the last request was sent.
        for (const lane of this.of(symbols)) {
          if (!link.wanted.has(lane.symbol)) continue
          lane.late(link.lateness.words)
          this.#skewed(lane, link.lateness.isSkewed)
          life.subscribed(lane, link.hasLeft(lane.symbol), begunAt)
          this.tradeChannels.asked(lane, begunAt)
        }
      },
      onDown: (link) => {
        if (link.leg.carriesBook) for (const lane of this.of(link.wanted)) this.unanswered.forget(lane)
        life.down(link)
        if (link.leg.carriesBook) for (const lane of this.of(link.wanted)) this.watchdog.answered(lane)
      },
      onBomb: (reason) => {
        this.intake.refused(reason)
      },
      onConnecting: (link) => {
        if (!link.leg.carriesBook) return
        for (const lane of this.of(link.wanted)) lane.say('connecting', link.explain())
      }
    }
  }
}

/** A snapshot in the stream may be an answer, unless all that comes are snapshots. */
const isAnswer = (venue: Venue): boolean => venue.snapshot.kind === 'in-band' && !onlySnapshots(venue)
