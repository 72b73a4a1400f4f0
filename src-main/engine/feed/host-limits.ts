import type { Ban } from '../../../src-shared/contract/control'
import { Budget } from './budget'
import type { Clock } from './clock'
import { hostOf } from './trouble'

const MINUTE_MS = 60_000

/** What one host allows: half its weight in any minute, and nothing before it allows requests again. Venues on one host share it, as the host counts addresses. */
export class HostLimit {
  readonly #clock: Clock
  readonly #budget: Budget
  #half: number
  /** Monotonic ms. */
  #bannedUntil = -Infinity
  #ban: Ban | undefined

  constructor(clock: Clock, weightPerMinute: number) {
    this.#clock = clock
    this.#half = weightPerMinute / 2
    this.#budget = new Budget(this.#half, MINUTE_MS)
  }

  /** The ban in force, if any. */
  get ban(): Ban | undefined {
    return this.#bannedUntil > this.#clock.mono() ? this.#ban : undefined
  }

  /** Share of the allowed weight used in the last minute, [0, 1]. */
  get weightUsed(): number {
    return this.#budget.used(this.#clock.mono()) / (this.#half * 2)
  }

  /** Another venue on this host allows no more than that: the least counts. */
  narrow(weightPerMinute: number): void {
    this.#half = Math.min(this.#half, weightPerMinute / 2)
    this.#budget.narrow(this.#half)
  }

  /** A ban remembered from before, or just given. A longer one stays. */
  obey(ban: Ban): void {
    const mono = this.#clock.mono()
    const until = mono + (ban.until - this.#clock.now())
    if (until <= Math.max(mono, this.#bannedUntil)) return
    this.#bannedUntil = until
    this.#ban = ban
  }

  spend(weight: number): void {
    this.#budget.spend(weight, this.#clock.mono())
  }

  /** How long a request of this weight must wait if it were asked for now, ms; 0 none. */
  waitMs(weight: number): number {
    const mono = this.#clock.mono()
    return Math.max(0, this.#bannedUntil - mono, this.#budget.waitMs(weight, mono))
  }
}

/** The limits of all hosts that are asked. */
export class HostLimits {
  readonly #clock: Clock
  readonly #hosts = new Map<string, HostLimit>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** That of the host of an address, for a venue that allows so much weight a minute. */
  of(url: string, weightPerMinute: number): HostLimit {
    const host = hostOf(url)
    const present = this.#hosts.get(host)
    present?.narrow(weightPerMinute)
    if (present) return present
    const made = new HostLimit(this.#clock, weightPerMinute)
    this.#hosts.set(host, made)
    return made
  }
}
