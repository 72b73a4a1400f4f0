import type { InstrumentId } from '../instrument'
import type { Millis } from '../units'

/** A replay in this window. */
export interface ReplayState {
  readonly state: 'seeking' | 'playing' | 'paused' | 'ended'
  /** What is replayed, tape time. */
  readonly from: Millis
  readonly to: Millis
  /** Where it is. */
  readonly at: Millis
  /** Tape time over real time, 0.1 to 100. */
  readonly speed: number
  /** Alerts that rules would have fired since the last seek; they are delivered nowhere. */
  readonly fired: number
  /** Why it ended before its time, in words; empty otherwise. */
  readonly reason: string
}

/** What the tape on this computer holds. */
export interface TapeContents {
  readonly bytes: number
  /** Spans of time in which something was recorded, oldest first; a pause of the recorder lies between two. */
  readonly spans: readonly { readonly from: Millis; readonly to: Millis }[]
  readonly instruments: readonly InstrumentId[]
  /** What could not be read, in words. */
  readonly troubles: readonly string[]
}
