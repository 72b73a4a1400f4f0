import type { Ban } from '../../../src-shared/contract/control'
import { Budget } from './budget'
import type { Burst, VenueLimits } from '../venues/venue'
import type { Clock } from './clock'
import { hostOf } from './trouble'

const MINUTE_MS = 60_000

export type HostAllowance = Pick<VenueLimits, 'weightPerMinute' | 'burst'>

const burstOf = ({ weight, withinMs }: Burst): Budget => new Budget(weight / 2, withinMs)

/** What one host allows: half its weight in any minute and in any shorter while that it names, and nothing before it allows requests again. Venues on one host share it, as the host counts addresses. */
export class HostLimit {
  readonly #clock: Clock
  readonly #budget: Budget
  #burst: Budget | undefined
  #half: number
  /** Monotonic ms. */
  #bannedUntil = -Infinity
  #ban: Ban | undefined

  constructor(clock: Clock, { weightPerMinute, burst }: HostAllowance) {
    this.#clock = clock
    this.#half = weightPerMinute / 2
    this.#budget = new Budget(this.#half, MINUTE_MS)
    this.#burst = burst && burstOf(burst)
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
  narrow({ weightPerMinute, burst }: HostAllowance): void {
    this.#half = Math.min(this.#half, weightPerMinute / 2)
    this.#budget.narrow(this.#half)
    this.#burst ??= burst && burstOf(burst)
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
    const mono = this.#clock.mono()
    this.#budget.spend(weight, mono)
    this.#burst?.spend(weight, mono)
  }

  /** How long a request of this weight must wait if it were asked for now, ms; 0 none. */
  waitMs(weight: number): number {
    const mono = this.#clock.mono()
    const burstMs = this.#burst?.waitMs(weight, mono) ?? 0
    return Math.max(0, this.#bannedUntil - mono, this.#budget.waitMs(weight, mono), burstMs)
  }
}

/** The limits of all hosts that are asked. */
export class HostLimits {
  readonly #clock: Clock
  readonly #hosts = new Map<string, HostLimit>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** That of the host of an address, for a venue that allows so much weight. */
  of(url: string, allowance: HostAllowance): HostLimit {
    const host = hostOf(url)
    const present = this.#hosts.get(host)
    present?.narrow(allowance)
    if (present) return present
    const made = new HostLimit(this.#clock, allowance)
    this.#hosts.set(host, made)
    return made
  }
}
