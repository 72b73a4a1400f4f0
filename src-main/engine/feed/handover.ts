import type { Addresses } from './addresses'
import type { Budget } from './budget'
import type { Clock } from './clock'
import type { Line } from './line'
import { Rotation } from './rotation'
import type { RotationPace } from './rotation-pace'

export interface HandoverParts {
  readonly clock: Clock
  /** New sockets in five minutes, shared by all links of the venue. */
  readonly connects: Budget
  /** Shared by all links of the leg. */
  readonly rotations: RotationPace
  readonly addresses: Addresses
  /** Opens the line that is to take over; `unheard` takes its frames until it does. */
  readonly open: (url: string, unheard: (bytes: Uint8Array) => void) => Line
  /** There is a line to take over from. */
  readonly isInUse: () => boolean
  /** The line that is to take over hears now: whether the one in use still does is to be asked. */
  readonly onCompare: () => void
}

/** For the address of a line that is not urgent, ms. */
const ADDRESS_AGAIN_MS = 10_000
/** A new line that brought what no client should take is not made again sooner. */
const BOMBED_MS = 60_000

/** When the line in use is to be replaced, and the line that is to take over from it. */
export class Handover {
  readonly #parts: HandoverParts
  #rotation: Rotation | undefined
  /** Monotonic ms from which a new line is to be made before the old one goes; NaN while none is due. */
  #dueAt = NaN
  /** Monotonic ms before which none is made, as the last one failed. */
  #notBefore = -Infinity

  constructor(parts: HandoverParts) {
    this.#parts = parts
  }

  /** The line that is to take over, while it is being made. */
  get line(): Line | undefined {
    return this.#rotation?.line
  }

  /** In how many ms a line is begun that takes over from the one in use; 0 while it is being made, NaN where none is due. */
  get waitMs(): number {
    const { addresses, clock, connects, rotations } = this.#parts
    if (this.#rotation || addresses.isAsking) return 0
    const mono = clock.mono()
    const wait = Math.max(0, this.#dueAt - mono)
    return Math.max(wait, rotations.waitMs(mono), connects.waitMs(1, mono))
  }

  /** The line in use is old, or its end was announced. */
  ask(): void {
    if (this.#rotation) return
    if (Number.isNaN(this.#dueAt)) this.#dueAt = Math.max(this.#parts.clock.mono(), this.#notBefore)
    this.#begin()
  }

  /** Once a second: the rotation whose line takes over now. */
  tick(): Rotation | undefined {
    this.#begin()
    const rotation = this.#rotation
    if (!rotation) return undefined
    if (rotation.isReady) {
      this.#rotation = undefined
      this.#parts.rotations.worked(this.#parts.clock.mono())
      return rotation
    }
    if (rotation.isHopeless) {
      rotation.line.drop()
      this.#failed()
    } else if (rotation.isToBeCompared) {
      // Whether the old line still hears when the new one does tells whether all was heard in between.
      rotation.isToBeCompared = false
      this.#parts.onCompare()
    }
    return undefined
  }

  /** The line that was to take over has ended; `isBomb` where it brought what no client should take. */
  ended(isBomb: boolean): void {
    this.#failed(isBomb)
    this.#dueAt = this.#notBefore
  }

  /** There is nothing to take over from any more. */
  drop(): void {
    this.#rotation?.line.drop()
    this.#rotation = undefined
    this.#dueAt = NaN
  }

  /** One that is due waits while too many connections were made; without an address it is tried again. */
  #begin(): void {
    const { addresses, clock, connects, rotations, isInUse, open } = this.#parts
    const mono = clock.mono()
    if (!(mono >= this.#dueAt) || rotations.waitMs(mono) > 0) return
    if (addresses.isAsking || connects.waitMs(1, mono) > 0) return
    this.#dueAt = mono + ADDRESS_AGAIN_MS
    addresses.next((ticket) => {
      if (!('url' in ticket) || !isInUse() || this.#rotation) return
      this.#dueAt = NaN
      this.#rotation = new Rotation(clock, (onFrame) => open(ticket.url, onFrame))
    })
  }

  /** Another's turn comes before this one's: the wait is twice that of all. */
  #failed(isBomb = false): void {
    const { clock, rotations } = this.#parts
    const mono = clock.mono()
    this.#rotation = undefined
    this.#notBefore = mono + Math.max(2 * rotations.failed(mono), isBomb ? BOMBED_MS : 0)
  }
}
