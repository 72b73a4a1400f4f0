import type { Alert } from '../../../../src-shared/alert'
import type { AlertPolicy } from '../../../../src-shared/alerts/policy'
import { isRecent } from './wall-clock'

interface Fired {
  readonly alert: Alert
  readonly at: number
}

/** The same rule on many instruments at once: the first is told at once, what follows it waits for more of it, and many are one alert for all of them. */
export class Storm {
  readonly #recent = new Map<string, readonly Fired[]>()
  #waiting: readonly Fired[] = []

  /** Whether its rule did not fire elsewhere just before it. */
  leads({ ruleId }: Alert, at: number, { withinMs }: AlertPolicy['storm']): boolean {
    return this.#within(ruleId, at, withinMs).length === 0
  }

  fired(alert: Alert, at: number, { withinMs }: AlertPolicy['storm']): void {
    this.#recent.set(alert.ruleId, [...this.#within(alert.ruleId, at, withinMs), { alert, at }])
  }

  wait(alert: Alert, at: number): void {
    this.#waiting = [...this.#waiting, { alert, at }]
  }

  /** Those that have waited long enough. */
  takeDue(at: number, { waitMs }: AlertPolicy['storm']): readonly Alert[] {
    if (this.#waiting.length === 0) return []
    const waits = (it: Fired): boolean => isRecent(it.at, at, waitMs)
    const due = this.#waiting.filter((it) => !waits(it)).map(({ alert }) => alert)
    this.#waiting = this.#waiting.filter(waits)
    return due
  }

  /** The one alert that stands for all, where it is a storm: that of the first, naming all in the order in which they fired. */
  cardOf({ ruleId, at }: Alert, { instruments }: AlertPolicy['storm']): Alert | undefined {
    const recent = this.#recent.get(ruleId) ?? []
    const ids = [...new Set(recent.map(({ alert }) => alert.instrument))]
    const lead = recent[0]?.alert
    if (!lead || ids.length < instruments) return undefined
    const episode = `${ruleId}|*|${lead.side}|${Math.round(at)}`
    return { ...lead, id: `${episode}|FIRE`, episode, at, instruments: ids }
  }

  #within(rule: string, at: number, withinMs: number): readonly Fired[] {
    return (this.#recent.get(rule) ?? []).filter((fired) => isRecent(fired.at, at, withinMs + 1))
  }
}
