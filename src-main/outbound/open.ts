import type { SafeStorage } from 'electron'
import type { Tell } from '../../src-shared/contract/calls'
import type { EngineControl } from '../../src-shared/contract/control'
import type { AppNotices } from '../desktop/app-notices'
import type { Notifications } from '../desktop/notifications'
import type { RecentAlerts } from '../desktop/recent-alerts'
import type { Store } from '../store/store'
import { AlertChannelsOut } from './alert-channels'
import { post } from './post'
import { Secrets } from './secrets'
import { systemSafe } from './system-safe'

const tickMs = 250

export interface OutboundParts {
  readonly store: Pick<Store, 'alertChannels' | 'secrets' | 'outbox'>
  readonly notices: Pick<AppNotices, 'tell'>
  readonly alerts: Pick<RecentAlerts, 'list'>
  readonly notifications: Pick<Notifications, 'deliver'>
  readonly storage: SafeStorage
  readonly tellWindow: (tell: Tell) => void
  readonly tellEngine: (control: EngineControl) => void
}

/** The channels that leave this machine, on the real clock; what waited at the last end goes on. */
export function openOutbound(parts: OutboundParts): AlertChannelsOut {
  const { store, notices, alerts, notifications } = parts
  const outbound = new AlertChannelsOut({
    settings: () => store.alertChannels.value,
    secrets: new Secrets(store.secrets, systemSafe(parts.storage, process.platform)),
    kept: store.outbox,
    post,
    now: Date.now,
    chance: Math.random,
    onResult: (result) => {
      parts.tellEngine({ kind: 'delivered', result })
    },
    onStanding: (standings) => {
      parts.tellWindow({ kind: 'channels', standings })
    },
    onGivenUp: (id) => {
      const alert = alerts.list.find((it) => it.id === id)
      if (alert && !alert.desktop) notifications.deliver(alert)
    },
    onPaused: (text) => {
      notices.tell('critical', text)
    }
  })
  // It must not keep the process from ending.
  setInterval(() => void outbound.tick(), tickMs).unref()
  return outbound
}
