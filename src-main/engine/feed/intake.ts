import { clock as timeOf } from '../../../src-shared/format'
import { millis } from '../../../src-shared/units'
import type { BookSource, Lane, Reader, Sink, Venue, VenueEvent } from '../venues/venue'
import { BookJudge } from './book-judge'
import type { Clock } from './clock'
import { isTouch, onlySnapshots } from './continuity'
import { Durations } from '../math/durations'
import { FrameReading } from './frame-reading'
import type { IntakeEvents } from './intake-events'
import { FeedLane } from './lane'
import type { FeedListener } from './listener'
import { Proof } from './proof'

/** What a snapshot said of the book it met. */
export type Held = 'taken' | 'quiet' | 'ahead' | 'older' | 'malformed'

export interface IntakeParts {
  readonly venue: Venue
  /** The lane that watches a symbol as the venue writes it. */
  readonly lane: (symbol: string) => FeedLane | undefined
  readonly clock: Clock
  readonly listener: FeedListener
  readonly events: IntakeEvents
  /** True where a snapshot counts as live without a diff that joins it: in the stream itself. */
  readonly trustsSnapshots: boolean
  /** True where nobody can be asked (a tape): a book whose price went beyond its snapshot is followed all the same. */
  readonly followsBeyond: boolean
}

/** From one socket's bytes to books, trades and quotes. Takes any bytes and never throws: what cannot be read is counted by its reason. */
export class Intake {
  frames = 0
  /** Frames that went through the ordinary door. */
  ordinary = 0
  /** From a frame's arrival to all that follows from it, ms. */
  readonly waits = new Durations()
  readonly #parts: IntakeParts
  readonly #proof: Proof
  readonly #judge: BookJudge
  readonly #reading = new FrameReading()
  readonly #sink: Sink
  #reader: Reader
  /** Of the line that takes over: when it was begun, monotonic ms. */
  #since = NaN
  #last: FeedLane | undefined
  /** The frame at hand names several. */
  #namesMany = false

  constructor(parts: IntakeParts) {
    const { venue, clock } = parts
    this.#parts = parts
    this.#reader = venue.reader()
    this.#proof = new Proof(venue, clock, (lane, reason) => {
      this.#judge.lose(lane, reason)
    })
    this.#judge = new BookJudge({
      ...parts,
      proof: this.#proof,
      onlySnapshots: onlySnapshots(venue),
      keepsFrames: venue.snapshot.kind === 'rest',
      isStamped: venue.snapshot.kind === 'in-band' && venue.snapshot.isStamped === true
    })
    this.#sink = this.#sinkOf()
  }

  /** Frames refused, by reason. */
  get rejected(): ReadonlyMap<string, number> {
    return this.#reading.rejected
  }

  /** A frame that was too much to be taken in at all. */
  refused(reason: string): void {
    this.#reading.reject(reason)
  }

  /** One frame of the socket that `reader` reads. `bytes` need only be valid during the call. True when it was understood. */
  receive(bytes: Uint8Array, reader: Reader): boolean {
    const { clock } = this.#parts
    const from = clock.mono()
    this.frames++
    this.#reader = this.#judge.reader = reader
    const isRead = this.#read(bytes)
    this.#replayWaiting()
    this.waits.add(clock.mono() - from)
    return isRead
  }

  /** All that another line of the same books has brought `since` it was begun, monotonic ms: nothing is told twice, and the books once, as they stand in the end. */
  catchUp(frames: readonly Uint8Array[], reader: Reader, since: number): void {
    this.#since = since
    const touched = new Set<FeedLane>()
    this.#judge.catching = touched
    for (const bytes of frames) this.receive(bytes, reader)
    this.#judge.catching = undefined
    for (const lane of touched) if (lane.isFollowed) this.#judge.confirm(lane, true)
  }

  /**
   * An answer to a snapshot request. `malformed` ones are counted; `older` than a book that stands is of no use, as venues answer from
   * caches. Where a book stood: `quiet` it was already there, `ahead` the venue had more than the stream has brought.
   */
  snapshot(lane: FeedLane, bytes: Uint8Array): Held {
    const { venue, clock } = this.#parts
    const { snapshot } = venue
    if (snapshot.kind !== 'rest') return 'malformed'
    this.#judge.at = clock.now()
    if (this.#reading.settled(() => snapshot.read(bytes, lane)) !== 'taken') {
      // The answer is at fault, not the book that may stand.
      lane.counters.rejected++
      return 'malformed'
    }
    lane.counters.frames++
    const { sequence } = lane.book
    const stood = lane.sync.state !== 'void'
    // Where no rule tells that a message is missing between the two, the snapshot must not be older than what waits for it.
    const isShort = this.#proof.isUnproven && lane.pending.count > 0 && lane.changes.last < lane.waitingFrom
    if (lane.changes.last < sequence || isShort) return 'older'
    this.#judge.snapshot(lane)
    this.#replayWaiting()
    if (!stood) return 'taken'
    if (lane.sync.state === 'joined') return 'quiet'
    return lane.book.sequence === sequence ? 'quiet' : 'ahead'
  }

  /**
   * A snapshot of a book that stands and moves, asked for only because it reaches farther: laid under the stream unless it is `older`. To be ahead of the stream is
   * natural for it, and it is no sign that the stream lives.
   */
  extend(lane: FeedLane, bytes: Uint8Array): Held {
    const { heard } = lane
    const held = this.snapshot(lane, bytes)
    if (lane.sync.state !== 'void') lane.heard = heard
    return held
  }

  /** Reads a whole book that is to be compared into the lane's changes, and leaves the book alone. False when it could not be read. */
  compared(lane: FeedLane, bytes: Uint8Array, source: BookSource): boolean {
    return this.#reading.settled(() => source.read(bytes, lane)) === 'taken'
  }

  /** Nothing has contradicted a book that stands for a while: it is called what it is without another message. */
  settle(lane: FeedLane): void {
    if (lane.sync.state === 'void' || lane.isFollowed) return
    this.#judge.at = this.#parts.clock.now()
    this.#judge.confirm(lane)
  }

  /** A book may not stay crossed for more than a second; its levels are never deleted to make it look right. */
  checkCrossed(lane: FeedLane): void {
    this.#proof.crossed(lane)
  }

  /** The book cannot be what the venue has: void, and another is asked for. */
  lose(lane: FeedLane, reason: string): void {
    this.#judge.lose(lane, reason)
  }

  #sinkOf(): Sink {
    const { listener, events, venue } = this.#parts
    const everyTime = venue.snapshot.kind === 'in-band' && venue.snapshot.always === true
    const own = (take: (lane: FeedLane) => void) => (lane: Lane) => {
      if (lane instanceof FeedLane) take(lane)
    }
    return {
      lane: (symbol) => this.#lane(symbol),
      book: own((lane) => {
        const { isSnapshot, at } = lane.changes
        // A quiet book that is told again is no older for it.
        const isTimed = !isSnapshot || (everyTime && at !== lane.venueAt)
        if (this.#counted(lane, true) && isTimed) events.timed(at, lane.venueAt)
        const { heard } = lane
        this.#judge.take(lane)
        // Where every message is a whole book, this is how it moves.
        if (everyTime && lane.isFollowed && lane.heard !== heard) events.advanced(lane)
      }),
      trades: own((lane) => {
        if (this.#counted(lane)) this.#trades(lane)
      }),
      quote: own((lane) => {
        if (!this.#isNews(lane)) return
        listener.onQuote(lane.id, lane.quote, this.#judge.at)
        this.#proof.quoted(lane)
        const { quote, book, sync } = lane
        // One that is ahead of the book tells of a change that has not come, even where it left the touch as it was.
        const isAhead = quote.sequence > book.sequence
        if (sync.state !== 'void' && !isAhead && isTouch(quote, book.touch)) events.confirmed(lane, 'quote')
      }),
      liquidations: own((lane) => {
        if (this.#isNews(lane)) listener.onLiquidations(lane.id, lane.liquidations, this.#judge.at)
      }),
      reference: own((lane) => {
        this.#referred(lane)
      }),
      checksum: (lane, value, sequence) => {
        if (!(lane instanceof FeedLane)) return
        if (sequence === undefined || sequence === lane.book.sequence) this.#proof.checksum(lane, value)
      },
      doubtful: (lane, reason) => {
        if (lane instanceof FeedLane) this.#judge.doubt(lane, reason)
      },
      tradesMissed: own((lane) => {
        this.#tradesMissed(lane)
      }),
      missed: (missed) => {
        if (!this.#judge.replaying) events.missed(missed)
      }
    }
  }

  #read(bytes: Uint8Array): boolean {
    this.#judge.at = this.#parts.clock.now()
    this.#judge.bytes = bytes
    this.#last = undefined
    this.#namesMany = false
    const reading = this.#reading.settled(() => this.#reader.read(bytes, this.#sink))
    if (reading === 'malformed') this.#refuse(this.#last)
    if (reading !== 'ordinary') return reading === 'taken'
    this.ordinary++
    return this.#decode(bytes)
  }

  get #provesLosses(): boolean {
    const { integrity } = this.#parts.venue.spec
    return integrity === 'chained' || integrity === 'snapshot-only'
  }

  #decode(bytes: Uint8Array): boolean {
    let isRead = true
    for (const event of this.#reading.events(this.#reader, bytes)) {
      if (event.kind === 'malformed') {
        this.#reading.reject(event.reason)
        this.#refuse(this.#last)
        isRead = false
      } else if (event.kind === 'reference') this.#refer(event)
      else this.#parts.events.said(event)
    }
    return isRead
  }

  /** What could not be read may have been anything: the book it names is lost, or any of this line where it names none or several and no chain will tell. */
  #refuse(lane: FeedLane | undefined): void {
    const isAnyones = !lane || this.#namesMany
    if (isAnyones && !this.#judge.replaying) {
      if (this.#provesLosses) this.#parts.events.garbled()
      else this.#parts.events.missed(NaN)
    }
    if (!lane) return
    lane.counters.rejected++
    this.#judge.lose(lane, `${this.#reading.reason} at ${timeOf(this.#judge.at, true)}`)
  }

  #lane(symbol: string): Lane | undefined {
    const lane = this.#parts.lane(symbol)
    if (this.#judge.replaying && lane !== this.#judge.replaying) return undefined
    if (this.#last && this.#last !== lane) this.#namesMany = true
    this.#last = lane
    return lane
  }

  /** After the frame at hand: readers need not be re-entrant. */
  #replayWaiting(): void {
    const judge = this.#judge
    for (let lane = judge.fresh.pop(); lane; lane = judge.fresh.pop()) {
      judge.replaying = lane
      for (const bytes of lane.pending.drain()) {
        judge.bytes = bytes
        if (this.#reading.settled(() => this.#reader.read(bytes, this.#sink)) === 'malformed')
          this.#refuse(lane)
      }
      judge.replaying = undefined
      judge.joined(lane)
    }
  }

  #trades(lane: FeedLane): void {
    const { trades } = lane
    const catching = this.#judge.catching !== undefined
    // What was traded before somebody watched it cannot be told from the few that the line before has not brought.
    if (catching && lane.begunAt > this.#since) {
      this.#tradesMissed(lane)
      return
    }
    const missed = lane.told.keepNews(trades, catching ? this.#since : NaN)
    // What came before the first of those who watch is nobody's loss.
    if (missed > 0 && this.#parts.venue.countsTrades && lane.counters.trades > 0) this.#tradesMissed(lane)
    if (trades.count === 0) return
    lane.tradedAt = this.#parts.clock.mono()
    const at = trades.at[trades.count - 1]!
    if (!catching) this.#parts.events.traded(at, lane.dealtAt)
    lane.dealtAt = at
    if (!catching && lane.halt.traded(trades)) {
      lane.say('syncing', 'it trades again, waiting for a snapshot')
      this.#parts.events.needsSnapshot(lane)
    }
    lane.counters.trades++
    this.#parts.listener.onTrades(lane.id, trades, this.#judge.at)
  }

  /** Since when cannot be told but by the last that was told: other instruments and other lines go on meanwhile. */
  #tradesMissed(lane: FeedLane): void {
    const { clock, listener } = this.#parts
    // What a line brought that takes over, it brought since it was begun.
    const from = Math.min(lane.tradedAt, this.#judge.catching ? this.#since : Infinity)
    listener.onTradesLost(lane.id, millis(clock.now() - (clock.mono() - from)))
  }

  /** Counts a message of the stream; false when it was counted before. */
  #counted(lane: FeedLane, isBook = false): boolean {
    if (this.#judge.replaying) return false
    lane.counters.frames++
    this.#parts.events.heard(lane, isBook)
    return true
  }

  /** Counts it; false where the line before has told the like of it. */
  #isNews(lane: FeedLane): boolean {
    return this.#counted(lane) && !this.#judge.catching
  }

  #refer({ symbol, reference }: Extract<VenueEvent, { kind: 'reference' }>): void {
    const lane = this.#parts.lane(symbol)
    if (!lane) return
    lane.refer(reference)
    this.#referred(lane)
  }

  #referred(lane: FeedLane): void {
    if (!this.#isNews(lane)) return
    this.#parts.events.referred(lane)
    lane.referred(this.#judge.at)
  }
}
