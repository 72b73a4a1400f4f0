import { Budget } from './budget'
import type { Clock } from './clock'

const HOUR_MS = 3_600_000
/** Share of what may be asked on it in an hour after which another line is to take its place: before nothing may be asked any more. */
const SPENT_AT = 0.75

/** What may be subscribed and left on one line in an hour, where its venue counts that: half of what it allows is used. */
export class HourlyAsks {
  readonly #clock: Clock
  readonly #most: number
  readonly #budget: Budget
  #cancel: (() => void) | undefined

  /** `allowed` by the venue; undefined where it does not count. */
  constructor(clock: Clock, allowed = Infinity) {
    this.#clock = clock
    this.#most = allowed / 2
    this.#budget = new Budget(this.#most, HOUR_MS)
  }

  /** How long until anything may be asked, ms; 0 now. */
  get waitMs(): number {
    return this.#most === Infinity ? 0 : this.#budget.waitMs(1, this.#clock.mono())
  }

  /** Most of it has been used: another line may ask afresh. */
  get isSpent(): boolean {
    return this.#most !== Infinity && this.#budget.used(this.#clock.mono()) >= SPENT_AT * this.#most
  }

  /** So many requests were made. */
  spend(requests: number): void {
    if (this.#most !== Infinity) this.#budget.spend(requests, this.#clock.mono())
  }

  /** True where something may be asked now; where not, `again` is called once it may. */
  may(again: () => void): boolean {
    const { waitMs } = this
    if (waitMs <= 0) return true
    this.#cancel ??= this.#clock.after(waitMs, () => {
      this.#cancel = undefined
      again()
    })
    return false
  }

  stop(): void {
    this.#cancel?.()
  }
}
