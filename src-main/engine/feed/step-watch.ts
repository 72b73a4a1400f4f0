import type { Clock } from './clock'
import type { FeedLane } from './lane'

/** A coarser step is at least so many of the listed one. */
const MULTIPLES = [2, 5] as const
/** Different touches in a row, all on the coarser step: by chance once in 2^40 looks at most. */
const ENOUGH = 20
/** What the list has denied is not asked again sooner. */
const AGAIN_MS = 3_600_000

interface Seen {
  bid: number
  ask: number
  tickSize: number
  /** Touches in a row that lie on each of the multiples. */
  readonly runs: number[]
  /** Monotonic ms before which nothing is said. */
  quietUntil: number
}

/**
 * Whether a book moves in other steps than its venue's list says: where no message tells that they changed, its prices do. A list of steps that depend on the
 * price is not judged.
 */
export class StepWatch {
  readonly #clock: Pick<Clock, 'mono'>
  readonly #seen = new WeakMap<FeedLane, Seen>()

  constructor(clock: Pick<Clock, 'mono'>) {
    this.#clock = clock
  }

  /** Once a second: true when the list should be read again, at most once an hour for each book. */
  look(lane: FeedLane): boolean {
    const { tickSize, tickSteps } = lane.instrument
    const { bid, ask } = lane.book.touch
    if (!lane.isFollowed || !lane.wasListed || tickSteps || Number.isNaN(bid + ask)) return false
    const seen = this.#of(lane)
    if (seen.bid === bid && seen.ask === ask) return false
    if (seen.tickSize !== tickSize) seen.runs.fill(0)
    Object.assign(seen, { bid, ask, tickSize })
    const isFiner = bid % tickSize !== 0 || ask % tickSize !== 0
    for (const [at, multiple] of MULTIPLES.entries()) {
      const step = multiple * tickSize
      seen.runs[at] = bid % step === 0 && ask % step === 0 ? seen.runs[at]! + 1 : 0
    }
    const mono = this.#clock.mono()
    if (mono < seen.quietUntil || !(isFiner || seen.runs.some((run) => run >= ENOUGH))) return false
    seen.quietUntil = mono + AGAIN_MS
    return true
  }

  #of(lane: FeedLane): Seen {
    let seen = this.#seen.get(lane)
    if (!seen) {
      seen = {
        ...{ bid: NaN, ask: NaN, tickSize: lane.instrument.tickSize },
        ...{ runs: MULTIPLES.map(() => 0), quietUntil: -Infinity }
      }
      this.#seen.set(lane, seen)
    }
    return seen
  }
}
