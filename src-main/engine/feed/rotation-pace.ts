import type { Backoff } from './backoff'

/** How soon after one that failed a line is made again that is to take another's place: shared by all links of a leg, so that many see no more than one would. */
export class RotationPace {
  readonly #backoff: Backoff
  #nextAt = -Infinity

  constructor(backoff: Backoff) {
    this.#backoff = backoff
  }

  /** How long until one may be made, ms; 0: now. */
  waitMs(mono: number): number {
    return Math.max(0, this.#nextAt - mono)
  }

  /** One failed; answers how long none is made, ms. */
  failed(mono: number): number {
    const waitMs = this.#backoff.failed(mono)
    this.#nextAt = mono + waitMs
    return waitMs
  }

  /** One has taken over. */
  worked(mono: number): void {
    this.#backoff.recovered(mono)
    this.#nextAt = -Infinity
  }
}
