import type { Alert } from '../../src-shared/alert'
import type { Delivery } from '../../src-shared/contract/calls'
import { millis } from '../../src-shared/units'
import { textOf } from './notification-text'

/** A notification nobody refers to any more loses its click: references are kept, the oldest giving way. */
const mostShown = 200
const kept = 15 * 60_000
const mostDeliveries = 200

/** One notification of the desktop's. Electron's Notification is one. */
export interface DesktopNotification {
  on(event: 'show' | 'click' | 'close', listener: () => void): unknown
  on(event: 'failed', listener: (event: unknown, error: string) => void): unknown
  show(): void
  close(): void
}

export interface NotificationOptions {
  readonly title: string
  readonly body: string
  readonly urgency: 'normal' | 'critical' | 'low'
}

export interface NotificationParts {
  readonly supported: () => boolean
  readonly create: (options: NotificationOptions) => DesktopNotification
  readonly onDelivery: (delivery: Delivery) => void
  readonly onClick: (alert: Alert) => void
  /** Told once: notifications do not reach the desktop. */
  readonly onFirstFailure: (detail: string) => void
}

/** Brings alerts to the desktop and keeps book of what became of each. */
export class Notifications {
  readonly #parts: NotificationParts
  readonly #shown = new Map<string, { readonly notification: DesktopNotification; readonly until: number }>()
  #deliveries: readonly Delivery[] = []
  #hasFailed = false

  constructor(parts: NotificationParts) {
    this.#parts = parts
  }

  /** Latest last. */
  get deliveries(): readonly Delivery[] {
    return this.#deliveries
  }

  deliver(alert: Alert): void {
    if (!this.#parts.supported()) {
      this.#note(alert, 'unsupported', 'this desktop takes no notifications')
      return
    }
    const notification = this.#parts.create({ ...textOf(alert), urgency: 'normal' })
    notification.on('show', () => {
      this.#note(alert, 'shown', '')
    })
    notification.on('failed', (_, error) => {
      this.#release(alert.id)
      this.#note(alert, 'failed', error === '' ? 'no notification service answered' : error)
    })
    notification.on('click', () => {
      this.#release(alert.id)
      this.#parts.onClick(alert)
    })
    notification.on('close', () => {
      this.#release(alert.id)
    })
    this.#keep(alert.id, notification)
    notification.show()
  }

  #keep(id: string, notification: DesktopNotification): void {
    const now = Date.now()
    this.#shown.set(id, { notification, until: now + kept })
    for (const [other, { until }] of this.#shown) {
      if (until > now && this.#shown.size <= mostShown) break
      this.#shown.delete(other)
    }
  }

  #release(id: string): void {
    this.#shown.delete(id)
  }

  #note(alert: Alert, outcome: Delivery['outcome'], detail: string): void {
    const delivery = { alert: alert.id, at: millis(Date.now()), outcome, detail }
    this.#deliveries = [...this.#deliveries, delivery].slice(-mostDeliveries)
    this.#parts.onDelivery(delivery)
    if (outcome === 'shown' || this.#hasFailed) return
    this.#hasFailed = true
    this.#parts.onFirstFailure(detail)
  }
}
