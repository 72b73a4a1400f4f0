import { Menu, nativeImage, Tray, type MenuItemConstructorOptions } from 'electron'
import { join } from 'node:path'
import { trayIcon, trayMenu, trayTip, type TrayAct, type TrayLine, type TrayState } from './tray-menu'

export interface TrayParts {
  /** Holds `live.png`, `muted-unread@2x.png` and the like. */
  readonly icons: string
  readonly act: (act: TrayAct) => void
}

const nothing: TrayState = { engine: 'starting', books: undefined, centre: undefined, alerts: [], unseen: 0 }

/**
 * The app in the system's tray. A desktop may have none: then nothing is missing but this, for the window is never hidden in it and closing it quits.
 */
export class AppTray {
  readonly #parts: TrayParts
  /** Kept, or it is collected and vanishes. */
  #tray: Tray | undefined
  #state: TrayState = nothing
  #shown = ''
  #icon = ''

  constructor(parts: TrayParts) {
    this.#parts = parts
  }

  /** Answers why there is none, in words; empty when there is one, as far as the system tells. */
  open(): string {
    try {
      this.#icon = trayIcon(this.#state)
      this.#tray = new Tray(this.#image(this.#icon))
      // Where the system sends it: on Linux the menu itself opens.
      this.#tray.on('click', () => {
        this.#parts.act({ kind: 'show' })
      })
      this.#draw()
      return ''
    } catch (error) {
      this.#tray = undefined
      return error instanceof Error ? error.message : String(error)
    }
  }

  tell(change: Partial<TrayState>): void {
    this.#state = { ...this.#state, ...change }
    this.#draw()
  }

  close(): void {
    this.#tray?.destroy()
    this.#tray = undefined
  }

  /** Only what changed: a menu that is replaced closes where it is open. */
  #draw(): void {
    const tray = this.#tray
    if (!tray || tray.isDestroyed()) return
    const lines = trayMenu(this.#state)
    const shown = JSON.stringify([lines, trayTip(this.#state)])
    if (shown !== this.#shown) {
      this.#shown = shown
      tray.setToolTip(trayTip(this.#state))
      tray.setContextMenu(Menu.buildFromTemplate(lines.flatMap((line) => this.#items(line))))
    }
    const icon = trayIcon(this.#state)
    if (icon === this.#icon) return
    this.#icon = icon
    tray.setImage(this.#image(icon))
  }

  #items({ label, act, lines, separated }: TrayLine): MenuItemConstructorOptions[] {
    const item: MenuItemConstructorOptions = {
      label,
      enabled: act !== undefined || lines !== undefined,
      ...(lines && { submenu: lines.flatMap((line) => this.#items(line)) }),
      ...(act && {
        click: () => {
          this.#parts.act(act)
        }
      })
    }
    return separated === true ? [{ type: 'separator' }, item] : [item]
  }

  #image(name: string): Electron.NativeImage {
    return nativeImage.createFromPath(join(this.#parts.icons, `${name}.png`))
  }
}
