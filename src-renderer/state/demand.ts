import type { EngineCommand } from '../../src-shared/contract/commands'
import type { InstrumentId } from '../../src-shared/instrument'
import type { Millis } from '../../src-shared/units'
import type { Want } from './market'
import { sameWants, unionOf } from './wants'

/** How far back a series asks when it begins. */
const pastMs = 600_000

interface World {
  readonly send: (command: EngineCommand) => void
  readonly now: () => Millis
}

const sendable = ({ metrics, tables, ...want }: Want) => ({
  ...want,
  ...(metrics && { metrics: [...metrics] }),
  ...(tables && { tables: [...tables] })
})

/** What the window asks of the engine: the union of its panels' wants, and the past of each series that begins. */
export class Demand {
  readonly #world: World
  readonly #released: (id: InstrumentId) => void
  readonly #wants = new Map<string, readonly Want[]>()
  readonly #begun = new Set<InstrumentId>()
  #sent: readonly Want[] = []
  #connected = false
  #waiting = false

  /** @param released told of each instrument that nobody wants any more. */
  constructor(world: World, released: (id: InstrumentId) => void) {
    this.#world = world
    this.#released = released
  }

  want(owner: string, wants: readonly Want[]): void {
    if (wants.length === 0) this.#wants.delete(owner)
    else this.#wants.set(owner, wants)
    this.#flushSoon()
  }

  /** A series begins: its past is asked for, after the instrument itself. */
  begin(id: InstrumentId): void {
    this.#begun.add(id)
    this.#flushSoon()
  }

  /** A port that knows nothing of this window yet. */
  connect(): void {
    this.#connected = true
    this.#sent = []
    this.#flushSoon()
  }

  disconnect(): void {
    this.#connected = false
  }

  /** Owners change in bursts (a layout switch): they become one command. */
  #flushSoon(): void {
    if (this.#waiting) return
    this.#waiting = true
    queueMicrotask(() => {
      this.#waiting = false
      if (this.#connected) this.#flush()
    })
  }

  #flush(): void {
    const wanted = unionOf(this.#wants.values())
    if (!sameWants(wanted, this.#sent)) {
      const ids = new Set(wanted.map(({ id }) => id))
      const gone = this.#sent.filter(({ id }) => !ids.has(id))
      this.#sent = wanted
      this.#world.send({ kind: 'watch', instruments: wanted.map(sendable) })
      for (const { id } of gone) this.#released(id)
    }
    const since = this.#world.now() - pastMs
    for (const instrument of this.#begun) this.#world.send({ kind: 'history', instrument, since })
    this.#begun.clear()
  }
}
