const LEAST_MS = 500
const MOST_MS = 30_000
/** Only this long without trouble counts as recovered: a snapshot alone would restart an endless loop at full speed. */
const STEADY_MS = 60_000

/**
 * Waiting times with full jitter: between 0.5 s and a bound that doubles from 1 s, after the first `quickTries` (1); then between two thirds and the whole of
 * `mostMs` (30 s).
 */
export class Backoff {
  readonly #chance: () => number
  readonly #most: number
  readonly #quickTries: number
  #attempts = 0
  #goodSince = NaN

  constructor(chance: () => number, mostMs = MOST_MS, quickTries = 1) {
    this.#chance = chance
    this.#most = mostMs
    this.#quickTries = quickTries
  }

  /** Attempts that failed since the last steady minute. */
  get attempts(): number {
    return this.#attempts
  }

  /** Counts a failure and answers how long to wait, ms. */
  failed(mono: number): number {
    this.good(mono)
    this.#goodSince = NaN
    this.#attempts++
    const slow = Math.max(1, this.#attempts - this.#quickTries + 1)
    const bound = LEAST_MS * 2 ** Math.min(slow, 16)
    // At the limit no short waits any more: a venue that is down for ten minutes is not to see more than thirty connects.
    if (bound >= this.#most) return this.#most * (2 / 3 + this.#chance() / 3)
    return LEAST_MS + this.#chance() * (bound - LEAST_MS)
  }

  /** Things work: after a minute of it the count starts again. */
  good(mono: number): void {
    if (Number.isNaN(this.#goodSince)) return
    if (mono - this.#goodSince >= STEADY_MS) this.#attempts = 0
  }

  /** Things work from now on. */
  recovered(mono: number): void {
    if (Number.isNaN(this.#goodSince)) this.#goodSince = mono
  }

  /** The user asked for a new try: forget the past. */
  forget(): void {
    this.#attempts = 0
    this.#goodSince = NaN
  }
}
