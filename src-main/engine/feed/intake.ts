import { clock as timeOf } from '../../../src-shared/format'
import type { Millis } from '../../../src-shared/units'
import type { Lane, Reader, Reading, Sink, Venue, VenueEvent } from '../venues/venue'
import type { Clock } from './clock'
import { compareQuote, holdQuote, isTouch, isUnmoved, lost } from './continuity'
import { FeedLane } from './lane'
import type { FeedListener } from './listener'

const MOST_READINGS = 5
const CROSSED_MS = 1_000

/** What a snapshot said of the book it met. */
export type Held = 'taken' | 'quiet' | 'ahead' | 'older' | 'malformed'

/** What the intake cannot do itself, because it has no link: a tape ignores it. */
export interface IntakeEvents {
  /** The book is void or too old: ask for a snapshot, once. */
  needsSnapshot(lane: FeedLane): void
  /** A snapshot was committed and what waited for it was replayed. */
  tookSnapshot(lane: FeedLane): void
  /** A diff was committed. */
  advanced(lane: FeedLane): void
  /** A fresh snapshot in the stream, or the venue's own quote after a long silence, shows the book as it stood: it is merely quiet. */
  confirmed(lane: FeedLane, by: 'snapshot' | 'quote'): void
  /** Messages of the line at hand were missed, how many NaN where unknown: every book on it is doubtful. */
  missed(missed: number): void
  /** Everything the venue says apart from books and trades; `malformed` has been counted already. */
  said(event: VenueEvent): void
}

export interface IntakeParts {
  readonly venue: Venue
  /** The lane that watches a symbol as the venue writes it. */
  readonly lane: (symbol: string) => FeedLane | undefined
  readonly clock: Clock
  readonly listener: FeedListener
  readonly events: IntakeEvents
  /** True where a snapshot counts as live without a diff that joins it: in the stream itself. */
  readonly trustsSnapshots: boolean
}

/** From one socket's bytes to books, trades and quotes. Takes any bytes and never throws: what cannot be read is counted by its reason. */
export class Intake {
  /** Frames refused, by reason. */
  readonly rejected = new Map<string, number>()
  frames = 0
  /** Venue time of the latest book message of any lane, ms; NaN before one. */
  venueAt = NaN
  readonly #parts: IntakeParts
  readonly #sink: Sink
  readonly #replay: FeedLane[] = []
  #reader: Reader
  #bytes: Uint8Array = new Uint8Array(0)
  #last: FeedLane | undefined
  #replaying: FeedLane | undefined
  #at: Millis
  /** Wall time of the frame before the one at hand. */
  #heardAt: Millis

  constructor(parts: IntakeParts) {
    this.#parts = parts
    this.#at = this.#heardAt = parts.clock.now()
    this.#reader = parts.venue.reader()
    this.#sink = {
      lane: (symbol) => this.#lane(symbol),
      book: (lane) => {
        if (lane instanceof FeedLane) this.#book(lane)
      },
      trades: (lane) => {
        if (lane instanceof FeedLane) this.#trades(lane)
      },
      quote: (lane) => {
        if (lane instanceof FeedLane) this.#quote(lane)
      },
      liquidations: (lane) => {
        if (lane instanceof FeedLane) this.#liquidations(lane)
      },
      reference: (lane) => {
        if (lane instanceof FeedLane) this.#reference(lane)
      },
      checksum: (lane, value, sequence) => {
        if (!(lane instanceof FeedLane)) return
        if (sequence === undefined || sequence === lane.book.sequence) this.#verify(lane, value)
      },
      doubtful: (lane, reason) => {
        if (lane instanceof FeedLane && lane.sync.state !== 'void') this.#doubt(lane, reason)
      },
      tradesMissed: (lane) => {
        if (lane instanceof FeedLane) parts.listener.onTradesLost(lane.id, this.#heardAt)
      },
      missed: (missed) => {
        if (!this.#replaying) parts.events.missed(missed)
      }
    }
  }

  /** One frame of the socket that `reader` reads. `bytes` need only be valid during the call. True when it was understood. */
  receive(bytes: Uint8Array, reader: Reader): boolean {
    this.frames++
    this.#reader = reader
    const isRead = this.#read(bytes)
    this.#replayWaiting()
    return isRead
  }

  /**
   * An answer to a snapshot request. `malformed` ones are counted; `older` than a book that stands is of no use, as venues answer from
   * caches. Where a book stood: `quiet` it was already there, `ahead` the venue had more than the stream has brought.
   */
  snapshot(lane: FeedLane, bytes: Uint8Array): Held {
    const { snapshot } = this.#parts.venue
    if (snapshot.kind !== 'rest') return 'malformed'
    this.#at = this.#parts.clock.now()
    const reading = this.#settled(() => snapshot.read(bytes, lane), lane)
    if (reading !== 'taken') return 'malformed'
    lane.counters.frames++
    const { sequence } = lane.book
    const stood = lane.sync.state !== 'void'
    if (lane.changes.last < sequence) return 'older'
    this.#snapshot(lane)
    this.#replayWaiting()
    if (!stood) return 'taken'
    if (lane.sync.state === 'joined') return 'quiet'
    return lane.book.sequence === sequence ? 'quiet' : 'ahead'
  }

  /** A snapshot has stood for a while and nothing contradicted it: a quiet book is live without a diff. */
  settle(lane: FeedLane): void {
    if (lane.sync.state !== 'snapshot' || lane.isLive) return
    this.#at = this.#parts.clock.now()
    this.#confirm(lane)
  }

  /** A book may not stay crossed for more than a second; its levels are never deleted to make it look right. */
  checkCrossed(lane: FeedLane): void {
    const { clock } = this.#parts
    if (!lane.book.crossed) {
      lane.crossedSince = NaN
      return
    }
    if (Number.isNaN(lane.crossedSince)) lane.crossedSince = clock.mono()
    if (clock.mono() - lane.crossedSince <= CROSSED_MS) return
    this.#lose(lane, 'bids and asks crossed for more than a second')
  }

  #read(bytes: Uint8Array): boolean {
    const { clock, events } = this.#parts
    this.#heardAt = this.#at
    this.#at = clock.now()
    this.#bytes = bytes
    this.#last = undefined
    const reading = this.#settled(() => this.#reader.read(bytes, this.#sink), undefined)
    if (reading !== 'ordinary') return reading === 'taken'
    let isRead = true
    for (const event of this.#decoded(bytes)) {
      if (event.kind === 'malformed') {
        this.#reject(event.reason, undefined)
        isRead = false
      } else if (event.kind === 'reference') this.#hear(event)
      else events.said(event)
    }
    return isRead
  }

  /** Reads again while grids are refined; counts what cannot be read. */
  #settled(read: () => Reading, lane: FeedLane | undefined): Reading {
    try {
      for (let reading = 0; reading < MOST_READINGS; reading++) {
        const answer = read()
        if (answer === 'off-grid') continue
        if (answer === 'malformed') this.#reject('malformed message', lane ?? this.#last)
        return answer
      }
      this.#reject('a number too fine for its grid', lane ?? this.#last)
    } catch (error) {
      // A bug in a reader must cost this message and this book, not the link and every other book on it.
      this.#reject(`could not be read: ${String(error)}`.slice(0, 160), lane ?? this.#last)
    }
    return 'malformed'
  }

  #decoded(bytes: Uint8Array): readonly VenueEvent[] {
    const { buffer, byteOffset, byteLength } = bytes
    return this.#reader.decode(Buffer.from(buffer, byteOffset, byteLength).toString('utf8'))
  }

  #reject(reason: string, lane: FeedLane | undefined): void {
    const known = this.rejected.has(reason) || this.rejected.size < 100
    const counted = known ? reason : 'other'
    this.rejected.set(counted, (this.rejected.get(counted) ?? 0) + 1)
    if (!lane) return
    lane.counters.rejected++
    this.#lose(lane, reason)
  }

  #lane(symbol: string): Lane | undefined {
    const lane = this.#parts.lane(symbol)
    if (this.#replaying && lane !== this.#replaying) return undefined
    this.#last = lane
    return lane
  }

  #book(lane: FeedLane): void {
    if (!this.#replaying) lane.counters.frames++
    const { changes } = lane
    if (Number.isFinite(changes.at)) lane.venueAt = this.venueAt = changes.at
    if (changes.isSnapshot) this.#snapshot(lane)
    else this.#diff(lane)
  }

  #snapshot(lane: FeedLane): void {
    lane.counters.snapshots++
    const { sequence } = lane.book
    const stood = lane.sync.state !== 'void'
    lane.sync.snapshot(lane.changes)
    if (!this.#verify(lane, lane.changes.checksum)) return
    lane.heard = this.#parts.clock.mono()
    if (stood && isUnmoved(lane.changes, sequence)) this.#parts.events.confirmed(lane, 'snapshot')
    this.#replay.push(lane)
    if (lane.isLive) this.#parts.listener.onBook(lane.id, lane.book, lane.changes, this.#at)
    this.checkCrossed(lane)
  }

  #diff(lane: FeedLane): void {
    const { counters, sync, changes } = lane
    const last = lane.book.sequence
    const verdict = sync.diff(changes)
    switch (verdict) {
      case 'applied':
        this.#applied(lane)
        return
      case 'stale':
        counters.stale++
        return
      case 'waiting':
        this.#wait(lane)
        return
      case 'old-snapshot':
        this.#tooOld(lane, last)
        return
      case 'gap':
        this.#gap(lane, last)
        this.#wait(lane)
    }
  }

  /** A snapshot that already counted as live was the book: then this is a gap like any other. */
  #tooOld(lane: FeedLane, last: number): void {
    if (lane.isLive) this.#gap(lane, last)
    else {
      const state = lane.status.state === 'gap' ? 'gap' : 'syncing'
      lane.say(state, 'the snapshot was too old, asking again')
    }
    this.#wait(lane)
  }

  #gap(lane: FeedLane, last: number): void {
    const missing = lost(lane.changes.first - last - 1)
    lane.counters.gaps++
    lane.void('gap', `${missing} lost at ${timeOf(this.#at, true)}, resyncing`)
  }

  #applied(lane: FeedLane): void {
    const { clock, listener, events } = this.#parts
    lane.counters.applied++
    if (!this.#verify(lane, lane.changes.checksum)) return
    lane.heard = clock.mono()
    compareQuote(lane)
    if (this.#isUnproven) lane.touchCheck.moved(lane.book.touch)
    if (lane.book.crossed) lane.counters.crossed++
    this.checkCrossed(lane)
    if (lane.sync.state === 'void') return
    if (!lane.isLive && !this.#replaying) lane.say('live', '')
    if (lane.isLive) listener.onBook(lane.id, lane.book, lane.changes, this.#at)
    events.advanced(lane)
  }

  /** A snapshot in the stream itself comes after everything before it: only those of another channel need what came meanwhile. */
  #wait(lane: FeedLane): void {
    lane.counters.waited++
    const keeps = this.#parts.venue.snapshot.kind === 'rest'
    if (keeps && !lane.pending.add(this.#bytes)) lane.counters.overflows++
    this.#parts.events.needsSnapshot(lane)
  }

  /** The venue's checksum against the book as it stands; false when they differ and the book was voided for it. */
  #verify(lane: FeedLane, told: number): boolean {
    const { checksum } = this.#parts.venue
    if (Number.isNaN(told) || !checksum || lane.sync.state === 'void') return true
    const own = checksum.of(lane.book, lane.instrument)
    if (Number.isNaN(own)) return true
    if (own === told) {
      lane.counters.checksumsOk++
      return true
    }
    lane.counters.checksumsBad++
    this.#lose(lane, 'the book does not match the venue’s checksum')
    return false
  }

  /** Proof from elsewhere that this book lost something. */
  #doubt(lane: FeedLane, reason: string): void {
    lane.counters.gaps++
    this.#lose(lane, reason)
  }

  #lose(lane: FeedLane, reason: string): void {
    lane.void('gap', `${reason} at ${timeOf(this.#at, true)}, resyncing`)
    this.#parts.events.needsSnapshot(lane)
  }

  /** After the frame at hand: readers need not be re-entrant. */
  #replayWaiting(): void {
    for (let lane = this.#replay.pop(); lane; lane = this.#replay.pop()) {
      this.#replaying = lane
      for (const bytes of lane.pending.drain()) {
        this.#bytes = bytes
        this.#settled(() => this.#reader.read(bytes, this.#sink), lane)
      }
      this.#replaying = undefined
      this.#joined(lane)
    }
  }

  #joined(lane: FeedLane): void {
    const { trustsSnapshots, events } = this.#parts
    if (lane.sync.state === 'void') return
    if (!lane.isLive && (trustsSnapshots || lane.sync.state === 'joined')) this.#confirm(lane)
    events.tookSnapshot(lane)
  }

  /** Live, and said so with a message that changes nothing: what lies in `changes` may have been dropped as stale. */
  #confirm(lane: FeedLane): void {
    const { changes, book } = lane
    changes.reset()
    changes.first = changes.last = book.sequence
    Object.assign(changes.touchBefore, book.touch)
    Object.assign(changes.touchAfter, book.touch)
    lane.say('live', '')
    this.#parts.listener.onBook(lane.id, book, changes, this.#at)
  }

  #trades(lane: FeedLane): void {
    if (this.#replaying) return
    lane.counters.frames++
    lane.counters.trades++
    this.#parts.listener.onTrades(lane.id, lane.trades, this.#at)
  }

  /** Nothing in the stream proves the books: the venue's quotes are held against them. */
  get #isUnproven(): boolean {
    return this.#parts.venue.spec.integrity === 'unverifiable'
  }

  #quote(lane: FeedLane): void {
    if (this.#replaying) return
    lane.counters.frames++
    this.#parts.listener.onQuote(lane.id, lane.quote, this.#at)
    if (this.#isUnproven && holdQuote(lane, this.#parts.clock.mono()))
      this.#doubt(lane, 'the book does not match the venue’s best quotes')
    if (lane.sync.state !== 'void' && isTouch(lane.quote, lane.book.touch))
      this.#parts.events.confirmed(lane, 'quote')
  }

  #liquidations(lane: FeedLane): void {
    if (this.#replaying) return
    lane.counters.frames++
    this.#parts.listener.onLiquidations(lane.id, lane.liquidations, this.#at)
  }

  #reference(lane: FeedLane): void {
    if (this.#replaying) return
    lane.counters.frames++
    this.#parts.listener.onReference(lane.id, lane.reference, this.#at)
  }

  #hear({ symbol, reference }: Extract<VenueEvent, { kind: 'reference' }>): void {
    const lane = this.#parts.lane(symbol)
    if (!lane) return
    lane.refer(reference)
    this.#reference(lane)
  }
}
