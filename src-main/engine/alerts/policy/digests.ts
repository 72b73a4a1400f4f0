import type { Alert } from '../../../../src-shared/alert'

/** Desktop notices that were not told one by one. */
export interface Digest {
  readonly alerts: readonly Alert[]
  readonly count: number
}

const most = 100

/** What is told as one: notices over the budget every some minutes, and those of quiet hours when they end. */
export class Digests {
  #over: { alerts: Alert[]; count: number; since: number } = { alerts: [], count: 0, since: NaN }
  #night: readonly Alert[] = []

  get overBudget(): number {
    return this.#over.count
  }

  addOver(alert: Alert, at: number): void {
    if (Number.isNaN(this.#over.since)) this.#over.since = at
    this.#over.count++
    if (this.#over.alerts.length < most) this.#over.alerts.push(alert)
  }

  addNight(alert: Alert): void {
    this.#night = [...this.#night, alert].slice(-most)
  }

  /** What is due. A clock that was set back makes it due now. */
  take(at: number, isQuiet: () => boolean, everyMs: number): Digest | undefined {
    if (this.#night.length > 0 && !isQuiet()) {
      const alerts = this.#night
      this.#night = []
      return { alerts, count: alerts.length }
    }
    const { alerts, count, since } = this.#over
    if (Number.isNaN(since) || (at >= since && at - since < everyMs)) return undefined
    this.#over = { alerts: [], count: 0, since: NaN }
    return { alerts, count }
  }
}
