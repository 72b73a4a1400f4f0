import { defaultAlertPolicy, type AlertPolicy } from '../../src-shared/alerts/policy'
import type { Ask, Saved } from '../../src-shared/contract/calls'
import type { Policy } from './alerting'

export class PolicyState implements Policy {
  readonly #ask: Ask
  #settings = $state.raw<AlertPolicy>(defaultAlertPolicy)

  constructor(ask: Ask) {
    this.#ask = ask
  }

  get settings(): AlertPolicy {
    return this.#settings
  }

  take(settings: AlertPolicy): void {
    this.#settings = settings
  }

  async save(settings: AlertPolicy): Promise<Saved> {
    const saved = await this.#ask('alert-policy:save', settings)
    if (saved.ok) this.#settings = settings
    return saved
  }
}
