/**
 * How long the trades of a stretch of time were watched. After the last trade before a gap nobody can vouch that none was missed, so a gap takes back what
 * came after it.
 */
export class WatchedTime {
  #sum = 0
  #since = NaN
  #tradeAt = NaN

  /** NaN while nothing is watched. */
  get since(): number {
    return this.#since
  }

  see(at: number): void {
    if (Number.isNaN(this.#since)) this.#since = at
  }

  traded(at: number): void {
    this.see(at)
    this.#tradeAt = at
  }

  gap(): void {
    if (this.#tradeAt > this.#since) this.#sum += this.#tradeAt - this.#since
    this.#since = NaN
  }

  /** Milliseconds watched up to `at`. */
  ms(at: number): number {
    return this.#sum + (Number.isNaN(this.#since) ? 0 : Math.max(0, at - this.#since))
  }

  /** A new stretch begins at `at`; what is watched goes on. `before` ms of it were watched earlier. */
  restart(at: number, before = 0): void {
    this.#sum = before
    if (!Number.isNaN(this.#since)) this.#since = at
  }
}
