import type { Engine } from '../../../src-main/engine/engine'
import type { Connection } from '../../../src-main/engine/engine-parts'
import type { Want } from '../../../src-main/engine/snapshotter'
import type { EngineFrame } from '../../../src-shared/contract/frames'

type Kind = EngineFrame['kind']
export type Frame<K extends Kind> = Extract<EngineFrame, { kind: K }>

/** A window as the engine meets it: keeps every frame, and acknowledges market frames as it draws them. */
export class DeskWindow {
  readonly frames: EngineFrame[] = []
  readonly #connection: Connection
  acknowledges = true

  constructor(engine: Engine) {
    this.#connection = engine.connect({
      post: (frame) => {
        this.frames.push(frame)
        if (frame.kind === 'market' && this.acknowledges) this.say({ kind: 'ack', number: frame.number })
      }
    })
  }

  say(command: unknown): void {
    // The port is not there yet while the engine greets.
    this.#connection.command(command)
  }

  watch(id: string, wish: Partial<Want> = {}): void {
    this.say({ kind: 'watch', instruments: [{ id, levels: 0, trades: false, ...wish }] })
  }

  close(): void {
    this.#connection.close()
  }

  all<K extends Kind>(kind: K): Frame<K>[] {
    return this.frames.filter((frame): frame is Frame<K> => frame.kind === kind)
  }

  last<K extends Kind>(kind: K): Frame<K> | undefined {
    return this.all(kind).at(-1)
  }

  forget(): void {
    this.frames.length = 0
  }
}
