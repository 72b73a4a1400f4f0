import {
  app,
  clipboard,
  dialog,
  ipcMain,
  nativeImage,
  nativeTheme,
  Notification,
  safeStorage,
  session,
  type MessagePortMain
} from 'electron'
import { readFile, stat, writeFile } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import type { AlertCommand } from '../src-shared/alerts/commands'
import type { Runtime } from '../src-shared/contract/calls'
import type { EngineControl } from '../src-shared/contract/control'
import { answersOf } from './answers'
import { AppNotices } from './desktop/app-notices'
import { denyPermissions, guardPages } from './desktop/guards'
import { MainWindow } from './desktop/main-window'
import { buildMenu } from './desktop/menu'
import { Notifications } from './desktop/notifications'
import { onPower } from './desktop/power'
import { appOrigin, registerScheme, serve } from './desktop/protocol'
import { quitTidily } from './desktop/quit'
import { RecentAlerts } from './desktop/recent-alerts'
import { openFile } from './desktop/open-file'
import { saveFile } from './desktop/save-file'
import { AppTray } from './desktop/tray'
import type { TrayAct } from './desktop/tray-menu'
import { EngineHost } from './engine-host'
import { EnginePorts } from './engine-ports'
import { forkEngine } from './engine-process'
import { guardCalls } from './guarded-calls'
import { openOutbound } from './outbound/open'
import { hear, type ReportParts } from './reports'
import { refusalText, refusedEndpoints, withoutRefused } from './store/endpoints'
import { Sounds } from './store/sounds'
import { openStore, type Store } from './store/store'

const userData = process.env['STEELYARD_USER_DATA']
if (userData !== undefined && userData !== '') app.setPath('userData', resolve(userData))
const developing = app.isPackaged ? undefined : process.env['ELECTRON_RENDERER_URL']
const origin = developing === undefined ? appOrigin : new URL(developing).origin

registerScheme()
// With both switches Chromium's helper processes refuse to start; npm start passes --no-sandbox to root alone, and says so.
if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox()
guardPages(app, origin)
if (app.requestSingleInstanceLock()) void app.whenReady().then(run)
else app.quit()

/** On a channel that the window plays. */
const isHeard = (channel: string): boolean => /^(sound|speech)\b/.test(channel)

/** Wires everything there is, once. */
function run(): void {
  const window = new MainWindow()
  const notices = new AppNotices((notice) => {
    window.tell({ kind: 'notice', notice })
  })
  const store = openStore(app.getPath('userData'), notices.tell.bind(notices))
  for (const refused of refusedEndpoints(store.settings.value)) notices.tell('warn', refusalText(refused))
  const alerts = new RecentAlerts()
  const notifications = notificationsFor(window, notices, (control) => engine.post(control))
  const outbound = openOutbound({
    ...{ store, notices, alerts, notifications, storage: safeStorage },
    tellWindow: (tell) => {
      window.tell(tell)
    },
    tellEngine: (control) => engine.post(control)
  })
  const ring: ReportParts['ring'] = (alert, channels) => {
    if (channels.some(isHeard)) window.tell({ kind: 'ring', alert, channels })
  }
  const tray = new AppTray({
    icons: join(app.getAppPath(), 'resources/tray'),
    act: (act) => {
      byTray(window, (control) => engine.post(control), act)
    }
  })
  const engine = engineFor(window, { store, notices, alerts, notifications, outbound, ring, tray })
  nativeTheme.themeSource = store.settings.value.theme
  const answers = answersOf({
    store,
    notices,
    alerts,
    notifications,
    engine,
    outbound,
    runtime: runtimeNow(),
    saveFile: (name, text) =>
      saveFile({ ask: (name) => dialog.showSaveDialog({ defaultPath: name }), write: writeFile }, name, text),
    copyText: async (text) => {
      await clipboard.writeText(text)
    },
    openFile: (kind) =>
      openFile(
        {
          ask: (name, extensions) =>
            dialog.showOpenDialog({ properties: ['openFile'], filters: [{ name, extensions }] }),
          sizeOf: async (path) => (await stat(path)).size,
          read: readFile,
          nameOf: basename
        },
        kind
      ),
    sounds: new Sounds(join(app.getPath('userData'), 'sounds')),
    onUnseen: (count) => {
      tray.tell({ unseen: count })
      app.setBadgeCount(count)
      const dot = join(app.getAppPath(), 'resources/tray/live-unread@2x.png')
      window.badge(count > 0 ? nativeImage.createFromPath(dot) : null, `${count} alerts not seen`)
    },
    onSettings: ({ theme }) => {
      nativeTheme.themeSource = theme
      window.paintGround()
    }
  })
  guardCalls(ipcMain, origin, answers)
  denyPermissions(session.defaultSession)
  buildMenu(developing !== undefined)
  onPower((state) => {
    engine.post({ kind: 'power', state })
  })
  app.on('second-instance', () => {
    window.raise()
  })
  quitTidily(app, store, engine)
  engine.start()
  tray.open()
  app.on('will-quit', () => {
    tray.close()
  })
  open(window, store, notices)
}

function open(window: MainWindow, { window: bounds }: Store, notices: AppNotices): void {
  if (developing === undefined) serve(join(__dirname, '../renderer'))
  const parts = {
    preload: join(__dirname, '../preload/preload.cjs'),
    icon: join(app.getAppPath(), 'resources/icon.png'),
    bounds
  }
  window.open(parts, developing ?? `${appOrigin}/`, (reason) => {
    notices.tell('warn', `The window's page ended (${reason}) and was loaded again; the engine ran on.`)
  })
}

function engineFor(
  window: MainWindow,
  parts: Parameters<typeof hear>[0] & { readonly store: Store }
): EngineHost<MessagePortMain> {
  const { settings, watchlists, rules, alertPolicy, bans } = parts.store
  const engine = new EngineHost<MessagePortMain>({
    start: (events) =>
      forkEngine(join(__dirname, 'engine.cjs'), join(app.getPath('userData'), 'tape'), events),
    configure: () => ({
      kind: 'configure',
      settings: withoutRefused(settings.value),
      watchlists: watchlists.value,
      rules: rules.value,
      policy: alertPolicy.value,
      alertFolder: join(app.getPath('userData'), 'alert-history'),
      bans: bans.value.bans
    }),
    remember: () => ({ kind: 'remember', memories: parts.store.memories.all }),
    onReport: (report) => {
      hear(parts, report)
    },
    onState: (state) => {
      window.tell(state)
      parts.tray?.tell(
        state.state === 'running' ? { engine: 'running' } : { engine: state.state, books: undefined }
      )
      if (state.state === 'running') ports.reissue()
    }
  })
  const ports = new EnginePorts(engine)
  ports.listen(ipcMain, origin)
  return engine
}

/** What somebody does in the tray; the engine hears it as of a window. */
function byTray(window: MainWindow, tell: (control: EngineControl) => void, act: TrayAct): void {
  const command = (it: AlertCommand): void => {
    tell({ kind: 'alert-command', command: it })
  }
  switch (act.kind) {
    case 'mute':
      command({ kind: 'snooze', target: { kind: 'all' }, for: act.for })
      break
    case 'unmute':
      command({ kind: 'unsnooze', target: { kind: 'all' } })
      break
    case 'acknowledge':
      command({ kind: 'acknowledge-all', by: 'tray' })
      break
    case 'alert':
      window.raise()
      window.tell({ kind: 'focus', instrument: act.alert.instrument, alert: act.alert.id })
      break
    case 'show':
      window.raise()
      break
    case 'quit':
      app.quit()
      break
    default:
      act satisfies never
  }
}

function notificationsFor(
  window: MainWindow,
  notices: AppNotices,
  tellEngine: (control: EngineControl) => void
): Notifications {
  return new Notifications({
    supported: () => Notification.isSupported(),
    markup: process.platform === 'linux',
    create: (options) => new Notification(options),
    onDelivery: (delivery) => {
      window.tell({ kind: 'delivery', delivery })
      // The history says of each alert what became of it.
      tellEngine({ kind: 'delivered', result: { channel: 'desktop', ...delivery } })
    },
    onClick: ({ instrument, id }) => {
      window.raise()
      window.tell({ kind: 'focus', instrument, alert: id })
    },
    onFirstFailure: (detail) => {
      const text = `Alerts do not reach your desktop (${detail}). They still appear in this window; each one says how it was delivered.`
      notices.tell('warn', text)
    }
  })
}

function runtimeNow(): Runtime {
  return {
    app: app.getVersion(),
    electron: process.versions.electron,
    chrome: process.versions.chrome,
    node: process.versions.node,
    evaluation: process.env['STEELYARD_RUNTIME'] === 'evaluation',
    platform: process.platform
  }
}
