import { clock as timeOf } from '../../../src-shared/format'
import { millis } from '../../../src-shared/units'
import type { Book } from '../book/book'
import type { Changes } from '../book/changes'
import type { Reader } from '../venues/venue'
import type { Clock } from './clock'
import { isUnmoved, lost } from './continuity'
import type { IntakeEvents } from './intake-events'
import type { FeedLane } from './lane'
import type { FeedListener } from './listener'
import type { Proof } from './proof'

export interface BookJudgeParts {
  readonly clock: Clock
  readonly listener: FeedListener
  readonly events: IntakeEvents
  readonly proof: Proof
  /** True where a snapshot counts as live without a diff that joins it: in the stream itself. */
  readonly trustsSnapshots: boolean
  /** True where nobody can be asked (a tape): a book whose price went beyond its snapshot is followed all the same. */
  readonly followsBeyond: boolean
  /** True where all that comes are whole books. */
  readonly onlySnapshots: boolean
  /** True where every snapshot bears the time at which it was made. */
  readonly isStamped: boolean
  /** True where frames that wait for a snapshot are kept: one from REST says nothing of what comes meanwhile. */
  readonly keepsFrames: boolean
}

/** Decides what each book message does to its book, and what the book may be called after it. */
export class BookJudge {
  /** Wall time of the message at hand. */
  at = millis(NaN)
  /** The frame it came in. */
  bytes: Uint8Array = new Uint8Array(0)
  /** Who reads it. */
  reader: Reader | undefined
  /** Whose kept frames are being read again; the listener is spared them. */
  replaying: FeedLane | undefined
  /** Books that another line's frames have touched: they are told once, as they stand in the end. */
  catching: Set<FeedLane> | undefined
  /** Books with a snapshot in the message at hand. */
  readonly fresh: FeedLane[] = []
  readonly #parts: BookJudgeParts

  constructor(parts: BookJudgeParts) {
    this.#parts = parts
  }

  /** A whole message in the lane's changes. */
  take(lane: FeedLane): void {
    const { changes } = lane
    const before = lane.venueAt
    if (Number.isFinite(changes.at)) lane.venueAt = changes.at
    if (changes.isSnapshot) this.snapshot(lane, before)
    else this.#diff(lane, before)
  }

  /** `before`: venue time of the message before it, NaN for an answer of REST. */
  snapshot(lane: FeedLane, before = NaN): void {
    const { changes, book, counters, sync } = lane
    const stood = sync.state !== 'void'
    // Held up on its way: older by the venue's own time and not ahead by its id. One that counts anew is younger.
    if (stood && !(changes.last >= book.sequence) && changes.at < before && !this.catching) {
      counters.stale++
      return
    }
    if (!stood && this.#isOfBefore(lane)) {
      counters.stale++
      this.#parts.events.needsSnapshot(lane)
      return
    }
    if (this.#parts.isStamped && this.#isOldMessage(lane)) {
      counters.stale++
      if (stood) this.#repeated(lane)
      else this.#parts.events.needsSnapshot(lane)
      return
    }
    const isRepeated =
      stood && (changes.last === book.sequence || Number.isNaN(changes.last)) && changes.at <= before
    const { sequence } = book
    counters.snapshots++
    if (this.#parts.onlySnapshots) sync.successor(changes)
    else sync.snapshot(changes)
    lane.restarts.followed()
    this.#parts.proof.renewed(lane)
    if (!this.#parts.proof.checksum(lane, changes.checksum)) return
    if (stood && isUnmoved(changes, sequence)) this.#parts.events.confirmed(lane, 'snapshot')
    // One that is only repeated is no sign of life.
    if (isRepeated) this.#repeated(lane)
    else lane.heard = this.#parts.clock.mono()
    // Where all that comes are whole books, it says neither that the book stands nor that a question was heard.
    if (!isRepeated || !this.#parts.onlySnapshots || this.catching) this.fresh.push(lane)
    // First what it may be called: a group takes in only what is live.
    this.#parts.proof.crossed(lane, true)
    if (lane.isFollowed) this.#tell(lane)
  }

  /**
   * A stream brings a snapshot after all that is in it: one that ends before the last change heard of was held up, and what it lacks is never told again.
   * Refused once, as the venue may also have begun to count anew: then the next one says the same.
   */
  #isOfBefore(lane: FeedLane): boolean {
    if (!this.#parts.trustsSnapshots || this.catching || !(lane.changes.last < lane.heardOf)) return false
    lane.heardOf = NaN
    return true
  }

  /**
   * What is stuck on its way, or with the venue, would else pass for an answer for ever. Nothing is stuck longer than its line: what another line begins with is the
   * venue's answer, though nothing has changed.
   */
  #isOldMessage(lane: FeedLane): boolean {
    const { bytes, reader } = this
    const { latestSnapshot: latest } = lane
    if (latest?.reader === reader && latest?.bytes.equals(bytes)) return true
    lane.latestSnapshot = { bytes: Buffer.from(bytes), reader }
    return false
  }

  #diff(lane: FeedLane, before: number): void {
    const { sync, changes } = lane
    const last = lane.book.sequence
    if (this.catching && sync.state === 'joined' && isOfBefore(changes, last)) {
      this.#stale(lane)
      return
    }
    switch (sync.diff(changes)) {
      case 'applied':
        this.#applied(lane, before, last)
        return
      case 'stale':
        this.#stale(lane)
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
    lane.void('gap', `${missing} lost at ${timeOf(this.at, true)}, resyncing`)
  }

  #applied(lane: FeedLane, before: number, last: number): void {
    const { clock, events, proof } = this.#parts
    const { changes } = lane
    lane.counters.applied++
    lane.restarts.followed()
    if (!proof.checksum(lane, changes.checksum)) return
    // Where no ids tell a repeated message from a new one, its time does.
    const isSameId = Number.isNaN(changes.last) || changes.last === last
    if (!(isSameId && changes.at <= before)) lane.heard = clock.mono()
    if (!proof.quote(lane)) return
    if (!this.#parts.followsBeyond && isBeyondKnown(lane.book)) {
      this.lose(lane, `the price went beyond what the snapshot held at ${timeOf(this.at, true)}`)
      return
    }
    proof.moved(lane)
    if (lane.book.crossed) lane.counters.crossed++
    proof.crossed(lane)
    if (lane.sync.state === 'void') return
    const isOld = isSameId && changes.at <= before
    if (!isOld && !this.replaying && !this.catching) lane.halt.moved(changes)
    const isBack = !lane.isFollowed && !this.replaying && !this.catching
    if (isBack && events.wentOn(lane)) {
      this.lose(lane, `what came before its stream went on at ${timeOf(this.at, true)} is not known`)
      return
    }
    if (isBack) lane.follow()
    if (lane.isFollowed) this.#tell(lane)
    // The venue itself says that nothing has changed: a pause that it ends is no measure of how often the book moves.
    const isEmpty = changes.bids.count + changes.asks.count === 0
    if (isEmpty && changes.last === last && changes.at > before) events.confirmed(lane, 'keepalive')
    else events.advanced(lane)
  }

  #stale(lane: FeedLane): void {
    lane.counters.stale++
    if (this.replaying || this.catching) return
    if (lane.sync.state === 'joined') this.#repeated(lane)
    if (lane.restarts.known(lane.changes.last, this.#parts.clock.mono()))
      this.#lose(lane, `the venue began to count anew at ${timeOf(this.at, true)}`, NaN)
  }

  #repeated(lane: FeedLane): void {
    if (!this.replaying && !this.catching) this.#parts.events.repeated(lane)
  }

  #tell(lane: FeedLane): void {
    if (this.catching) {
      this.catching.add(lane)
      return
    }
    lane.keepStep()
    this.#parts.listener.onBook(lane.id, lane.book, lane.changes, this.at)
  }

  /** A snapshot in the stream itself comes after everything before it: only those of another channel need what came meanwhile. */
  #wait(lane: FeedLane): void {
    lane.counters.waited++
    if (this.#parts.keepsFrames) this.#keep(lane)
    else lane.heardOf = lane.changes.last
    this.#parts.events.needsSnapshot(lane)
  }

  #keep(lane: FeedLane): void {
    const { pending, changes, counters } = lane
    // Older than all that waits: the venue counts anew, and what waits belongs to the old count.
    if (changes.last < lane.waitingFrom) pending.clear()
    if (pending.count === 0) lane.waitingFrom = changes.first
    if (!pending.add(this.bytes)) counters.overflows++
  }

  /** Proof from elsewhere that this book lost something. */
  doubt(lane: FeedLane, reason: string): void {
    if (lane.sync.state === 'void') return
    lane.counters.gaps++
    this.lose(lane, `${reason} at ${timeOf(this.at, true)}`)
  }

  /** The book cannot be what the venue has: void, and another is asked for. */
  lose(lane: FeedLane, reason: string): void {
    this.#lose(lane, reason, lane.book.sequence)
  }

  #lose(lane: FeedLane, reason: string, heardOf: number): void {
    lane.void('gap', `${reason}, resyncing`)
    lane.heardOf = heardOf
    this.#parts.events.needsSnapshot(lane)
  }

  /** A snapshot stands and what waited for it has been read. */
  joined(lane: FeedLane): void {
    const { trustsSnapshots, events } = this.#parts
    if (lane.sync.state === 'void') return
    if (!lane.isFollowed && (trustsSnapshots || lane.sync.state === 'joined')) this.confirm(lane)
    events.tookSnapshot(lane)
  }

  /**
   * Followed, and told with a message that changes nothing: what lies in `changes` may have been dropped as stale. `anew`: told as a snapshot, because the
   * listener was spared what came before.
   */
  confirm(lane: FeedLane, anew = false): void {
    const { changes, book } = lane
    changes.reset().isSnapshot = anew
    changes.first = changes.last = book.sequence
    Object.assign(changes.touchBefore, book.touch)
    Object.assign(changes.touchAfter, book.touch)
    lane.follow()
    if (lane.isFollowed) this.#tell(lane)
  }
}

/** Another line tells it again. Rules that go by identity alone take it for a gap; of one count, ids rise, or stay while nothing changes. */
const isOfBefore = ({ previous, last }: Changes, sequence: number): boolean =>
  (previous < last && last <= sequence) || (previous === last && last < sequence)

/** A better price than the touch may rest unknown: nothing told of it since the snapshot, which ended before. */
const isBeyondKnown = ({ bids, asks, touch }: Book): boolean =>
  (bids.known > -Infinity && !(touch.bid >= bids.known)) ||
  (asks.known < Infinity && !(touch.ask <= asks.known))
