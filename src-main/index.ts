import { app, ipcMain, nativeTheme, Notification, session, type BrowserWindow } from 'electron'
import { join, resolve } from 'node:path'
import type { Runtime, Tell } from '../src-shared/contract/calls'
import type { EngineReport } from '../src-shared/contract/control'
import type { Settings } from '../src-shared/settings'
import { millis } from '../src-shared/units'
import { answersOf } from './answers'
import { channels } from './channels'
import { AppNotices } from './desktop/app-notices'
import { denyPermissions, guardPages } from './desktop/guards'
import { buildMenu } from './desktop/menu'
import { Notifications } from './desktop/notifications'
import { onPower } from './desktop/power'
import { appOrigin, registerScheme, serve } from './desktop/protocol'
import { RecentAlerts } from './desktop/recent-alerts'
import { groundColour, openWindow, raise } from './desktop/window'
import { EngineHost } from './engine-host'
import { EnginePorts } from './engine-ports'
import { forkEngine } from './engine-process'
import { guardCalls } from './guarded-calls'
import { banned } from './store/bans'
import { refusalText, refusedEndpoints, withoutRefused } from './store/endpoints'
import { openStore } from './store/store'

const userData = process.env['STEELYARD_USER_DATA']
if (userData !== undefined && userData !== '') app.setPath('userData', resolve(userData))
const developing = app.isPackaged ? undefined : process.env['ELECTRON_RENDERER_URL']
const origin = developing === undefined ? appOrigin : new URL(developing).origin

registerScheme()
app.enableSandbox()
guardPages(app, origin)
if (app.requestSingleInstanceLock()) void app.whenReady().then(run)
else app.quit()

/** Wires everything there is, once. */
function run(): void {
  let window: BrowserWindow | undefined
  const tell = (what: Tell) => {
    if (window !== undefined && !window.isDestroyed()) window.webContents.send(channels.tell, what)
  }
  const show = () => {
    if (window !== undefined) raise(window)
  }

  const notices = new AppNotices((notice) => {
    tell({ kind: 'notice', notice })
  })
  const store = openStore(app.getPath('userData'), notices.tell.bind(notices))
  for (const refused of refusedEndpoints(store.settings.value)) notices.tell('warn', refusalText(refused))

  const alerts = new RecentAlerts()
  const notifications = new Notifications({
    supported: () => Notification.isSupported(),
    create: (options) => new Notification(options),
    onDelivery: (delivery) => {
      tell({ kind: 'delivery', delivery })
    },
    onClick: ({ instrument, id }) => {
      show()
      tell({ kind: 'focus', instrument, alert: id })
    },
    onFirstFailure: (detail) => {
      const text = `Alerts do not reach your desktop (${detail}). They still appear in this window; each alert says how it was delivered.`
      notices.tell('warn', text)
    }
  })

  const engine = new EngineHost({
    start: (events) => forkEngine(join(__dirname, 'engine.cjs'), events),
    configure: () => ({
      kind: 'configure',
      settings: withoutRefused(store.settings.value),
      watchlists: store.watchlists.value,
      rules: store.rules.value,
      bans: store.bans.value.bans
    }),
    onReport: heard,
    onState: (state) => {
      tell(state)
      if (state.state === 'running') ports.reissue()
    }
  })
  const ports = new EnginePorts(engine)

  function heard(report: EngineReport): void {
    switch (report.kind) {
      case 'alert':
        alerts.add(report.alert)
        if (report.alert.desktop) notifications.deliver(report.alert)
        break
      case 'ban':
        store.bans.save(banned(store.bans.value, report.ban, millis(Date.now())))
        break
      case 'fault':
        notices.tell('warn', `The engine reports: ${report.message}`)
        break
      case 'ready':
      case 'health':
        break
      default:
        report satisfies never
    }
  }

  applyTheme(store.settings.value)
  const onSettings = (settings: Settings) => {
    applyTheme(settings)
    window?.setBackgroundColor(groundColour())
  }
  const runtime = runtimeNow()
  guardCalls(
    ipcMain,
    origin,
    answersOf({ store, notices, alerts, notifications, engine, runtime, onSettings })
  )
  ports.listen(ipcMain, origin)
  denyPermissions(session.defaultSession)
  buildMenu(developing !== undefined)
  onPower((state) => {
    engine.post({ kind: 'power', state })
  })
  app.on('second-instance', show)

  engine.start()
  if (developing === undefined) serve(join(__dirname, '../renderer'))
  window = openWindow({
    preload: join(__dirname, '../preload/preload.cjs'),
    icon: join(app.getAppPath(), 'resources/icon.png'),
    bounds: store.window
  })
  window.webContents.on('render-process-gone', (_, { reason }) => {
    if (reason === 'clean-exit') return
    notices.tell('warn', `The window's page ended (${reason}) and was loaded again; the engine ran on.`)
    window?.webContents.reload()
  })
  void window.loadURL(developing ?? `${appOrigin}/`)

  app.on('window-all-closed', () => {
    app.quit()
  })
  let tidied = false
  app.on('before-quit', (event) => {
    if (tidied) return
    event.preventDefault()
    store.flush()
    void engine.stop().then(() => {
      tidied = true
      store.flush()
      app.quit()
    })
  })
}

function applyTheme(settings: Settings): void {
  nativeTheme.themeSource = settings.theme
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
