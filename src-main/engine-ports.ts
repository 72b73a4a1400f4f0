import { MessageChannelMain, type IpcMain, type MessagePortMain, type WebContents } from 'electron'
import { channels } from './channels'
import type { EngineHost } from './engine-host'
import { isOurPage, senderOf } from './guarded-calls'

/** Joins each window's page to the engine, so that no frame passes the main process. */
export class EnginePorts {
  readonly #engine: EngineHost<MessagePortMain>
  readonly #pages = new Set<WebContents>()

  constructor(engine: EngineHost<MessagePortMain>) {
    this.#engine = engine
  }

  /** A page asks when it is new, when it was loaded again, and when its port closed. */
  listen(ipc: Pick<IpcMain, 'on'>, origin: string): void {
    ipc.on(channels.portWanted, (event) => {
      if (!isOurPage(senderOf(event), origin)) return
      const page = event.sender
      if (!this.#pages.has(page)) {
        this.#pages.add(page)
        page.once('destroyed', () => this.#pages.delete(page))
      }
      page.send(channels.tell, this.#engine.state)
      this.#issue(page)
    })
  }

  /** After a start of the engine: the old ports lead nowhere. */
  reissue(): void {
    for (const page of this.#pages) this.#issue(page)
  }

  #issue(page: WebContents): void {
    if (page.isDestroyed()) return
    const { port1, port2 } = new MessageChannelMain()
    // Without an engine nobody takes the other end; `reissue` comes when there is one.
    if (this.#engine.post({ kind: 'port', window: page.id }, [port1])) {
      page.postMessage(channels.port, null, [port2])
    }
  }
}
