import type { Alert } from '../../../src-shared/alert'
import type { Millis } from '../../../src-shared/units'
import type { Judge } from '../alerts/judge'
import type { Policy, Told } from '../alerts/policy/policy'
import type { Active } from './centre'

export interface RoundsParts {
  readonly judge: Pick<Judge, 'decide'>
  readonly policy: Policy
  readonly active: Active
  /** What the judge said, before any of it is told. */
  readonly judged: (alert: Alert) => void
  /** What the policy made of it: told on its channels, or withheld, and why. */
  readonly told: (alert: Alert) => void
  readonly escalated?: (escalated: Told['escalated'][number]) => void
  readonly digest?: (digest: NonNullable<Told['digest']>) => void
}

const secondMs = 1_000

/** Judge, then policy, ten times a second: what is live, what is replayed and what is back-tested goes through here. */
export class Rounds {
  readonly #parts: RoundsParts
  #settledAt = -Infinity

  constructor(parts: RoundsParts) {
    this.#parts = parts
  }

  /** After everything of this time was seen. True once a second: what is told less often may be told now. */
  tick(at: Millis): boolean {
    const { judge, policy, active, judged, escalated, digest } = this.#parts
    for (const alert of judge.decide()) {
      active.take(alert)
      const told = policy.take(alert, at)
      judged(alert)
      for (const it of told) this.tell(it)
    }
    const told = policy.tick(at)
    for (const alert of told.alerts) this.tell(alert)
    for (const it of told.escalated) escalated?.(it)
    if (told.digest) digest?.(told.digest)
    if (at - this.#settledAt < secondMs && at >= this.#settledAt) return false
    this.settle(at)
    return true
  }

  tell(alert: Alert): void {
    this.#parts.active.told(alert)
    this.#parts.told(alert)
  }

  settle(at: Millis): void {
    this.#settledAt = at
    this.#parts.policy.settle(at, this.#parts.active.alerts)
  }
}
