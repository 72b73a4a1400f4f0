/** Messages of which the lags are kept. */
const KEPT = 512

/** How late a line's messages are, and what that says of the venue's clock. Writing allocates nothing. */
export class Timing {
  readonly #lags = new Float64Array(KEPT)
  #count = 0
  /** Receive time minus venue time of the latest message, ms; NaN before one. Not corrected for the clocks' offset. */
  lagMs = NaN
  /** Shortest answer to a ping on the line at hand, ms; NaN before one. */
  roundTripMs = NaN

  hear(lagMs: number): void {
    this.lagMs = lagMs
    this.#lags[this.#count++ % KEPT] = lagMs
  }

  /** The shortest round trip had the least waiting in it, and says most. */
  answered(roundTripMs: number): void {
    if (!(this.roundTripMs <= roundTripMs)) this.roundTripMs = roundTripMs
  }

  /** A new line may go another way, and after a sleep the clocks may differ otherwise. */
  forget(): void {
    this.#count = 0
    this.lagMs = this.roundTripMs = NaN
  }

  /**
   * Quantiles of the lags kept, and the venue's clock minus ours: half the shortest round trip minus the shortest lag, ms. NaN where unknown. The
   * offset is off by whatever the venue lets pass between the event and sending it, so it is at most what is told here.
   */
  figures(): { readonly p50: number; readonly p99: number; readonly clockOffsetMs: number } {
    const lags = this.#lags.slice(0, Math.min(this.#count, KEPT)).sort()
    const at = (share: number) => lags[Math.max(0, Math.ceil(share * lags.length) - 1)] ?? NaN
    return { p50: at(0.5), p99: at(0.99), clockOffsetMs: this.roundTripMs / 2 - at(0) }
  }
}
