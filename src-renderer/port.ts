import type { EngineCommand } from '../src-shared/contract/commands'
import type { EngineFrame } from '../src-shared/contract/frames'

/** What the port needs of the window. */
export interface PortWorld {
  /** Where ports arrive: the page's own window. */
  readonly page: EventTarget
  readonly wantPort: () => void
  readonly onFrame: (frame: EngineFrame) => void
  readonly onLost: () => void
  /** Calls back when what a frame changed has been drawn. */
  readonly afterDrawing: (done: () => void) => void
}

/** How long a drawing that does not come (a hidden window draws nothing) holds back the next frame, ms. */
const hiddenMs = 1_000

/** After the next drawing, or soon, when the window draws nothing. */
export function afterDrawing(done: () => void): void {
  let open = true
  const once = () => {
    if (!open) return
    open = false
    clearTimeout(timer)
    cancelAnimationFrame(frame)
    done()
  }
  const timer = setTimeout(once, document.hidden ? 0 : hiddenMs)
  const frame = requestAnimationFrame(once)
}

/** The wire to the engine. Ports come and go with the engine; what is sent while there is none is dropped, for `hello` starts anew. */
export class EnginePort {
  readonly #world: PortWorld
  #port: MessagePort | undefined

  constructor(world: PortWorld) {
    this.#world = world
    world.page.addEventListener('message', (event) => {
      this.#take(event as MessageEvent<unknown>)
    })
    world.wantPort()
  }

  send(command: EngineCommand): void {
    this.#port?.postMessage(command)
  }

  #take(event: MessageEvent<unknown>): void {
    const port = event.ports[0]
    const isOurs =
      (event.data as { kind?: unknown } | null)?.kind === 'steelyard-port' || event.data === 'steelyard-port'
    if (!isOurs || !port) return
    if (event.source !== null && event.source !== this.#world.page) return
    this.#port?.close()
    this.#port = port
    port.onmessage = (message: MessageEvent<EngineFrame>) => {
      this.#frame(port, message.data)
    }
    // Chrome 114 sends it in Electron, where the other end lives in a process that may die.
    port.addEventListener('close', () => {
      this.#lost(port)
    })
    port.start()
  }

  #frame(port: MessagePort, frame: EngineFrame): void {
    if (port !== this.#port) return
    this.#world.onFrame(frame)
    if (frame.kind !== 'market') return
    this.#world.afterDrawing(() => {
      if (port === this.#port) this.send({ kind: 'ack', number: frame.number })
    })
  }

  #lost(port: MessagePort): void {
    if (port !== this.#port) return
    this.#port = undefined
    this.#world.onLost()
    this.#world.wantPort()
  }
}
