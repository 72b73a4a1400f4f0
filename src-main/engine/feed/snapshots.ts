import { millis } from '../../../src-shared/units'
import type { Endpoints, Venue } from '../venues/venue'
import { Backoff } from './backoff'
import { Bombs } from './bombs'
import type { Clock } from './clock'
import type { Held, Intake } from './intake'
import type { FeedLane } from './lane'
import { Patience } from './patience'
import type { Rest } from './rest'
import type { HttpAnswer } from './transport'

/** A request that the line has not sent by then went with a line that is no more. */
const UNSENT_MS = 10_000
/** Four times a book of fifty thousand levels a side. */
const MOST_BYTES = 12 * 2 ** 20
/** The budget of weight guards the venue; a book that keeps failing need not wait longer than this. */
const MOST_WAIT_MS = 10_000
/** One loss often brings the next, and may take the snapshot with it: only after so many requests the waits grow. */
const QUICK_TRIES = 6

export interface SnapshotParts {
  readonly venue: Venue
  readonly rest: Rest
  readonly intake: Intake
  readonly clock: Clock
  readonly chance: () => number
  readonly endpoints: () => Endpoints
  /** Smaller goes first. */
  readonly rank: (lane: FeedLane) => number
  /** Asks over the link that carries this lane's book; `sent` when that has left. */
  readonly ask: (lane: FeedLane, sent: () => void) => void
  /** False when time has jumped: everything is made anew in that very call, and what an answer held is of before. */
  readonly isAwake: () => boolean
  /** What an answer held against the book that stood. */
  readonly onHeld: (lane: FeedLane, held: Held) => void
  /** What was asked for in the stream has not come. */
  readonly onUnanswered: (lane: FeedLane) => void
}

interface Errand {
  readonly backoff: Backoff
  readonly patience: Patience
  readonly bombs: Bombs
  /** Monotonic ms. */
  notBefore: number
  /** As above, whatever becomes of the line: the answers are what no client should take. */
  aloneUntil: number
  /** Takes back what is planned or under way; undefined when nothing is. */
  cancel: (() => void) | undefined
}

/** Snapshots of a venue's books: one in flight a book, sooner for what the user looks at, later and later for a book that keeps failing. */
export class Snapshots {
  readonly #parts: SnapshotParts
  readonly #errands = new Map<FeedLane, Errand>()

  constructor(parts: SnapshotParts) {
    this.#parts = parts
  }

  /** Asking twice is one request. */
  ask(lane: FeedLane): void {
    const errand = this.#errand(lane)
    if (errand.cancel) return
    const { clock } = this.#parts
    const mono = clock.mono()
    const wait = Math.max(0, errand.notBefore - mono, errand.aloneUntil - mono)
    errand.notBefore = mono + wait + errand.backoff.failed(mono)
    if (wait === 0) {
      this.#send(lane, errand)
      return
    }
    this.#plan(lane, wait)
    errand.cancel = clock.after(wait, () => {
      errand.cancel = undefined
      lane.plannedAt = undefined
      this.#send(lane, errand)
    })
  }

  /** A message came that the book cannot take without a snapshot. One asked for in the stream so long ago that it should have come before is lost. */
  missing(lane: FeedLane): void {
    const errand = this.#errand(lane)
    if (errand.cancel && errand.patience.isOverdue(this.#parts.clock.mono())) {
      errand.cancel()
      errand.cancel = undefined
      errand.patience.lost()
      this.ask(lane)
      this.#parts.onUnanswered(lane)
    } else this.ask(lane)
  }

  /** Asks only to hold the book against it: no sign of trouble, so it makes nobody wait longer. */
  probe(lane: FeedLane): void {
    const errand = this.#errand(lane)
    if (!errand.cancel) this.#send(lane, errand)
  }

  /** The subscription itself brings one in the stream: only ask if it does not come. */
  expect(lane: FeedLane): void {
    this.#await(lane, this.#errand(lane))
  }

  /** One has been asked for and has not come: whatever comes unasked answers nothing. */
  isAsked(lane: FeedLane): boolean {
    return this.#errands.get(lane)?.cancel !== undefined
  }

  /** One was committed. */
  came(lane: FeedLane): void {
    const errand = this.#errand(lane)
    errand.cancel?.()
    errand.cancel = undefined
    lane.plannedAt = undefined
    const mono = this.#parts.clock.mono()
    errand.patience.answered(mono)
    if (lane.isFollowed) errand.backoff.recovered(mono)
  }

  /** A diff was applied to a live book: only this, for a minute, counts as recovered. */
  advanced(lane: FeedLane): void {
    this.#errands.get(lane)?.backoff.recovered(this.#parts.clock.mono())
  }

  /**
   * Its line is no more: what failed on it says nothing of the next, which is not made sooner than the venue likes. The venue is guarded
   * by the budget of weight, and by the wait after answers that no client should take.
   */
  lineLost(lane: FeedLane): void {
    this.drop(lane)
    const errand = this.#errands.get(lane)
    if (!errand) return
    errand.backoff.forget()
    errand.notBefore = -Infinity
  }

  /** What was asked for belongs to the past, an answer under way too. */
  drop(lane: FeedLane): void {
    lane.plannedAt = undefined
    const errand = this.#errands.get(lane)
    if (!errand) return
    errand.cancel?.()
    errand.cancel = undefined
    errand.patience.forget()
  }

  /** The lane is watched no more. */
  forget(lane: FeedLane): void {
    this.drop(lane)
    this.#errands.delete(lane)
  }

  #send(lane: FeedLane, errand: Errand): void {
    const { venue, rest, endpoints, rank, isAwake } = this.#parts
    const { snapshot } = venue
    if (snapshot.kind === 'in-band') {
      this.#sendInBand(lane, errand)
      return
    }
    const request = snapshot.request(lane.symbol, endpoints())
    const askedAt = this.#parts.clock.mono()
    if (!lane.isFollowed) this.#plan(lane, rest.waitMs(request.weight))
    errand.cancel = rest.get({
      ...request,
      mostBytes: MOST_BYTES,
      rank: () => rank(lane),
      answered: (answer) => {
        errand.cancel = undefined
        if (isAwake()) this.#answered(lane, errand, answer, askedAt)
      }
    })
  }

  #sendInBand(lane: FeedLane, errand: Errand): void {
    const { ask, clock } = this.#parts
    const unsent = clock.after(UNSENT_MS, () => {
      errand.cancel = undefined
      this.ask(lane)
    })
    errand.cancel = unsent
    // Of several books in one request all are told when its last part has left: the answer may have come, and the next request be planned.
    ask(lane, () => {
      if (errand.cancel === unsent) this.#await(lane, errand)
    })
  }

  #answered(lane: FeedLane, errand: Errand, answer: HttpAnswer, askedAt: number): void {
    if (!answer.ok) {
      const mono = this.#parts.clock.mono()
      if (answer.isBomb) {
        lane.counters.rejected++
        errand.aloneUntil = mono + errand.bombs.came(mono)
      }
      this.#excuse(lane, `no snapshot, ${answer.reason}`)
      this.ask(lane)
      return
    }
    // Where nothing proves a book, what was lost since it was asked for would be missing without a sign.
    if (this.#parts.venue.spec.integrity === 'unverifiable' && askedAt < lane.voidedAt) {
      this.ask(lane)
      return
    }
    const held = this.#parts.intake.snapshot(lane, answer.bytes)
    this.#parts.onHeld(lane, held)
    if (held === 'malformed') this.#excuse(lane, 'the snapshot could not be read')
    if (held === 'older' || held === 'malformed') this.ask(lane)
  }

  /** Says when the request will go, and whether it is the venue that makes it wait. */
  #plan(lane: FeedLane, wait: number): void {
    const { clock, rest } = this.#parts
    const { ban } = rest
    const { state, reason } = lane.status
    if (ban && !lane.isFollowed) lane.say('rate-limited', ban.reason, ban.until)
    else {
      lane.plannedAt = wait > 0 ? millis(Math.round(clock.now() + wait)) : undefined
      // What is followed may be said to be checked, which stands until it is doubted.
      if (!lane.isFollowed) lane.say(state, reason)
    }
  }

  /** Why there is no book yet. What stands as live is not spoken of: it was only probed. */
  #excuse(lane: FeedLane, reason: string): void {
    if (!lane.isFollowed) lane.say(lane.status.state === 'gap' ? 'gap' : 'syncing', reason)
  }

  #await(lane: FeedLane, errand: Errand): void {
    if (this.#errands.get(lane) !== errand) return
    const { clock } = this.#parts
    const patience = errand.patience.asked(clock.mono())
    // Said with the next status, not by itself: it usually comes at once.
    if (!lane.isFollowed) lane.plannedAt = millis(Math.round(clock.now() + patience))
    errand.cancel?.()
    errand.cancel = clock.after(patience, () => {
      errand.cancel = undefined
      errand.patience.expired()
      this.ask(lane)
      // The last word: a line that fails with it takes back what was asked.
      this.#parts.onUnanswered(lane)
    })
  }

  #errand(lane: FeedLane): Errand {
    let errand = this.#errands.get(lane)
    if (!errand) {
      errand = {
        backoff: new Backoff(this.#parts.chance, MOST_WAIT_MS, QUICK_TRIES),
        patience: new Patience(),
        bombs: new Bombs(),
        notBefore: -Infinity,
        aloneUntil: -Infinity,
        cancel: undefined
      }
      this.#errands.set(lane, errand)
    }
    return errand
  }
}
