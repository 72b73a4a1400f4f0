import type { DeliveryResult } from '../src-shared/alerts/record'
import type { Answers, Boot, Opened, OpenKind, Runtime, Saved } from '../src-shared/contract/calls'
import type { Settings } from '../src-shared/settings'
import type { AppNotices } from './desktop/app-notices'
import type { Notifications } from './desktop/notifications'
import type { RecentAlerts } from './desktop/recent-alerts'
import type { AlertChannelsOut } from './outbound/alert-channels'
import { refusalText, refusedEndpoints } from './store/endpoints'
import type { Sounds } from './store/sounds'
import type { Store } from './store/store'

export interface Parts {
  readonly store: Store
  readonly notices: AppNotices
  readonly alerts: RecentAlerts
  readonly notifications: Pick<Notifications, 'deliveries'>
  readonly engine: {
    configure(): void
    tryAgain(): void
    post(
      control:
        | { readonly kind: 'test-rule'; readonly rule: string }
        | { readonly kind: 'delivered'; readonly result: DeliveryResult }
    ): boolean
  }
  readonly outbound: Pick<AlertChannelsOut, 'standings' | 'configure' | 'setSecret' | 'test'>
  readonly runtime: Runtime
  readonly openFile: (kind: OpenKind) => Promise<Opened>
  readonly sounds: Pick<Sounds, 'keep' | 'drop' | 'read'>
  readonly onUnseen: (count: number) => void
  readonly saveFile: (name: string, text: string) => Promise<Saved>
  readonly copyText: (text: string) => Promise<void>
  readonly onSettings: (settings: Settings) => void
}

const ok: Saved = { ok: true }
const no = (reason: string): Saved => ({ ok: false, reason })

/** Every question of a window and who answers it. */
export function answersOf(parts: Parts): Answers {
  const { store, notices, engine, outbound } = parts
  const configured = (saved: Saved): Saved => {
    if (saved.ok) engine.configure()
    return saved
  }
  return {
    'app:boot': () => bootOf(parts),
    'app:dismiss-notice': (id) => (notices.dismiss(id) ? ok : no('there is no such notice')),
    'settings:save': (settings) => configured(saveSettings(parts, settings)),
    'watchlists:save': (watchlists) => configured(store.watchlists.save(watchlists)),
    'layouts:save': (layouts) => store.layouts.save(layouts),
    'rules:save': (rules) => configured(store.rules.save(rules)),
    'alert-policy:save': (policy) => configured(store.alertPolicy.save(policy)),
    'alert-channels:save': (channels) => {
      const saved = store.alertChannels.save(channels)
      if (saved.ok) outbound.configure()
      return saved
    },
    'alert-channels:secret': (name, secret) => outbound.setSecret(name, secret),
    'alert-channels:test': (channel) => outbound.test(channel),
    'alert-channels:played': (result) =>
      engine.post({ kind: 'delivered', result }) ? ok : no('the engine is not running'),
    'rules:test': (rule) =>
      engine.post({ kind: 'test-rule', rule }) ? ok : no('the engine is not running: try again when it is'),
    'file:save': (name, text) => parts.saveFile(name, text),
    'text:copy': async (text) => {
      await parts.copyText(text)
      return ok
    },
    'file:open': (kind) => parts.openFile(kind),
    'sounds:keep': (severity, bytes) => parts.sounds.keep(severity, bytes),
    'sounds:drop': (severity) => parts.sounds.drop(severity),
    'sounds:read': (severity) => parts.sounds.read(severity),
    'alerts:unseen': (count) => {
      parts.onUnseen(count)
      return ok
    },
    'engine:restart': () => {
      engine.tryAgain()
      return ok
    }
  }
}

function bootOf({ store, notices, alerts, notifications, outbound, runtime }: Parts): Boot {
  return {
    settings: store.settings.value,
    watchlists: store.watchlists.value,
    layouts: store.layouts.value,
    rules: store.rules.value,
    alertPolicy: store.alertPolicy.value,
    alertChannels: store.alertChannels.value,
    channelStandings: outbound.standings,
    runtime,
    notices: notices.list,
    alerts: alerts.list,
    deliveries: notifications.deliveries
  }
}

function saveSettings({ store, onSettings }: Parts, settings: Settings): Saved {
  const refused = refusedEndpoints(settings)[0]
  if (refused !== undefined) return no(refusalText(refused))
  const saved = store.settings.save(settings)
  if (saved.ok) onSettings(settings)
  return saved
}
