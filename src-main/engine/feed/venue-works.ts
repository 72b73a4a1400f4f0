import type { Instrument } from '../../../src-shared/instrument'
import { Audits } from './audits'
import type { BookEvents } from './book-events'
import { BusySpells } from './busy-spells'
import { Catalogue } from './catalogue'
import { Fleet } from './fleet'
import { Intake } from './intake'
import type { FeedLane } from './lane'
import { LinkListener } from './link-listener'
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
import { StreamListener } from './stream-listener'
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
  readonly links: LinkListener
  readonly #parts: VenueFeedParts
  readonly #lanes: ReadonlyMap<string, FeedLane>
  readonly #life: BookEvents

  constructor(parts: VenueFeedParts, lanes: ReadonlyMap<string, FeedLane>, life: BookEvents) {
    this.#parts = parts
    this.#lanes = lanes
    this.#life = life
    this.links = new LinkListener(this, parts, life)
    this.rest = this.#makeRest()
    this.intake = this.#makeIntake()
    this.catalogue = this.#makeCatalogue()
    this.relisting = new Relisting(parts.clock, () => {
      this.catalogue.renew()
    })
    const maker = new LinkMaker({ ...parts, rest: this.rest, events: this.links })
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

  /** Channels of a whole kind of instruments bring what other lines tell, too: of the frame at hand only what its own line was asked for counts. */
  #readable(symbol: string): FeedLane | undefined {
    const { current } = this.links
    return !current || current.wanted.has(symbol) ? this.#lanes.get(symbol) : undefined
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
      lane: (symbol) => this.#readable(symbol),
      clock,
      listener,
      trustsSnapshots: venue.snapshot.kind === 'in-band',
      followsBeyond: false,
      events: new StreamListener(this, venue, this.#life)
    })
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
}
