import { setImmediate } from 'node:timers/promises'
import type { Clock } from '../feed/clock'

/** Work goes on for so long, ms, before everything else has its turn. */
const sliceMs = 4

/** Long work in slices, so that what is live goes on beside it. */
export class Breather {
  readonly #clock: Pick<Clock, 'mono'>
  readonly #rest: () => Promise<void>
  #since: number

  constructor(clock: Pick<Clock, 'mono'>, rest: () => Promise<void> = setImmediate) {
    this.#clock = clock
    this.#rest = rest
    this.#since = clock.mono()
  }

  /** Ask between any two pieces of work; each must be well under a slice. */
  get isDue(): boolean {
    return this.#clock.mono() - this.#since >= sliceMs
  }

  async rest(): Promise<void> {
    await this.#rest()
    this.#since = this.#clock.mono()
  }
}
