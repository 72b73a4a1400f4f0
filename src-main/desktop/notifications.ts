import type { Alert } from '../../src-shared/alert'
import type { Delivery } from '../../src-shared/contract/calls'
import { millis } from '../../src-shared/units'
import type { NotificationText } from './notification-text'
import { digestTextOf, escaped, textOf } from './notification-text'

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
  /** The desktop reads bodies as markup. */
  readonly markup: boolean
  readonly create: (options: NotificationOptions) => DesktopNotification
  readonly onDelivery: (delivery: Delivery) => void
  readonly onClick: (alert: Alert) => void
  /** Told once: notifications do not reach the desktop. */
  readonly onFirstFailure: (detail: string) => void
}

interface Shown {
  readonly notification: DesktopNotification
  readonly episode: string
  readonly until: number
}

/** Brings alerts to the desktop and keeps book of what became of each. */
export class Notifications {
  readonly #parts: NotificationParts
  readonly #shown = new Map<string, Shown>()
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
    // The same episode told anew takes the place of what was shown of it.
    this.acknowledge(alert.episode)
    const urgency = alert.severity === 'critical' ? 'critical' : 'normal'
    const notification = this.#create(textOf(alert), urgency)
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
    this.#keep(alert, notification)
    notification.show()
  }

  /** What was over the budget, as one; a click leads to the latest. */
  digest(alerts: readonly Alert[], count: number): void {
    const latest = alerts.at(-1)
    if (latest === undefined || !this.#parts.supported()) return
    const notification = this.#create(digestTextOf(alerts, count), 'low')
    const id = `digest|${latest.id}`
    notification.on('click', () => {
      this.#release(id)
      this.#parts.onClick(latest)
    })
    for (const end of ['close', 'failed'] as const)
      notification.on(end as 'close', () => {
        this.#release(id)
      })
    this.#keep({ id, episode: id }, notification)
    notification.show()
  }

  /** Somebody saw it: what is shown of the episode goes. */
  acknowledge(episode: string): void {
    for (const [id, shown] of this.#shown) {
      if (shown.episode !== episode) continue
      this.#release(id)
      shown.notification.close()
    }
  }

  #create({ title, body }: NotificationText, urgency: NotificationOptions['urgency']): DesktopNotification {
    const { create, markup } = this.#parts
    return create({ title, body: markup ? escaped(body) : body, urgency })
  }

  #keep({ id, episode }: Pick<Alert, 'id' | 'episode'>, notification: DesktopNotification): void {
    const now = Date.now()
    this.#shown.set(id, { notification, episode, until: now + kept })
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
