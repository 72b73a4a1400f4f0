import type { Clock } from './clock'
import type { FeedLane } from './lane'
import type { Link } from './link'
import { Pulse } from './pulse'

/** A quiet book is held against the venue at this share of its allowance, so that a lull never looks like a stall. */
const PROBE_AT = 0.6
/** A snapshot that nothing contradicted for so long stands for the book. */
const SETTLE_MS = 1_000
/** After something suspicious nothing new for so long: the venue is asked; without an answer the book is doubted. */
const SUSPICIOUS_MS = 500
const MOST_SUSPICIOUS_MS = 4_000
/** A link whose busy books all fell silent is taken for dead after this long. */
const DEAD_MS = 10_000
const BUSY_MS = 5_000

export interface WatchdogParts {
  readonly clock: Clock
  readonly bookLink: (symbol: string) => Link | undefined
  /** A snapshot is asked for, to hold the book against it. */
  readonly probe: (lane: FeedLane) => void
  readonly settle: (lane: FeedLane) => void
  /** False while the venue has not answered that this book is subscribed. */
  readonly isConfirmed: (lane: FeedLane) => boolean
  readonly checkCrossed: (lane: FeedLane) => void
}

interface Watch {
  readonly pulse: Pulse
  /** `heard` of the lane when it was probed, so that one pause is probed once. */
  probedAt: number
  /** Monotonic ms since which something speaks against the book and nothing for it; NaN while nothing does. */
  suspectSince: number
  /** What that is, in words. */
  suspicion: string
  /** Probes in a row that found news which the stream had not brought. */
  missed: number
}

/** Tells quiet books from stalled ones: by their own usual pace, and by asking the venue before anything is torn down. */
export class Watchdog {
  readonly #parts: WatchdogParts
  readonly #watches = new Map<FeedLane, Watch>()

  constructor(parts: WatchdogParts) {
    this.#parts = parts
  }

  /** A diff was applied. */
  beat(lane: FeedLane): void {
    const watch = this.#watch(lane)
    watch.pulse.beat(this.#parts.clock.mono())
    watch.missed = 0
    watch.suspectSince = NaN
  }

  /** An old message came again. A stream that is stuck repeats itself at the pace of what it loses: the venue is asked, and asked again soon after. */
  repeated(lane: FeedLane): void {
    this.#suspect(lane, 'an old message again and again')
  }

  /** A message on its line could not be read and named no book. The next one of a chain will tell, but a quiet book may not have one for long. */
  garbled(lane: FeedLane): void {
    this.#suspect(lane, 'what may have been its last message could not be read, nothing heard')
  }

  /** Nothing was read for a while, so that nothing contradicted it: it stands once it moves, or the venue was asked. */
  stalled(lane: FeedLane): void {
    if (lane.sync.state !== 'void') this.#suspect(lane, 'the engine was busy, nothing heard')
  }

  /** A whole book came that is newer than the one before. */
  renewed(lane: FeedLane): void {
    this.#watch(lane).suspectSince = NaN
  }

  #suspect(lane: FeedLane, suspicion: string): void {
    const watch = this.#watch(lane)
    if (!Number.isNaN(watch.suspectSince)) return
    watch.suspectSince = this.#parts.clock.mono()
    watch.suspicion = suspicion
  }

  interrupt(lane: FeedLane): void {
    const watch = this.#watch(lane)
    watch.pulse.interrupt()
    watch.probedAt = watch.suspectSince = NaN
  }

  forget(lane: FeedLane): void {
    this.#watches.delete(lane)
  }

  /** The venue confirmed that nothing had changed: it was asked, so even an answer that repeats itself is one. */
  confirmed(lane: FeedLane): void {
    const watch = this.#watch(lane)
    lane.heard = this.#parts.clock.mono()
    // A venue that repeats an old message may answer with one, too.
    if (!Number.isNaN(watch.suspectSince)) watch.pulse.suspect()
    watch.suspectSince = NaN
    watch.pulse.confirmedQuiet()
    watch.missed = 0
    if (lane.isFollowed) lane.follow(this.#parts.clock.now())
  }

  /** The venue's own quote shows the touch of the book. For a slow book that is as good as a probe; a busy one should have moved. */
  agreed(lane: FeedLane): void {
    if (this.#watch(lane).pulse.isSlow) lane.heard = this.#parts.clock.mono()
  }

  /** A snapshot held more than the stream had brought: once may be chance; then the stream is joined anew, then the link replaced. */
  outdated(lane: FeedLane): void {
    const watch = this.#watch(lane)
    watch.missed++
    lane.doubt('the venue is ahead of what it sends')
    const link = this.#parts.bookLink(lane.symbol)
    if (watch.missed === 2) link?.resubscribe(lane.symbol)
    if (watch.missed >= 3) {
      watch.missed = 0
      link?.fail('its books have stopped')
    }
  }

  /** Once a second for every lane. */
  tick(lane: FeedLane): void {
    const { clock, bookLink, checkCrossed, isConfirmed, probe } = this.#parts
    const link = bookLink(lane.symbol)
    if (!link?.isOpen || lane.sync.state === 'void') return
    checkCrossed(lane)
    const age = clock.mono() - lane.heard
    const watch = this.#watch(lane)
    const allowanceMs = watch.pulse.allowanceMs(lane.status.checkedAt !== undefined)
    if (age <= allowanceMs) this.#settle(lane, watch, age)
    const suspectFor = clock.mono() - watch.suspectSince
    const isDue = age > allowanceMs * PROBE_AT || suspectFor > SUSPICIOUS_MS
    if (isDue && watch.probedAt !== lane.heard) {
      watch.probedAt = lane.heard
      // An answer says nothing of a book whose changes the venue may never send.
      if (isConfirmed(lane) || watch.missed > 0) probe(lane)
    }
    if (lane.isFollowed && age > allowanceMs)
      lane.doubt(`nothing heard for ${Math.round(age / 1_000)} s, asking`)
    if (lane.isFollowed && suspectFor > MOST_SUSPICIOUS_MS)
      lane.doubt(`${watch.suspicion} for ${Math.round(suspectFor / 1_000)} s, asking`)
    const isBusy = watch.pulse.isKnown && allowanceMs <= BUSY_MS
    if (isBusy && age > DEAD_MS && link.silentFor() > DEAD_MS) link.fail('nothing heard for 10 s')
  }

  /** A snapshot that nothing contradicted, or a book that was only late, is what it is called again. */
  #settle(lane: FeedLane, watch: Watch, age: number): void {
    const { settle, isConfirmed } = this.#parts
    const isDoubtful = watch.missed > 0 || !Number.isNaN(watch.suspectSince)
    if (lane.isFollowed || isDoubtful || !isConfirmed(lane)) return
    const stands = lane.sync.state === 'snapshot' && age > SETTLE_MS && !lane.restarts.isDoubtful
    if (stands || lane.status.state === 'overloaded') settle(lane)
  }

  #watch(lane: FeedLane): Watch {
    let watch = this.#watches.get(lane)
    if (!watch) {
      watch = { pulse: new Pulse(), probedAt: NaN, suspectSince: NaN, suspicion: '', missed: 0 }
      this.#watches.set(lane, watch)
    }
    return watch
  }
}
