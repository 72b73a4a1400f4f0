import { SvelteMap } from 'svelte/reactivity'
import type { Alert } from '../../src-shared/alert'
import type { Delivery } from '../../src-shared/contract/calls'
import type { AlertFeed } from './alerting'

const most = 500

export class AlertFeedState implements AlertFeed {
  #alerts = $state.raw<readonly Alert[]>([])
  #unseen = $state(0)
  readonly #deliveries = new SvelteMap<string, Delivery>()

  readonly #onUnseen: (count: number) => void

  /** @param onUnseen told whenever the count changes */
  constructor(onUnseen: (count: number) => void = () => undefined) {
    this.#onUnseen = onUnseen
  }

  get alerts(): readonly Alert[] {
    return this.#alerts
  }
  get unseen(): number {
    return this.#unseen
  }

  delivery(alert: string): Delivery | undefined {
    return this.#deliveries.get(alert)
  }

  seen(): void {
    if (this.#unseen === 0) return
    this.#unseen = 0
    this.#onUnseen(0)
  }

  /** What there was before this window; seen already. Latest last, as the main process keeps it. */
  take(alerts: readonly Alert[], deliveries: readonly Delivery[]): void {
    const newer = this.#alerts.filter(({ id }) => !alerts.some((alert) => alert.id === id))
    this.#alerts = [...newer, ...[...alerts].reverse()].slice(0, most)
    for (const delivery of deliveries) this.deliver(delivery)
  }

  add(alert: Alert): void {
    if (this.#alerts.some(({ id }) => id === alert.id)) return
    this.#alerts = [alert, ...this.#alerts].slice(0, most)
    if (alert.notice !== 'FIRE' && alert.notice !== 'TEST') return
    this.#unseen++
    this.#onUnseen(this.#unseen)
  }

  deliver(delivery: Delivery): void {
    this.#deliveries.set(delivery.alert, delivery)
    if (this.#deliveries.size > most) this.#deliveries.delete(this.#deliveries.keys().next().value!)
  }
}
