import type { Clock } from './clock'
import { Lag } from './lag'

/** Data older than this is not called live. */
const LATE_MS = 1_000
const IN_TIME_MS = 500
/** A line that stays late for so long is replaced. */
const PATIENCE_MS = 10_000

export interface LatenessParts {
  readonly clock: Clock
  /** The line's books may not be called live, because of this; empty: they may again. */
  readonly onLate: (words: string) => void
  /** It does not get better. */
  readonly onHopeless: () => void
}

/** Watches one line for backlog: a slow network, a busy computer, a venue that does not keep up. */
export class Lateness {
  readonly #parts: LatenessParts
  readonly #lag = new Lag()
  #lateSince = NaN
  #lagMs = 0

  constructor(parts: LatenessParts) {
    this.#parts = parts
  }

  /** How late what comes is while that is too late, ms; 0 otherwise. */
  get lateMs(): number {
    return Number.isNaN(this.#lateSince) ? 0 : this.#lagMs
  }

  /** How late the message is, ms; NaN unknown. Called before the message is read. */
  hear(venueAt: number, before: number): number {
    const { clock, onLate } = this.#parts
    const mono = clock.mono()
    const lag = this.#lag.hear(venueAt, before, mono)
    if (!Number.isNaN(lag)) this.#lagMs = lag
    if (lag > LATE_MS && Number.isNaN(this.#lateSince)) {
      this.#lateSince = mono
      onLate(`what the venue sends arrives ${(lag / 1_000).toFixed(1)} s late`)
    } else if (lag < IN_TIME_MS && !Number.isNaN(this.#lateSince)) {
      this.#lateSince = NaN
      onLate('')
    }
    return lag
  }

  /** Once a second, never while a message is being read: the line may be given up. */
  tick(): void {
    const { clock, onHopeless } = this.#parts
    if (clock.mono() - this.#lateSince > PATIENCE_MS) onHopeless()
  }

  /** A new line: nothing is known of it. */
  reset(): void {
    this.#lag.reset()
    this.#lateSince = NaN
    this.#lagMs = 0
  }
}
