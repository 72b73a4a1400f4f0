import type { Clock } from './clock'
import type { FeedLane } from './lane'
import { StepWatch } from './step-watch'

/** The list is read again this often: steps change, instruments are halted, come and go, and many venues tell of it nowhere else. */
const EVERY_MS = 3_600_000
/** A refusal or a book in trouble may be the list's to explain: it is read sooner, but no sooner than so long after the last time. */
const SOONEST_MS = 300_000
/** A book that only stands still may as well have no news. */
const SOONEST_QUIET_MS = 900_000
/** What was only a line that broke is made good by then. */
const SUSPECT_MS = 15_000
/** Trouble that lasts so long is no hiccup. */
const LASTING_MS = 60_000
const QUIET_MS = 120_000

interface Standing {
  streamed: number
  /** Monotonic ms. */
  since: number
}

/** When a venue's list of instruments is read again. */
export class Relisting {
  readonly #clock: Clock
  readonly #renew: () => void
  readonly #standing = new WeakMap<FeedLane, Standing>()
  readonly #steps: StepWatch
  /** Monotonic ms. */
  #listedAt: number
  /** Monotonic ms since which a reason is known to read it; NaN while there is none. */
  #suspectSince = NaN

  constructor(clock: Clock, renew: () => void) {
    this.#clock = clock
    this.#renew = renew
    this.#steps = new StepWatch(clock)
    this.#listedAt = clock.mono()
  }

  /** The venue refused a symbol, the line of a halted one is lost, or a book moves in other steps than listed: the list may tell more. */
  suspect(): void {
    if (Number.isNaN(this.#suspectSince)) this.#suspectSince = this.#clock.mono()
  }

  /** Once a second. */
  tick(lanes: readonly FeedLane[]): void {
    const mono = this.#clock.mono()
    const past = mono - this.#listedAt
    for (const lane of lanes) {
      this.#look(lane)
      if (this.#steps.look(lane)) this.suspect()
    }
    const isDue =
      past >= EVERY_MS ||
      (past >= SOONEST_MS &&
        (mono - this.#suspectSince > SUSPECT_MS || lanes.some((lane) => this.#isInTrouble(lane)))) ||
      (past >= SOONEST_QUIET_MS && lanes.some((lane) => this.#isQuiet(lane)))
    if (!isDue) return
    this.#listedAt = mono
    this.#suspectSince = NaN
    this.#renew()
  }

  #look(lane: FeedLane): void {
    const standing = this.#standing.get(lane)
    const mono = this.#clock.mono()
    if (!standing) this.#standing.set(lane, { streamed: lane.streamed, since: mono })
    else if (standing.streamed !== lane.streamed) {
      standing.streamed = lane.streamed
      standing.since = mono
    }
  }

  /** Each trouble is a reason once: when the list was read since it has lasted so long, that did not help. */
  #isInTrouble({ status }: FeedLane): boolean {
    const { state, since } = status
    if (state !== 'stale' && state !== 'gap' && state !== 'syncing') return false
    const lasted = this.#clock.now() - since
    return lasted > LASTING_MS && this.#clock.mono() - this.#listedAt > lasted - LASTING_MS
  }

  /** So is each pause of a book that is live. */
  #isQuiet(lane: FeedLane): boolean {
    const { since } = this.#standing.get(lane)!
    return lane.isFollowed && this.#clock.mono() - since > QUIET_MS && this.#listedAt < since + QUIET_MS
  }
}
