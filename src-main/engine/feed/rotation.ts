import type { Clock } from './clock'
import type { Line } from './line'
import { PendingFrames } from './pending-frames'

/** How long a new line must be heard, once all was asked for on it, before the old one is dropped: what is asked for last is answered after the way there and back. */
const OVERLAP_MS = 3_000
/** A rotation that has not worked out by then is given up; the old line is used to its end. */
const ROTATION_MS = 30_000
/** A whole line in a storm, for the overlap and the way to it: some 20,000 frames a second. */
const ofALine = { frames: 131_072, bytes: 64 * 1024 * 1024 }

/**
 * Make before break: a second line that hears the same while the first is still in use. What it brings is kept, not told; when it takes over, all of it is
 * read in one turn, so that no message falls between the two and nothing is told twice.
 */
export class Rotation {
  readonly line: Line
  readonly #clock: Clock
  readonly #frames = new PendingFrames(ofALine)
  #isBroken = false
  /** Monotonic ms of the first frame since all was asked for; NaN while it is not. */
  heardSince = NaN
  /** It hears now, and the old line has not been asked since whether it does. */
  isToBeCompared = false

  constructor(clock: Clock, open: (onFrame: (bytes: Uint8Array) => void) => Line) {
    this.#clock = clock
    this.line = open((bytes) => {
      // With the beginning forgotten, the rest makes no sense: this rotation will run out of time.
      if (!this.#frames.add(bytes)) this.#isBroken = true
      if (!this.line.isSettled) this.heardSince = NaN
      else if (Number.isNaN(this.heardSince)) {
        this.heardSince = clock.mono()
        this.isToBeCompared = true
      }
    })
  }

  /** The new line has been heard long enough. */
  get isReady(): boolean {
    return !this.#isBroken && this.line.isSettled && this.#clock.mono() - this.heardSince >= OVERLAP_MS
  }

  get isHopeless(): boolean {
    return this.#isBroken || this.#clock.mono() - this.line.startedAt > ROTATION_MS
  }

  /** Everything the new line has brought so far, oldest first. */
  drain(): readonly Uint8Array[] {
    return this.#frames.drain()
  }
}
