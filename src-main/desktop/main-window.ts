import type { BrowserWindow, NativeImage } from 'electron'
import type { Tell } from '../../src-shared/contract/calls'
import { channels } from '../channels'
import { groundColour, openWindow, raise, type WindowParts } from './window'

/** The app's one window, which may not be open yet, or no longer. */
export class MainWindow {
  #window: BrowserWindow | undefined

  open(parts: WindowParts, address: string, onPageLost: (reason: string) => void): void {
    const window = openWindow(parts)
    this.#window = window
    window.once('closed', () => (this.#window = undefined))
    window.webContents.on('render-process-gone', (_, { reason }) => {
      if (reason === 'clean-exit') return
      onPageLost(reason)
      window.webContents.reload()
    })
    void window.loadURL(address)
  }

  tell(what: Tell): void {
    this.#window?.webContents.send(channels.tell, what)
  }

  raise(): void {
    if (this.#window !== undefined) raise(this.#window)
  }

  /** What has not been seen, where the system shows such on an app's icon. */
  badge(picture: NativeImage | null, words: string): void {
    if (process.platform === 'win32') this.#window?.setOverlayIcon(picture, words)
  }

  paintGround(): void {
    this.#window?.setBackgroundColor(groundColour())
  }
}
