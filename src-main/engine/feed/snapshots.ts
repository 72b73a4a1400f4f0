import { millis } from '../../../src-shared/units'
import type { Endpoints, Reader, Venue } from '../venues/venue'
import { Backoff } from './backoff'
import type { Clock } from './clock'
import type { Held, Intake } from './intake'
import type { FeedLane } from './lane'
import type { Rest } from './rest'
import type { HttpAnswer } from './transport'

/** An in-band snapshot that has not come by then is asked for again. */
const IN_BAND_MS = 5_000
/** The budget of weight guards the venue; a book that keeps failing need not wait longer than this. */
const MOST_WAIT_MS = 10_000

export interface SnapshotParts {
  readonly venue: Venue
  readonly rest: Rest
  readonly intake: Intake
  readonly clock: Clock
  readonly chance: () => number
  readonly endpoints: () => Endpoints
  /** Smaller goes first. */
  readonly rank: (lane: FeedLane) => number
  /** Asks over the link that carries this lane's book. */
  readonly ask: (lane: FeedLane, texts: (reader: Reader) => readonly string[]) => void
  /** What an answer held against the book that stood. */
  readonly onHeld: (lane: FeedLane, held: Held) => void
}

interface Errand {
  readonly backoff: Backoff
  notBefore: number
  /** Takes back what is planned or under way; undefined when nothing is. */
  cancel: (() => void) | undefined
}

/** Snapshots of a venue's books: one in flight a book, sooner for what the user looks at, later and later for a book that keeps failing. */
export class Snapshots {
  readonly #parts: SnapshotParts
  readonly #errands = new Map<FeedLane, Errand>()
  #requests = 1_000_000

  constructor(parts: SnapshotParts) {
    this.#parts = parts
  }

  /** Asking twice is one request. */
  ask(lane: FeedLane): void {
    const errand = this.#errand(lane)
    if (errand.cancel) return
    const { clock } = this.#parts
    const mono = clock.mono()
    const wait = Math.max(0, errand.notBefore - mono)
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

  /** Asks only to hold the book against it: no sign of trouble, so it makes nobody wait longer. */
  probe(lane: FeedLane): void {
    const errand = this.#errand(lane)
    if (!errand.cancel) this.#send(lane, errand)
  }

  /** The subscription itself brings one in the stream: only ask if it does not come. */
  expect(lane: FeedLane): void {
    const errand = this.#errand(lane)
    errand.cancel?.()
    this.#await(lane, errand)
  }

  /** One was committed. */
  came(lane: FeedLane): void {
    const errand = this.#errand(lane)
    errand.cancel?.()
    errand.cancel = undefined
    lane.plannedAt = undefined
    if (lane.isFollowed) errand.backoff.recovered(this.#parts.clock.mono())
  }

  /** A diff was applied to a live book: only this, for a minute, counts as recovered. */
  advanced(lane: FeedLane): void {
    this.#errands.get(lane)?.backoff.recovered(this.#parts.clock.mono())
  }

  /** The link is lost: an answer under way belongs to the past. */
  drop(lane: FeedLane): void {
    const errand = this.#errands.get(lane)
    errand?.cancel?.()
    if (errand) errand.cancel = undefined
    lane.plannedAt = undefined
  }

  /** The lane is watched no more. */
  forget(lane: FeedLane): void {
    this.drop(lane)
    this.#errands.delete(lane)
  }

  #send(lane: FeedLane, errand: Errand): void {
    const { venue, rest, endpoints, rank, ask } = this.#parts
    const { snapshot } = venue
    if (snapshot.kind === 'in-band') {
      const id = ++this.#requests
      ask(lane, (reader) => snapshot.request([lane.symbol], id, reader))
      this.#await(lane, errand)
      return
    }
    const request = snapshot.request(lane.symbol, endpoints())
    if (!lane.isFollowed) this.#plan(lane, rest.waitMs(request.weight))
    errand.cancel = rest.get({
      ...request,
      rank: () => rank(lane),
      answered: (answer) => {
        errand.cancel = undefined
        this.#answered(lane, answer)
      }
    })
  }

  #answered(lane: FeedLane, answer: HttpAnswer): void {
    if (!answer.ok) {
      this.#excuse(lane, `no snapshot, ${answer.reason}`)
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
      lane.say(state, reason)
    }
  }

  /** Why there is no book yet. What stands as live is not spoken of: it was only probed. */
  #excuse(lane: FeedLane, reason: string): void {
    if (!lane.isFollowed) lane.say(lane.status.state === 'gap' ? 'gap' : 'syncing', reason)
  }

  #await(lane: FeedLane, errand: Errand): void {
    const { clock } = this.#parts
    // Said with the next status, not by itself: it usually comes at once.
    if (!lane.isFollowed) lane.plannedAt = millis(Math.round(clock.now() + IN_BAND_MS))
    errand.cancel = clock.after(IN_BAND_MS, () => {
      errand.cancel = undefined
      this.ask(lane)
    })
  }

  #errand(lane: FeedLane): Errand {
    let errand = this.#errands.get(lane)
    if (!errand) {
      errand = {
        backoff: new Backoff(this.#parts.chance, MOST_WAIT_MS),
        notBefore: -Infinity,
        cancel: undefined
      }
      this.#errands.set(lane, errand)
    }
    return errand
  }
}
