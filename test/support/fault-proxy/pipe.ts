import type { Socket } from 'node:net'
import type { Clock } from '../../../src-main/engine/feed/clock'

/** What the way between the two ends is like; changed while it runs. */
export interface Weather {
  latencyMs: number
  jitterMs: number
  /** Bytes a second that the proxy reads and passes on. */
  bytesPerSecond: number
}

export const fairWeather = (): Weather => ({ latencyMs: 0, jitterMs: 0, bytesPerSecond: Infinity })

/** A narrow way passes this many times a second. */
const SLICES = 20

/** One direction of one connection: bytes in order, as late and as slow as the weather. */
export class Pipe {
  readonly #to: Socket
  readonly #clock: Clock
  readonly #weather: Weather
  readonly #chance: () => number
  #waiting: { readonly bytes: Buffer; readonly due: number }[] = []
  #due = -Infinity
  #isBusy = false
  /** Nothing passes, and what comes is kept. */
  isFrozen = false
  /** What comes is lost, and nobody is told. */
  isDead = false

  constructor(to: Socket, clock: Clock, weather: Weather, chance: () => number) {
    this.#to = to
    this.#clock = clock
    this.#weather = weather
    this.#chance = chance
  }

  push(bytes: Buffer): void {
    if (this.isDead) return
    const { latencyMs, jitterMs } = this.#weather
    // Nothing overtakes on a connection.
    this.#due = Math.max(this.#due, this.#clock.mono() + latencyMs + this.#chance() * jitterMs)
    this.#waiting.push({ bytes, due: this.#due })
    this.pump()
  }

  /** Passes on all that is due. */
  pump(): void {
    if (this.#isBusy || this.isFrozen || this.isDead) return
    for (let next = this.#waiting[0]; next; next = this.#waiting[0]) {
      const wait = next.due - this.#clock.mono()
      if (wait > 0) {
        this.#later(wait)
        return
      }
      this.#waiting.shift()
      if (!this.#pass(next.bytes)) return
    }
  }

  /** False when a part is left for the next slice. */
  #pass(bytes: Buffer): boolean {
    const most = Math.max(1, Math.ceil(this.#weather.bytesPerSecond / SLICES))
    if (!this.#to.destroyed) this.#to.write(bytes.subarray(0, most))
    if (bytes.length > most) this.#waiting.unshift({ bytes: bytes.subarray(most), due: -Infinity })
    if (most === Infinity) return true
    this.#later(1_000 / SLICES)
    return false
  }

  #later(ms: number): void {
    this.#isBusy = true
    this.#clock.after(ms, () => {
      this.#isBusy = false
      this.pump()
    })
  }
}
