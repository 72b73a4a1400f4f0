import { clock as timeOf } from '../../../src-shared/format'
import { millis } from '../../../src-shared/units'
import type { BookSource, Endpoints, Venue } from '../venues/venue'
import { BookAudit } from './book-audit'
import type { Clock } from './clock'
import type { Intake } from './intake'
import type { FeedLane } from './lane'
import type { Rest } from './rest'

/** A book that nothing proves is replaced by a snapshot from REST this often. */
const REST_MS = 60_000
/** A whole book to be compared may be megabytes. */
const COMPARED_MS = 300_000
/** In the stream a snapshot means to leave and join again. */
const IN_BAND_MS = 600_000
/** A book that fails the venue's own checks: soon, because losses may be the cause, then ever more rarely, because the venue may be. */
const UNVERIFIED_MS = 120_000
/** What was under way when the venue answered has come by then. */
const SETTLED_MS = 1_000
/** After so many comparisons in a row that failed, the venue's answers are no measure of its stream. */
const MOST_DIFFERENCES = 3

export interface AuditParts {
  readonly venue: Venue
  readonly clock: Clock
  readonly rest: Rest
  readonly intake: Intake
  readonly endpoints: () => Endpoints
  /** Smaller goes first. */
  readonly rank: (lane: FeedLane) => number
  /** A fresh snapshot is to replace the book. */
  readonly probe: (lane: FeedLane) => void
}

interface Schedule {
  /** Monotonic ms at which the book was fresh, or an audit began. */
  since: number
  everyMs: number
  /** For a book that fails the venue's own checks. */
  isUnverified: boolean
  /** A comparison under way. */
  audit: BookAudit | undefined
  cancel: () => void
}

/**
 * Books whose losses nobody would notice (unverifiable ones, and those whose checksum sees but the best levels) and books that fail the venue's own checks: held
 * against the whole book where the venue has one to compare, else replaced by a fresh snapshot. Neither leaves live for it.
 */
export class Audits {
  readonly #parts: AuditParts
  readonly #everyMs: number
  readonly #isDoubtful: boolean
  readonly #schedules = new Map<FeedLane, Schedule>()
  readonly #differences = new WeakMap<FeedLane, number>()

  constructor(parts: AuditParts) {
    const { snapshot, spec, audit } = parts.venue
    this.#parts = parts
    this.#everyMs = audit ? COMPARED_MS : snapshot.kind === 'rest' ? REST_MS : IN_BAND_MS
    this.#isDoubtful = spec.integrity === 'unverifiable' || spec.integrity === 'checksummed'
  }

  /** Once a second for every lane. */
  tick(lane: FeedLane): void {
    if (!lane.isFollowed || !(this.#isDoubtful || lane.isUnverified)) {
      this.forget(lane)
      return
    }
    const schedule = this.#schedule(lane)
    const mono = this.#parts.clock.mono()
    if (mono - schedule.since < schedule.everyMs) return
    if (lane.isUnverified) schedule.everyMs = Math.min(2 * schedule.everyMs, IN_BAND_MS)
    this.#begin(lane, schedule)
    lane.counters.audits++
    this.#audit(lane, schedule)
  }

  /** A message was committed. */
  moved(lane: FeedLane): void {
    if (this.#schedules.size > 0) this.#schedules.get(lane)?.audit?.moved(lane.changes)
  }

  /** A snapshot was committed: what is being compared is another book. */
  renewed(lane: FeedLane): void {
    const schedule = this.#schedules.get(lane)
    if (!schedule) return
    stop(schedule)
    this.#begin(lane, schedule)
  }

  forget(lane: FeedLane): void {
    lane.recheckAt = undefined
    const schedule = this.#schedules.get(lane)
    if (schedule) stop(schedule)
    this.#schedules.delete(lane)
  }

  #schedule(lane: FeedLane): Schedule {
    const { isUnverified } = lane
    let schedule = this.#schedules.get(lane)
    if (schedule?.isUnverified !== isUnverified) {
      const everyMs = isUnverified ? Math.min(UNVERIFIED_MS, this.#everyMs) : this.#everyMs
      if (schedule) Object.assign(schedule, { everyMs, isUnverified })
      else schedule = { since: NaN, everyMs, isUnverified, audit: undefined, cancel: () => undefined }
      this.#schedules.set(lane, schedule)
      this.#begin(lane, schedule)
    }
    return schedule
  }

  /** From now on until the next; where the book is unverified, that is said. */
  #begin(lane: FeedLane, schedule: Schedule): void {
    const { clock } = this.#parts
    schedule.since = clock.mono()
    lane.recheckAt = lane.isUnverified ? millis(Math.round(clock.now() + schedule.everyMs)) : undefined
    if (lane.isUnverified && lane.isFollowed) lane.follow(lane.status.checkedAt)
  }

  #audit(lane: FeedLane, schedule: Schedule): void {
    const { venue, probe } = this.#parts
    const isMeasure = (this.#differences.get(lane) ?? 0) < MOST_DIFFERENCES
    if (venue.audit && isMeasure && !lane.isUnverified) this.#ask(lane, schedule, venue.audit)
    else probe(lane)
  }

  #ask(lane: FeedLane, schedule: Schedule, source: BookSource): void {
    const { clock, rest, intake, endpoints, rank, probe } = this.#parts
    const { venueAt, instrument } = lane
    const { price, size } = instrument
    const isSameGrid = () => lane.instrument.price === price && lane.instrument.size === size
    const audit = new BookAudit()
    stop(schedule)
    schedule.audit = audit
    schedule.cancel = rest.get({
      ...source.request(lane.symbol, endpoints()),
      rank: () => rank(lane),
      answered: (answer) => {
        const isRead = answer.ok && intake.compared(lane, answer.bytes, source)
        // An answer from before the question (a cache) may lack what moved between the two.
        if (!isRead || !isSameGrid() || !(lane.changes.at >= venueAt)) {
          stop(schedule)
          probe(lane)
          return
        }
        audit.answered(lane.changes)
        schedule.cancel = clock.after(SETTLED_MS, () => {
          stop(schedule)
          if (isSameGrid()) this.#judge(lane, audit)
        })
      }
    })
  }

  #judge(lane: FeedLane, audit: BookAudit): void {
    if (!lane.isFollowed) return
    const { intake, clock } = this.#parts
    const differing = audit.differing(lane.book)
    this.#differences.set(lane, differing > 0 ? (this.#differences.get(lane) ?? 0) + 1 : 0)
    if (!(differing > 0)) return
    const levels = differing === 1 ? '1 level' : `${differing} levels`
    lane.counters.gaps++
    intake.lose(lane, `${levels} differed from the venue’s whole book at ${timeOf(clock.now(), true)}`)
  }
}

function stop(schedule: Schedule): void {
  schedule.cancel()
  schedule.cancel = () => undefined
  schedule.audit = undefined
}
