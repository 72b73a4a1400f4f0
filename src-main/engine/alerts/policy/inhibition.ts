import type { Alert } from '../../../../src-shared/alert'
import type { InstrumentId } from '../../../../src-shared/instrument'
import { isRecent } from './wall-clock'

const criticalMs = 30_000
const wideMs = 60_000

/** What makes other alerts needless: data that is not there, a critical alert of the same instrument, the whole market doing the same. */
export class Inhibition {
  /** Episodes of DATA alerts that run, by instrument. */
  readonly #data = new Map<InstrumentId, Set<string>>()
  readonly #criticalAt = new Map<InstrumentId, number>()
  /** By rule. */
  readonly #wideAt = new Map<string, number>()

  note(alert: Alert, at: number): void {
    const { notice, instrument, data, episode } = alert
    if (data) {
      const running = this.#data.get(instrument) ?? new Set()
      if (notice === 'RESOLVED' || notice === 'ENDED_UNKNOWN') running.delete(episode)
      else if (notice === 'FIRE' || notice === 'SUPPRESSED') running.add(episode)
      this.#data.set(instrument, running)
    }
    if (alert.severity === 'critical' && notice === 'FIRE') this.#criticalAt.set(instrument, at)
    if (alert.instruments) this.#wideAt.set(alert.ruleId, at)
  }

  inhibits({ instrument, data, severity, ruleId }: Alert, at: number): boolean {
    if (!data && (this.#data.get(instrument)?.size ?? 0) > 0) return true
    if (severity === 'info' && isRecent(this.#criticalAt.get(instrument) ?? NaN, at, criticalMs)) return true
    return severity !== 'critical' && isRecent(this.#wideAt.get(ruleId) ?? NaN, at, wideMs)
  }
}
