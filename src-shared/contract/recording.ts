import type { Millis } from '../units'

/** How the tape is doing. `trouble`: nothing can be kept for now; what is watched live is not touched by it. */
export interface RecordingState {
  readonly state: 'off' | 'recording' | 'trouble'
  /** Why nothing can be kept, in words; empty when all is well. */
  readonly reason: string
  readonly since: Millis
  readonly nextAttemptAt?: Millis
  /** On disk, this run's and older ones; NaN until first looked. */
  readonly bytes: number
  /** Frames that could not be kept since the start. */
  readonly dropped: number
}
