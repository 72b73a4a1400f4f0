import { BrowserWindow, nativeTheme, screen, type BrowserWindowConstructorOptions } from 'electron'
import type { Document } from '../store/document'
import type { WindowBounds } from '../store/window-bounds'
import { placed, smallest } from './bounds'

/** The ground of tokens.css, so that no white flash comes before the first paint. */
const ground = { dark: '#0E1116', light: '#FFFFFF' } as const

export const groundColour = (): string => (nativeTheme.shouldUseDarkColors ? ground.dark : ground.light)

/** What every window's page may do, which is nothing beyond drawing and talking through the preload. */
export const webPreferences: NonNullable<BrowserWindowConstructorOptions['webPreferences']> = {
  sandbox: true,
  contextIsolation: true,
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  webviewTag: false,
  webSecurity: true,
  spellcheck: false
}

export interface WindowParts {
  readonly preload: string
  readonly icon: string
  readonly bounds: Document<WindowBounds>
}

/** The only place windows are made. */
export function openWindow({ preload, icon, bounds }: WindowParts): BrowserWindow {
  const displays = [
    screen.getPrimaryDisplay(),
    ...screen.getAllDisplays().filter(({ id }) => id !== screen.getPrimaryDisplay().id)
  ]
  const place = placed(
    bounds.value,
    displays.map((display) => display.workArea)
  )
  const window = new BrowserWindow({
    ...place,
    title: 'Steelyard',
    minWidth: smallest.width,
    minHeight: smallest.height,
    show: false,
    icon,
    autoHideMenuBar: true,
    backgroundColor: groundColour(),
    webPreferences: { ...webPreferences, preload }
  })
  if (bounds.value.maximised) window.maximize()
  window.once('ready-to-show', () => {
    window.show()
  })
  rememberBounds(window, bounds)
  return window
}

/** Brings a window before the user, whatever hid it. */
export function raise(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore()
  window.show()
  window.focus()
}

function rememberBounds(window: BrowserWindow, bounds: Document<WindowBounds>): void {
  const remember = () => {
    if (window.isDestroyed() || window.isMinimized()) return
    bounds.save({ version: 1, ...window.getNormalBounds(), maximised: window.isMaximized() })
  }
  // The document itself waits for a burst of moves to end before it writes.
  window.on('resize', remember)
  window.on('move', remember)
  window.on('maximize', remember)
  window.on('unmaximize', remember)
  window.on('close', remember)
}
