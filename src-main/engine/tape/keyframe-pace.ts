/** At the latest after so long. */
const keyframeMs = 60_000
/** The first one waits until books have come in. */
const firstMs = 5_000
/** What is played from one to the next is to take a fifth of a second: so many frames, or so much time of all that is sampled. */
const fewMs = 5_000
const fewFrames = 4_000
const soonestMs = 1_000
/** Keyframes may grow a tape by one part in so many. */
const share = 10

/** What was recorded so far, frames and their bytes. */
export interface Recorded {
  readonly frames: number
  readonly frameBytes: number
}

/**
 * When a tape needs its next keyframe. Who goes to a place begins at the last one before it and plays what follows, so they come as close together as makes that
 * quick, yet cost at most a tenth of what is recorded: deep books of a quiet market come once a minute, a busy market's every few seconds.
 */
export class KeyframePace {
  #dueAt: number
  #at: number
  #before: Recorded = { frames: 0, frameBytes: 0 }
  #cost = 0

  /** @param mono when recording began, monotonic ms */
  constructor(mono: number) {
    this.#at = mono
    this.#dueAt = mono + firstMs
  }

  isDue(mono: number, { frames, frameBytes }: Recorded): boolean {
    if (mono >= this.#dueAt) return true
    const passed = mono - this.#at
    const isFar = passed >= fewMs || (passed >= soonestMs && frames - this.#before.frames >= fewFrames)
    return isFar && this.#cost > 0 && frameBytes - this.#before.frameBytes >= share * this.#cost
  }

  /** One was written, of so many bytes. */
  wrote(mono: number, { frames, frameBytes }: Recorded, cost: number): void {
    this.#at = mono
    this.#dueAt = mono + keyframeMs
    this.#before = { frames, frameBytes }
    this.#cost = cost
  }
}
