import type { Alert } from '../src-shared/alert'
import type { EngineReport } from '../src-shared/contract/control'
import { millis } from '../src-shared/units'
import type { AppNotices } from './desktop/app-notices'
import type { Notifications } from './desktop/notifications'
import type { RecentAlerts } from './desktop/recent-alerts'
import type { AppTray } from './desktop/tray'
import type { AlertChannelsOut } from './outbound/alert-channels'
import { banned } from './store/bans'
import type { Store } from './store/store'

export interface ReportParts {
  readonly store: Pick<Store, 'bans' | 'memories'>
  readonly notices: Pick<AppNotices, 'tell'>
  readonly alerts: Pick<RecentAlerts, 'add' | 'list'>
  readonly notifications: Pick<Notifications, 'deliver' | 'digest' | 'acknowledge'>
  readonly outbound: Pick<AlertChannelsOut, 'deliver'>
  /** What the tray shows of it. */
  readonly tray?: Pick<AppTray, 'tell'>
  /** To be heard in the window. */
  readonly ring: (alert: Alert, channels: readonly string[]) => void
}

/** What the main process does with each of the engine's reports. */
export function hear(parts: ReportParts, report: EngineReport): void {
  const { store, notices, alerts, notifications, outbound } = parts
  switch (report.kind) {
    case 'alert':
      alerts.add(report.alert)
      parts.tray?.tell({ alerts: alerts.list })
      if (report.alert.desktop) notifications.deliver(report.alert)
      outbound.deliver(report.alert)
      parts.ring(report.alert, report.alert.channels)
      break
    case 'escalation':
      if (report.channels.includes('desktop')) notifications.deliver(report.alert)
      outbound.deliver(report.alert, report.channels)
      parts.ring(report.alert, report.channels)
      break
    case 'unsent':
      outbound.deliver(report.alert, report.channels)
      break
    case 'digest':
      notifications.digest(report.alerts, report.count)
      break
    case 'acknowledged':
      notifications.acknowledge(report.episode)
      break
    case 'ban':
      store.bans.save(banned(store.bans.value, report.ban, millis(Date.now())))
      break
    case 'memory':
      store.memories.save(report.memory)
      break
    case 'fault':
      notices.tell('warn', `The engine reports: ${report.message}`)
      break
    case 'health':
      parts.tray?.tell({ books: report.health.books })
      break
    case 'alert-centre':
      // Windows hear of it by their own ports.
      parts.tray?.tell({ centre: report.centre })
      break
    case 'ready':
      // The engine's keeper listens for it.
      break
    default:
      report satisfies never
  }
}
