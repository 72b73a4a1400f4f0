import type { Level } from './node'
import { between, on } from './node'

const share = 0.8

/**
 * On for 80 % of the last `spanMs` instead of all of it: for raw figures, whose every second sample may dip. The window must have been known from end
 * to end. Feeds a machine that waits for nothing more itself.
 */
export class MostOf {
  readonly #spanMs: number
  readonly #times: number[] = []
  readonly #on: boolean[] = []
  #onCount = 0
  #since = NaN

  constructor(spanMs: number) {
    this.#spanMs = spanMs
  }

  see(mono: number, level: Level): Level {
    if (Number.isNaN(level)) {
      this.forget()
      return level
    }
    if (Number.isNaN(this.#since)) this.#since = mono
    this.#times.push(mono)
    this.#on.push(level === on)
    if (level === on) this.#onCount++
    while (mono - this.#times[0]! > this.#spanMs) {
      this.#times.shift()
      if (this.#on.shift()) this.#onCount--
    }
    if (mono - this.#since >= this.#spanMs && this.#onCount >= share * this.#times.length) return on
    return Math.min(level, between)
  }

  forget(): void {
    this.#times.length = 0
    this.#on.length = 0
    this.#onCount = 0
    this.#since = NaN
  }
}
