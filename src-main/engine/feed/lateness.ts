import type { Clock } from './clock'
import { Lag } from './lag'

/** Data older than this is not called live. */
const LATE_MS = 1_000
const IN_TIME_MS = 500
/** Data older than this is put beside no other venue's. */
const SKEWED_MS = 500
const EVEN_MS = 300
/** A line that stays late for so long is replaced. */
const PATIENCE_MS = 10_000

export interface LatenessParts {
  readonly clock: Clock
  /** The line's books may not be called live, because of this; empty: they may again. */
  readonly onLate: (words: string) => void
  /** The line's books may not be put beside those of other venues; false: they may again. */
  readonly onSkewed: (isSkewed: boolean) => void
  /** It does not get better. */
  readonly onHopeless: () => void
}

/** Watches one line for backlog: a slow network, a busy computer, a venue that does not keep up. */
export class Lateness {
  readonly #parts: LatenessParts
  readonly #lag = new Lag()
  /** Why the line's books may not be called live; empty while they may. */
  words = ''
  /** They may not be put beside those of other venues. */
  isSkewed = false
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
    if (lag > SKEWED_MS) this.#skewed(true)
    else if (lag < EVEN_MS) this.#skewed(false)
    if (lag > LATE_MS && Number.isNaN(this.#lateSince)) {
      this.#lateSince = mono
      this.words = `what the venue sends arrives ${(lag / 1_000).toFixed(1)} s late`
      onLate(this.words)
    } else if (lag < IN_TIME_MS && !Number.isNaN(this.#lateSince)) {
      this.#lateSince = NaN
      this.words = ''
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
    this.words = ''
    this.#lagMs = 0
    this.#skewed(false)
  }

  #skewed(isSkewed: boolean): void {
    if (isSkewed === this.isSkewed) return
    this.isSkewed = isSkewed
    this.#parts.onSkewed(isSkewed)
  }
}
