import type { Alert } from '../../src-shared/alert'

const most = 200

/** The latest alerts, for windows that open later. The oldest give way. */
export class RecentAlerts {
  #list: readonly Alert[] = []

  /** Latest last. */
  get list(): readonly Alert[] {
    return this.#list
  }

  add(alert: Alert): void {
    this.#list = [...this.#list, alert].slice(-most)
  }
}
