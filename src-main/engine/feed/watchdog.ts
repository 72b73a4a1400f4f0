import { clock as timeOf } from '../../../src-shared/format'
import type { BookState } from '../../../src-shared/status'
import { millis } from '../../../src-shared/units'
import type { Clock } from './clock'
import type { FeedLane } from './lane'
import type { Link } from './link'
import { Pulse } from './pulse'
import type { Stalls } from './stalls'

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
/** Answers that the stream was ahead of: then it is joined anew, then a new line is wanted. Questions in a stream join it anew themselves. */
const REJOIN_AT = 2
const STALLED_AT = 3
/** So long after the first question in the stream that was not answered, when none was since, a new line is wanted; later, a line of silent books is given up. */
const UNANSWERED_MS = 3_000
const SURE_MS = 6_000
/** A stalled book is held against the venue ever less often, but as often as this. */
const MOST_PROBE_MS = 30_000

const BUSY = 'the engine was busy, nothing heard'
const waiting: ReadonlySet<BookState> = new Set<BookState>(['syncing', 'gap'])

export interface WatchdogParts {
  readonly clock: Clock
  readonly bookLink: (symbol: string) => Link | undefined
  /** A snapshot is asked for, to hold the book against it. */
  readonly probe: (lane: FeedLane) => void
  readonly settle: (lane: FeedLane) => void
  /** False while the venue has not answered that this book is subscribed. */
  readonly isConfirmed: (lane: FeedLane) => boolean
  readonly checkCrossed: (lane: FeedLane) => void
  readonly stalls: Stalls
}

interface Watch {
  readonly pulse: Pulse
  /** `heard` of the lane when it was probed, so that one pause is probed once. */
  probedAt: number
  /** Monotonic ms since which something speaks against the book and nothing for it; NaN while nothing does. */
  suspectSince: number
  /** What that is, in words. */
  suspicion: string
  /** In a row: answers with news that the stream had not brought, or questions in the stream that it did not answer. */
  missed: number
  /** Monotonic ms of the first of them. */
  missedSince: number
  /** What that is, in words. */
  trouble: string
  /** Monotonic ms from which on a new line is wanted; NaN while none is. */
  stalledAt: number
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
    watch.suspectSince = NaN
    settled(watch)
  }

  /** Its stream goes on; true where the venue had been ahead of it. */
  wentOn(lane: FeedLane): boolean {
    const watch = this.#watch(lane)
    const hadStopped = watch.missed > 0
    settled(watch)
    return hadStopped
  }

  /** The stream brought a whole book that was asked for in it, or its line is no more. */
  answered(lane: FeedLane): void {
    settled(this.#watch(lane))
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
    if (lane.sync.state !== 'void') this.#suspect(lane, BUSY)
  }

  /** All that came meanwhile has been read. */
  excused(lane: FeedLane): void {
    const watch = this.#watch(lane)
    if (watch.suspicion === BUSY) watch.suspectSince = NaN
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
    settled(watch)
    if (lane.isFollowed) lane.follow(this.#parts.clock.now())
  }

  /** The venue's own quote shows the touch of the book. For a slow book that is as good as a probe; a busy one should have moved. */
  agreed(lane: FeedLane): void {
    if (this.#watch(lane).pulse.isSlow) lane.heard = this.#parts.clock.mono()
  }

  /** A snapshot held more than the stream had brought: once may be chance; then the stream is joined anew, then a new line is wanted. */
  outdated(lane: FeedLane): void {
    const watch = this.#missed(lane)
    const rejoined = watch.missed < REJOIN_AT ? '' : ', subscribed anew'
    watch.trouble = `the venue is ahead of what it sends since ${this.#since(watch)}${rejoined}`
    if (watch.missed === REJOIN_AT) this.#parts.bookLink(lane.symbol)?.resubscribe(lane.symbol)
    lane.plannedAt = millis(Math.ceil(this.#parts.clock.now() + this.#probeMs(lane, watch)))
    if (watch.missed === STALLED_AT) watch.stalledAt = this.#parts.clock.mono()
    this.#heal(lane, watch)
    this.#tell(lane, watch)
  }

  /** What was asked for in the stream has not come in time. */
  unanswered(lane: FeedLane): void {
    const awaits = waiting.has(lane.status.state) && this.#parts.isConfirmed(lane)
    if (lane.sync.state === 'void' && !awaits) return
    const watch = this.#missed(lane)
    if (watch.missed === 1) watch.stalledAt = watch.missedSince + UNANSWERED_MS
    const times = watch.missed === 1 ? 'once' : `${watch.missed} times`
    watch.trouble = `the venue has not answered since ${this.#since(watch)}, asked ${times}`
    // One answer may be lost, and the next come before that tells anything of a book that stands.
    if (watch.missed > 1 || lane.sync.state === 'void') this.#tell(lane, watch)
  }

  /** It brings nothing, though the venue was asked. */
  isSilent(lane: FeedLane): boolean {
    return !lane.isFollowed && (this.#watch(lane).missed > 0 || !this.#parts.isConfirmed(lane))
  }

  /** Its stream has stopped: a line that takes over begins it anew. */
  isStalled(lane: FeedLane): boolean {
    return this.#parts.clock.mono() >= this.#watch(lane).stalledAt
  }

  #missed(lane: FeedLane): Watch {
    const watch = this.#watch(lane)
    if (watch.missed++ === 0) watch.missedSince = this.#parts.clock.mono()
    return watch
  }

  #heal(lane: FeedLane, { missed, missedSince, stalledAt }: Watch): void {
    const mono = this.#parts.clock.mono()
    if (!(mono >= stalledAt)) return
    this.#parts.stalls.replace(lane, missed >= STALLED_AT || mono - missedSince >= SURE_MS)
  }

  #since({ missedSince }: Watch): string {
    const { clock } = this.#parts
    return timeOf(millis(clock.now() - (clock.mono() - missedSince)))
  }

  /** What is wrong, since when, what was done and what comes next. Of a line that failed with it, the line speaks. */
  #tell(lane: FeedLane, { trouble }: Watch): void {
    const { bookLink, stalls } = this.#parts
    if (!bookLink(lane.symbol)?.isOpen) return
    const words = trouble + stalls.words(lane)
    if (lane.sync.state !== 'void') lane.doubt(words)
    else if (waiting.has(lane.status.state)) lane.say(lane.status.state, words)
  }

  /** After how long a silence the venue is asked, ms. */
  #probeMs(lane: FeedLane, { pulse, missed }: Watch): number {
    const usual = pulse.allowanceMs(lane.status.checkedAt !== undefined) * PROBE_AT
    return missed < STALLED_AT
      ? usual
      : Math.max(usual, Math.min(MOST_PROBE_MS, usual * 2 ** (missed - STALLED_AT)))
  }

  /** Once a second for every lane. */
  tick(lane: FeedLane): void {
    const { clock, bookLink, checkCrossed, isConfirmed, probe } = this.#parts
    const link = bookLink(lane.symbol)
    const watch = this.#watch(lane)
    this.#heal(lane, watch)
    if (this.isStalled(lane) && !lane.isFollowed) this.#tell(lane, watch)
    if (!link?.isOpen || lane.sync.state === 'void') return
    checkCrossed(lane)
    const age = clock.mono() - lane.heard
    const allowanceMs = watch.pulse.allowanceMs(lane.status.checkedAt !== undefined)
    if (age <= allowanceMs) this.#settle(lane, watch, age)
    const suspectFor = clock.mono() - watch.suspectSince
    const isDue = age > this.#probeMs(lane, watch) || suspectFor > SUSPICIOUS_MS
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
      const nothing = { probedAt: NaN, suspectSince: NaN, suspicion: '', missedSince: NaN, trouble: '' }
      watch = { pulse: new Pulse(), ...nothing, missed: 0, stalledAt: NaN }
      this.#watches.set(lane, watch)
    }
    return watch
  }
}

/** The stream goes on, or the venue says that there is nothing to go on with. */
function settled(watch: Watch): void {
  watch.missed = 0
  watch.stalledAt = NaN
}
