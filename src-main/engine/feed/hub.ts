import type { Ban } from '../../../src-shared/contract/control'
import type { CatalogueHealth, EnginePace, LinkHealth } from '../../../src-shared/contract/frames'
import type { Instrument, InstrumentId, VenueId } from '../../../src-shared/instrument'
import { symbolOf, venueOf } from '../../../src-shared/instrument'
import type { Settings } from '../../../src-shared/settings'
import { millis } from '../../../src-shared/units'
import { Durations } from '../math/durations'
import type { Endpoints, Venue } from '../venues/venue'
import type { Clock } from './clock'
import { HostLimits } from './host-limits'
import type { FeedLane } from './lane'
import type { FeedListener } from './listener'
import type { HttpGet, Transport } from './transport'
import { unheard } from './link-health'
import { VenueFeed } from './venue-feed'
import { TICK_MS, Wakefulness } from './wakefulness'

/** Ladders take a MiB each, and past some dozens they drive one another out of the processor's cache. */
const MOST_FOCUSED = 24
const MOST_NEAR = 16

export interface FeedParts {
  readonly venues: readonly Venue[]
  readonly transports: readonly Transport[]
  readonly http: HttpGet
  readonly clock: Clock
  /** Uniform in [0, 1). */
  readonly chance: () => number
  readonly listener: FeedListener
  readonly settings: Settings
  /** Bans remembered from before the start; honoured to their end. */
  readonly bans: readonly Ban[]
  /** A venue said "come back later": to be remembered over a restart. */
  readonly onBan: (ban: Ban) => void
  /** Listens in on the lines of one venue. */
  readonly tap?: (venue: Venue, lines: Lines) => Lines
}

/** How a venue is reached. */
export interface Lines {
  readonly transports: readonly Transport[]
  readonly http: HttpGet
}

export interface FeedCounts {
  readonly frames: number
  readonly gaps: number
  readonly resyncs: number
  readonly rejected: number
}

/** Everything the engine hears from the outside: say what is wanted, and the listener is told what comes and how far it may be trusted. */
export class Feed {
  readonly #waits = new Durations()
  readonly #parts: FeedParts
  readonly #venues = new Map<VenueId, VenueFeed>()
  readonly #hosts: HostLimits
  readonly #cancelTick: () => void
  #settings: Settings
  #wanted: ReadonlySet<InstrumentId> = new Set()
  #ranks = new Map<InstrumentId, number>()
  #focused: ReadonlySet<InstrumentId> = new Set()
  #isAsleep = false
  readonly #wakefulness: Wakefulness
  #refused = new Set<InstrumentId>()

  constructor(parts: FeedParts) {
    const { clock, settings, bans } = parts
    this.#parts = parts
    this.#settings = settings
    this.#hosts = new HostLimits(clock)
    for (const ban of bans) this.#remember(ban)
    this.#wakefulness = new Wakefulness({
      clock,
      onStalled: (ms) => {
        for (const venue of this.#venues.values()) venue.stalled(ms)
      },
      onJumped: (reason) => {
        for (const venue of this.#venues.values()) venue.wake(reason)
      }
    })
    this.#cancelTick = clock.every(TICK_MS, () => {
      this.#tick()
    })
  }

  /**
   * The whole of what is wanted, the most urgent first; replaces what was wanted before. Lanes that stay wanted are not touched. The books of `focused` are
   * kept for speed, the others for size.
   */
  watch(ids: ReadonlySet<InstrumentId>, focused: ReadonlySet<InstrumentId> = new Set()): void {
    this.#focused = new Set([...focused].slice(0, MOST_FOCUSED))
    this.#wanted = ids
    this.#ranks = new Map([...ids].map((id, rank) => [id, rank]))
    this.#reconcile()
    this.#attend()
  }

  /** The lane of a watched instrument. */
  lane(id: InstrumentId): FeedLane | undefined {
    return this.#venues.get(venueOf(id))?.lane(symbolOf(id))
  }

  /** All lanes, of all venues. */
  lanes(): FeedLane[] {
    return [...this.#venues.values()].flatMap((venue) => [...venue.lanes])
  }

  /** A venue's whole list; undefined until it is there. */
  instrumentsOf(venue: VenueId): readonly Instrument[] | undefined {
    return this.#venues.get(venue)?.instruments
  }

  /** Asks for a venue's list (of all enabled venues when empty); it comes by `onInstruments`, also when it is there already. */
  askInstruments(venue: VenueId): void {
    for (const { spec } of this.#parts.venues) {
      if ((venue !== '' && venue !== spec.id) || !this.#isEnabled(spec.id)) continue
      const feed = this.#venue(spec.id)
      const list = feed?.instruments
      if (list) this.#parts.listener.onInstruments(list)
      else feed?.askCatalogue()
    }
  }

  /** Frames of a venue that could not be read, by reason. */
  rejected(venue: VenueId): ReadonlyMap<string, number> {
    return this.#venues.get(venue)?.intake.rejected ?? new Map()
  }

  links(): LinkHealth[] {
    return this.#parts.venues.flatMap(({ spec }) => {
      if (!this.#isEnabled(spec.id)) return [this.#off(spec.id)]
      return this.#venues.get(spec.id)?.links() ?? []
    })
  }

  /** How far the lists of the enabled venues are. */
  catalogues(): CatalogueHealth[] {
    return this.#parts.venues
      .filter(({ spec }) => this.#isEnabled(spec.id))
      .map(({ spec: { id } }) => {
        const feed = this.#venues.get(id)
        return feed?.catalogueHealth() ?? { venue: id, state: 'unasked', instruments: 0, reason: '' }
      })
  }

  counts(): FeedCounts {
    const lanes = this.lanes()
    const sum = (of: (lane: FeedLane) => number) => lanes.reduce((total, lane) => total + of(lane), 0)
    const venues = [...this.#venues.values()]
    return {
      frames: venues.reduce((total, { intake }) => total + intake.frames, 0),
      gaps: sum(({ counters }) => counters.gaps),
      resyncs: sum(({ counters }) => counters.resyncs),
      rejected: venues
        .flatMap(({ intake }) => [...intake.rejected.values()])
        .reduce((total, count) => total + count, 0)
    }
  }

  /** How long frames took to reach their books since this was last asked, and how many there were since the start. */
  pace(): Pick<EnginePace, 'socketToBook' | 'frames' | 'ordinary'> {
    const venues = [...this.#venues.values()]
    for (const { intake } of venues) this.#waits.absorb(intake.waits)
    return {
      socketToBook: this.#waits.take(),
      frames: venues.reduce((total, { intake }) => total + intake.frames, 0),
      ordinary: venues.reduce((total, { intake }) => total + intake.ordinary, 0)
    }
  }

  /** Tries a venue again now instead of at the next attempt. */
  retry(venue: VenueId): void {
    this.#venues.get(venue)?.retry()
  }

  /** New settings, whole. Venues whose endpoints or switch changed start over; the others are not touched. */
  configure(settings: Settings): void {
    const before = this.#settings
    this.#settings = settings
    for (const { spec } of this.#parts.venues) {
      const isSame =
        JSON.stringify(before.venues[spec.id]) === JSON.stringify(settings.venues[spec.id]) &&
        (!spec.simulated || before.simulation.seed === settings.simulation.seed)
      if (isSame) continue
      this.#drop(spec.id)
    }
    this.#reconcile()
  }

  /** The computer is going to sleep: everything leaves live. */
  suspend(): void {
    this.#isAsleep = true
    this.#wakefulness.note()
    for (const venue of this.#venues.values()) venue.sleep('the computer sleeps')
  }

  /** The computer woke: all lines are made anew. */
  resume(): void {
    this.#isAsleep = false
    this.#wakefulness.note()
    for (const venue of this.#venues.values()) venue.wake('back from sleep')
  }

  stop(): void {
    this.#cancelTick()
    this.#wakefulness.stop()
    for (const venue of this.#venues.values()) venue.stop()
    this.#venues.clear()
  }

  #reconcile(): void {
    const { listener, clock, venues } = this.#parts
    const known = new Set(venues.map(({ spec }) => spec.id))
    const refused = new Set<InstrumentId>()
    for (const id of this.#wanted) {
      const venue = venueOf(id)
      if (known.has(venue) && this.#isEnabled(venue)) continue
      refused.add(id)
      if (this.#refused.has(id)) continue
      const reason = known.has(venue) ? 'switched off in settings' : `Steelyard knows no venue ${venue}`
      listener.onStatus(id, { state: 'refused', reason, since: clock.now() })
    }
    this.#refused = refused
    for (const id of known) {
      const symbols = new Set([...this.#wanted].filter((it) => venueOf(it) === id).map(symbolOf))
      if (!this.#isEnabled(id)) continue
      if (symbols.size > 0) this.#venue(id)?.want(symbols)
      else this.#venues.get(id)?.want(symbols)
    }
  }

  #drop(id: VenueId): void {
    const feed = this.#venues.get(id)
    if (!feed) return
    for (const lane of feed.lanes) lane.void('connecting', 'settings changed')
    feed.stop()
    this.#venues.delete(id)
  }

  #venue(id: VenueId): VenueFeed | undefined {
    const present = this.#venues.get(id)
    if (present) return present
    const venue = this.#parts.venues.find(({ spec }) => spec.id === id)
    if (!venue) return undefined
    const { tap, transports, http } = this.#parts
    const made = new VenueFeed({
      ...this.#parts,
      ...tap?.(venue, { transports, http }),
      venue,
      endpoints: this.#endpointsOf(venue),
      hosts: this.#hosts,
      rank: (lane) => this.#ranks.get(lane.id) ?? Infinity,
      isAwake: () => this.#wakefulness.check()
    })
    this.#venues.set(id, made)
    if (this.#isAsleep) made.sleep('the computer sleeps')
    return made
  }

  /** A ban names the venue that was told, and holds for all on its host. */
  #remember(ban: Ban): void {
    const venue = this.#parts.venues.find(({ spec }) => spec.id === ban.venue)
    if (!venue) return
    this.#hosts.of(this.#endpointsOf(venue)['rest'] ?? '', venue.limits).obey(ban)
  }

  #endpointsOf({ spec }: Venue): Endpoints {
    return { ...spec.endpoints, ...this.#settings.venues[spec.id]?.endpoints }
  }

  /** Density changes with every snapshot, so this is asked anew every second. */
  #attend(): void {
    for (const { id, book } of this.lanes()) {
      const isNear = (this.#ranks.get(id) ?? Infinity) < MOST_NEAR
      book.attend(this.#focused.has(id) ? 'focus' : isNear ? 'near' : 'far')
    }
  }

  #tick(): void {
    if (this.#isAsleep) {
      if (this.#wakefulness.isDozing) this.resume()
      return
    }
    if (!this.#wakefulness.check()) return
    this.#wakefulness.note()
    for (const venue of this.#venues.values()) venue.tick()
    this.#attend()
  }

  #isEnabled(id: VenueId): boolean {
    return this.#settings.venues[id]?.enabled ?? true
  }

  #off(venue: VenueId): LinkHealth {
    return {
      venue,
      leg: 'all',
      state: 'off',
      since: millis(NaN),
      reason: 'switched off in settings',
      ...unheard,
      weightUsed: NaN
    }
  }
}
