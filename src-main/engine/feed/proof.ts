import { clock as timeOf } from '../../../src-shared/format'
import type { Venue } from '../venues/venue'
import type { Clock } from './clock'
import { holdQuote, quoteAgrees } from './continuity'
import type { FeedLane } from './lane'
import { CROSSED_SAID_MS } from './lane'

const CROSSED_MS = 1_000
/** So many disagreements in so long are the venue's own mistake: to resync for ever would help nobody. */
const MOST_DISAGREEMENTS = 3
const WITHIN_MS = 300_000
/** A book that has agreed so often in a row since a fresh snapshot is the venue's again: what it disagreed on was lost, not the venue's mistake. */
const AGREEING = 10

interface Record {
  /** Monotonic ms of the latest disagreements. */
  readonly bad: number[]
  /** Agreements in a row since a snapshot that came after the latest of them; NaN before that snapshot. */
  agreed: number
}

/** What the venue says of its own book, held against the rebuilt one: checksums, quotes with the same id, and that no book stays crossed. */
export class Proof {
  readonly #venue: Venue
  readonly #clock: Clock
  readonly #lose: (lane: FeedLane, reason: string) => void
  readonly #records = new WeakMap<FeedLane, Record>()

  /** `lose` voids a book and asks for another. */
  constructor(venue: Venue, clock: Clock, lose: (lane: FeedLane, reason: string) => void) {
    this.#venue = venue
    this.#clock = clock
    this.#lose = lose
  }

  /** A snapshot was committed: what was lost before is made good. */
  renewed(lane: FeedLane): void {
    const record = this.#records.get(lane)
    if (record) record.agreed = 0
  }

  /** The venue's checksum against the book as it stands; false when they differ and the book was voided for it. */
  checksum(lane: FeedLane, told: number): boolean {
    const { checksum } = this.#venue
    if (Number.isNaN(told) || !checksum || lane.sync.state === 'void') return true
    const own = checksum.of(lane.book, lane.instrument, lane.changes)
    if (Number.isNaN(own)) return true
    if (own === told) {
      lane.counters.checksumsOk++
      this.#agreed(lane)
      return true
    }
    lane.counters.checksumsBad++
    return this.#disagreed(lane, 'the book does not match the venue’s checksum')
  }

  /** The venue's quote with the same id as the book against its touch; false when they differ and the book was voided for it. */
  quote(lane: FeedLane): boolean {
    if (lane.sync.state === 'void' || lane.quote.sequence !== lane.book.sequence) return true
    lane.counters.quotesCompared++
    if (quoteAgrees(lane)) {
      lane.counters.quotesEqual++
      this.#agreed(lane)
      return true
    }
    return this.#disagreed(lane, 'the book does not match the venue’s quote')
  }

  /** The venue's quote came, whatever its id: nothing in the stream proves some books, so that quotes which they never meet must. */
  quoted(lane: FeedLane): void {
    if (!this.isUnproven || !holdQuote(lane, this.#clock.mono())) return
    lane.counters.gaps++
    this.#lose(lane, `the book does not match the venue’s best quotes at ${timeOf(this.#clock.now(), true)}`)
  }

  /** The book moved. */
  moved({ touchCheck, book }: FeedLane): void {
    if (this.isUnproven) touchCheck.moved(book.touch)
  }

  /** Nothing in the stream itself proves the venue's books. */
  get isUnproven(): boolean {
    return this.#venue.spec.integrity === 'unverifiable'
  }

  /**
   * A book may not stay crossed for more than a second, and is called so meanwhile; its levels are never deleted to make it look right. A locked one (bid and ask at one price) is no error
   * where its messages prove it; where nothing does, a level that was not taken away looks the same. A whole book is no half of a step: it is called crossed at once.
   */
  crossed(lane: FeedLane, isWhole = false): void {
    const mono = this.#clock.mono()
    const { touch, crossed } = lane.book
    if (!(this.isUnproven ? crossed : touch.bid > touch.ask)) {
      lane.crossedSince = NaN
      if (lane.status.state === 'crossed') lane.follow()
      return
    }
    if (Number.isNaN(lane.crossedSince)) this.#begins(lane, isWhole ? mono - CROSSED_SAID_MS : mono)
    if (mono - lane.crossedSince > CROSSED_MS)
      this.#lose(lane, `bids and asks crossed for more than a second at ${timeOf(this.#clock.now(), true)}`)
    else if (lane.isFollowed && lane.isCrossed) lane.follow()
  }

  /** The next message may be long in coming. */
  #begins(lane: FeedLane, since: number): void {
    lane.crossedSince = since
    if (lane.isCrossed) return
    this.#clock.after(CROSSED_SAID_MS, () => {
      if (lane.crossedSince === since) this.crossed(lane)
    })
  }

  #agreed(lane: FeedLane): void {
    const record = this.#records.get(lane)
    if (!record || !lane.isUnverified || !(++record.agreed >= AGREEING)) return
    lane.isUnverified = false
    if (lane.isFollowed) lane.follow()
  }

  #disagreed(lane: FeedLane, words: string): boolean {
    const mono = this.#clock.mono()
    const record = this.#records.get(lane) ?? { bad: [], agreed: NaN }
    this.#records.set(lane, record)
    record.agreed = NaN
    record.bad.push(mono)
    if (record.bad.length > MOST_DISAGREEMENTS) record.bad.shift()
    const isOften = record.bad.length === MOST_DISAGREEMENTS && mono - record.bad[0]! <= WITHIN_MS
    if (isOften) lane.isUnverified = true
    if (lane.isUnverified) {
      if (lane.isLive) lane.follow()
      return true
    }
    this.#lose(lane, `${words} at ${timeOf(this.#clock.now(), true)}`)
    return false
  }
}
