import type { CatalogueHealth, LinkHealth } from '../../../src-shared/contract/frames'
import type { Ban } from '../../../src-shared/contract/control'
import type { Instrument } from '../../../src-shared/instrument'
import type { Millis } from '../../../src-shared/units'
import { millis } from '../../../src-shared/units'
import type { Endpoints, Leg, Reader, Venue, VenueEvent } from '../venues/venue'
import { Budget } from './budget'
import { Catalogue } from './catalogue'
import type { Clock } from './clock'
import { Fleet } from './fleet'
import { Intake } from './intake'
import { lost } from './continuity'
import { FeedLane } from './lane'
import type { Ticket } from './link'
import { Link } from './link'
import { countsOf, noBooks, unheard } from './link-health'
import type { FeedListener } from './listener'
import { Rest } from './rest'
import { Snapshots } from './snapshots'
import type { HttpGet, Transport } from './transport'
import { Watchdog } from './watchdog'

const FIVE_MINUTES_MS = 300_000
/** A symbol that the venue refused is asked for again this much later. */
const REFUSED_MS = 300_000
/** A REST book that brings no diff is still given a snapshot after this long. */
const QUIET_START_MS = 2_000

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
  readonly #endpoints: Endpoints
  readonly #rest: Rest
  readonly #catalogue: Catalogue
  readonly #fleet: Fleet
  readonly #snapshots: Snapshots
  readonly #watchdog: Watchdog
  readonly #connects: Budget
  /** Monotonic ms at which a lane's subscription was sent. */
  readonly #subscribedAt = new Map<FeedLane, number>()
  readonly #cancelRefusals = new Map<string, () => void>()
  #isAsleep = false
  /** The link whose frame is being read. */
  #current: Link | undefined

  constructor(parts: VenueFeedParts) {
    const { venue, clock, chance, listener, endpoints, transports, bans } = parts
    this.#parts = parts
    this.venue = venue
    this.#endpoints = endpoints
    this.#connects = new Budget(venue.limits.connectsPerFiveMinutes / 2, FIVE_MINUTES_MS)
    this.#rest = new Rest({
      venue: venue.spec.id,
      limits: venue.limits,
      http: requester(transports, parts.http),
      clock,
      onBan: parts.onBan
    })
    for (const ban of bans) this.#rest.obey(ban)
    this.intake = new Intake({
      venue,
      lane: (symbol) => this.#lanes.get(symbol),
      clock,
      listener,
      trustsSnapshots: venue.snapshot.kind === 'in-band',
      events: {
        needsSnapshot: (lane) => {
          this.#needsSnapshot(lane)
        },
        tookSnapshot: (lane) => {
          this.#snapshots.came(lane)
        },
        advanced: (lane) => {
          this.#watchdog.beat(lane)
          this.#snapshots.advanced(lane)
        },
        confirmed: (lane, by) => {
          if (by === 'quote') this.#watchdog.agreed(lane)
          else if (isAnswer(venue)) this.#watchdog.confirmed(lane)
        },
        missed: (missed) => {
          this.#missed(missed)
        },
        said: (event) => {
          this.#said(event)
        }
      }
    })
    this.#catalogue = new Catalogue({
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
    this.#fleet = new Fleet(venue.legs, (leg) => this.#link(leg))
    this.#snapshots = new Snapshots({
      venue,
      rest: this.#rest,
      intake: this.intake,
      clock,
      chance,
      endpoints: () => endpoints,
      rank: parts.rank,
      ask: (lane, texts) => {
        this.#fleet.bookLink(lane.symbol)?.ask(texts)
      },
      onHeld: (lane, held) => {
        if (held === 'quiet') this.#watchdog.confirmed(lane)
        if (held === 'ahead') this.#watchdog.outdated(lane)
      }
    })
    this.#watchdog = new Watchdog({
      clock,
      bookLink: (symbol) => this.#fleet.bookLink(symbol),
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
    for (const [symbol, cancel] of this.#cancelRefusals) {
      cancel()
      this.#rejoin(symbol)
    }
    for (const link of this.#fleet.links) if (!link.isOpen) link.reconnect('trying again')
    for (const lane of this.#lanes.values()) if (!lane.isLive) this.#needsSnapshot(lane)
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

  /** Once a second. */
  tick(): void {
    for (const link of [...this.#fleet.links]) link.tick()
    const mono = this.#parts.clock.mono()
    for (const lane of this.#lanes.values()) {
      this.#watchdog.tick(lane)
      const waited = mono - (this.#subscribedAt.get(lane) ?? NaN)
      if (lane.sync.state === 'void' && waited > QUIET_START_MS) this.#snapshots.ask(lane)
    }
  }

  links(): readonly LinkHealth[] {
    const booksOn = ({ leg, wanted }: Link) => (leg.carriesBook ? countsOf(this.#of(wanted)) : noBooks)
    return [...this.#fleet.links.map((link) => link.health(booksOn(link))), this.#restHealth()]
  }

  /** How far its list of instruments is. */
  catalogueHealth(): CatalogueHealth {
    return this.#catalogue.health()
  }

  stop(): void {
    this.#fleet.close()
    this.#catalogue.stop()
    for (const lane of this.#lanes.values()) this.#snapshots.forget(lane)
    for (const cancel of this.#cancelRefusals.values()) cancel()
    this.#rest.stop()
    this.#lanes.clear()
  }

  #watch(symbol: string): void {
    const { clock, listener } = this.#parts
    const known = this.#catalogue.find(symbol)
    const instrument = known ?? this.venue.catalogue.guess(symbol)
    const lane = new FeedLane(instrument, this.venue.sequence, clock, listener)
    this.#lanes.set(symbol, lane)
    listener.onInstruments([lane.instrument])
    lane.say('connecting', `reading the instruments of ${this.venue.spec.title}`)
    this.#catalogue.ask()
    if (this.#catalogue.isReady) this.#start(lane)
  }

  #start(lane: FeedLane): void {
    if (this.#isAsleep || !this.#catalogue.isReady || this.#cancelRefusals.has(lane.symbol)) return
    const listed = this.#catalogue.find(lane.symbol)
    if (this.#catalogue.list && !listed) {
      lane.say('refused', `${this.venue.spec.title} lists no ${lane.symbol}`)
      return
    }
    if (listed?.trading === 'delisted') {
      lane.say('refused', `${this.venue.spec.title} no longer trades ${lane.symbol}`)
      return
    }
    this.#fleet.join(lane.symbol)
    const link = this.#fleet.bookLink(lane.symbol)
    if (link && !link.isOpen) lane.say('connecting', link.explain(), link.nextAttemptAt)
  }

  #forget(lane: FeedLane): void {
    this.#fleet.leave(lane.symbol)
    this.#lanes.delete(lane.symbol)
    this.#snapshots.forget(lane)
    this.#watchdog.forget(lane)
    this.#subscribedAt.delete(lane)
    this.#cancelRefusals.get(lane.symbol)?.()
    this.#cancelRefusals.delete(lane.symbol)
  }

  #listed(list: readonly Instrument[]): void {
    this.#parts.listener.onInstruments(list)
    for (const instrument of list) this.#lanes.get(instrument.symbol)?.describe(instrument)
    for (const lane of this.#lanes.values()) {
      if (this.#catalogue.find(lane.symbol)) continue
      this.#fleet.leave(lane.symbol)
      this.#lost(lane, '', undefined)
    }
    for (const lane of this.#lanes.values()) this.#start(lane)
  }

  #needsSnapshot(lane: FeedLane): void {
    this.#watchdog.interrupt(lane)
    if (this.#fleet.bookLink(lane.symbol)?.isOpen) this.#snapshots.ask(lane)
  }

  #link(leg: Leg): Link {
    const { clock, chance, transports } = this.#parts
    return new Link({
      venue: this.venue,
      leg,
      urls: [leg.url(this.#endpoints), ...(leg.fallbacks?.(this.#endpoints) ?? [])],
      transport: (url) => transports.find(({ schemes }) => schemes.includes(schemeOf(url))),
      ticket: (answered) => this.#ticket(leg, answered),
      clock,
      chance,
      connects: this.#connects,
      onFrame: (link, bytes, reader) => {
        this.#frame(link, bytes, reader)
      },
      onSubscribed: (link, symbols) => {
        if (link.leg.carriesBook) for (const lane of this.#of(symbols)) this.#subscribed(lane)
      },
      onDown: (link) => {
        this.#down(link)
      },
      onConnecting: (link) => {
        if (!link.leg.carriesBook) return
        for (const lane of this.#of(link.wanted)) lane.say('connecting', link.explain())
      }
    })
  }

  #ticket(leg: Leg, answered: (ticket: Ticket) => void): () => void {
    const { ticket } = leg
    if (!ticket) return () => undefined
    return this.#rest.get({
      ...ticket.request(this.#endpoints),
      rank: () => -1,
      answered: (answer) => {
        answered(answer.ok ? ticket.read(Buffer.from(answer.bytes).toString('utf8')) : answer)
      }
    })
  }

  #frame(link: Link, bytes: Uint8Array, reader: Reader): void {
    if (!this.#parts.isAwake()) return
    this.#current = link
    this.intake.receive(bytes, reader)
    this.#current = undefined
    const { venueAt } = this.intake
    if (Number.isFinite(venueAt)) link.timing.hear(this.#parts.clock.now() - venueAt)
  }

  #subscribed(lane: FeedLane): void {
    this.#subscribedAt.set(lane, this.#parts.clock.mono())
    if (lane.isLive) return
    const { title } = this.venue.spec
    if (this.#catalogue.find(lane.symbol)?.trading === 'halted')
      lane.say('halted', `${title} has halted ${lane.symbol}`)
    else lane.say('syncing', 'waiting for a snapshot')
    if (this.venue.snapshot.kind === 'in-band') this.#snapshots.expect(lane)
  }

  #down(link: Link): void {
    for (const lane of this.#of(link.wanted)) {
      if (Number.isFinite(link.heardAt)) this.#parts.listener.onTradesLost(lane.id, link.heardAt)
      if (link.leg.carriesBook) this.#lost(lane, link.reason, link.nextAttemptAt)
    }
    link.heardAt = millis(NaN)
  }

  #lost(lane: FeedLane, reason: string, nextAttemptAt: Millis | undefined): void {
    this.#snapshots.drop(lane)
    this.#watchdog.interrupt(lane)
    this.#subscribedAt.delete(lane)
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

  #said(event: VenueEvent): void {
    switch (event.kind) {
      case 'refused':
        if (event.symbol !== undefined) this.#refused(event.symbol, event.reason)
        return
      case 'closing':
        this.#current?.rotate()
        return
      case 'reconnect':
        if (event.later) this.#current?.fail(event.reason)
        else this.#current?.reconnect(event.reason)
        return
      case 'halted':
        this.#lanes.get(event.symbol)?.void('halted', event.reason)
        return
      case 'resumed':
      case 'doubtful': {
        const lane = this.#lanes.get(event.symbol)
        if (!lane) return
        if (event.kind === 'doubtful') lane.void('gap', event.reason)
        this.#needsSnapshot(lane)
        return
      }
      case 'delisted':
        this.#delisted(event.symbol, event.reason)
        return
      case 'maintenance':
        if (event.closed) for (const lane of this.#lanes.values()) lane.void('halted', event.reason)
        else for (const link of this.#fleet.links) link.reconnect('the venue is open again')
        return
      case 'relisted':
        this.#catalogue.renew()
        return
      case 'answer':
        this.#current?.send([event.text])
        return
      case 'ignored':
      case 'heard':
      case 'subscribed':
      case 'reference':
      case 'malformed':
        return
    }
  }

  #delisted(symbol: string, reason: string): void {
    const lane = this.#lanes.get(symbol)
    if (!lane) return
    this.#fleet.leave(symbol)
    this.#lost(lane, reason, undefined)
    lane.say('refused', reason)
  }

  #refused(symbol: string, reason: string): void {
    const lane = this.#lanes.get(symbol)
    if (!lane || this.#cancelRefusals.has(symbol)) return
    const { clock } = this.#parts
    this.#fleet.leave(symbol)
    this.#lost(lane, reason, undefined)
    lane.say('refused', reason, millis(clock.now() + REFUSED_MS))
    this.#cancelRefusals.set(
      symbol,
      clock.after(REFUSED_MS, () => {
        this.#rejoin(symbol)
      })
    )
  }

  #rejoin(symbol: string): void {
    this.#cancelRefusals.delete(symbol)
    const lane = this.#lanes.get(symbol)
    if (lane) this.#start(lane)
  }

  #of(symbols: Iterable<string>): FeedLane[] {
    return [...symbols].flatMap((symbol) => this.#lanes.get(symbol) ?? [])
  }

  #restHealth(): LinkHealth {
    const { ban, weightUsed } = this.#rest
    const reason = ban?.reason ?? this.#catalogue.reason
    const { nextAttemptAt } = this.#catalogue.health()
    const next = ban?.until ?? nextAttemptAt
    return {
      venue: this.venue.spec.id,
      leg: 'rest',
      state: ban ? 'banned' : reason ? 'waiting' : 'open',
      since: millis(NaN),
      reason,
      ...(next === undefined ? {} : { nextAttemptAt: next }),
      ...unheard,
      weightUsed
    }
  }
}

/** A snapshot in the stream was asked for, unless all that comes are snapshots. */
const isAnswer = ({ snapshot }: Venue): boolean => snapshot.kind === 'in-band' && snapshot.always !== true

const schemeOf = (url: string): string => url.slice(0, Math.max(0, url.indexOf(':')))

/** HTTP, except for schemes that a transport answers itself. */
function requester(transports: readonly Transport[], http: HttpGet): HttpGet {
  return (url, options) => {
    const own = transports.find(({ schemes, get }) => get && schemes.includes(schemeOf(url)))
    return own?.get ? own.get(url, options) : http(url, options)
  }
}
