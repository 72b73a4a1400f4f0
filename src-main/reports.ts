import type { EngineReport } from '../src-shared/contract/control'
import { millis } from '../src-shared/units'
import type { AppNotices } from './desktop/app-notices'
import type { Notifications } from './desktop/notifications'
import type { RecentAlerts } from './desktop/recent-alerts'
import { banned } from './store/bans'
import type { Store } from './store/store'

export interface ReportParts {
  readonly store: Pick<Store, 'bans' | 'memories'>
  readonly notices: Pick<AppNotices, 'tell'>
  readonly alerts: Pick<RecentAlerts, 'add'>
  readonly notifications: Pick<Notifications, 'deliver'>
}

/** What the main process does with each of the engine's reports. */
export function hear({ store, notices, alerts, notifications }: ReportParts, report: EngineReport): void {
  switch (report.kind) {
    case 'alert':
      alerts.add(report.alert)
      if (report.alert.desktop) notifications.deliver(report.alert)
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
    case 'escalation':
    case 'digest':
    case 'acknowledged':
    case 'alert-centre':
      // Told by the alert channels.
      break
    case 'ready':
    case 'health':
      // The engine's keeper listens for these.
      break
    default:
      report satisfies never
  }
}
