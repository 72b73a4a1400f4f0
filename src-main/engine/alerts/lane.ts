import type { Half } from './half'
import type { Sight } from './sight'
import type { Signal } from './signal'
import type { Watch } from './watch'

const start = 0
const armed = 1
const waiting = 2
const maxGapMs = 1_000

/**
 * All machines of one instrument. Most say nothing most of the time; of those with a plain figure it is seen here, in columns that lie side by side: hundreds
 * of rules on dozens of instruments would otherwise spend their time waiting for memory.
 */
export class Lane {
  readonly sight: Sight
  readonly #machines: readonly { readonly watch: Watch; readonly half: Half }[]
  readonly #signals: Signal[] = []
  readonly #values: Float64Array
  readonly #signal: Int32Array
  readonly #sign: Int8Array
  readonly #on: Float64Array
  readonly #off: Float64Array
  readonly #staleMs: Float64Array
  readonly #phase: Uint8Array
  /** Until then nothing but the figure can change the machine; -Infinity where more can. */
  readonly #until: Float64Array

  constructor(watches: readonly Watch[]) {
    this.sight = watches[0]!.sight
    this.#machines = watches.flatMap((watch) => watch.halves.map((half) => ({ watch, half })))
    const count = this.#machines.length
    this.#signal = new Int32Array(count)
    this.#sign = new Int8Array(count)
    this.#on = new Float64Array(count)
    this.#off = new Float64Array(count)
    this.#staleMs = new Float64Array(count)
    this.#phase = new Uint8Array(count)
    this.#until = new Float64Array(count).fill(-Infinity)
    this.#place()
    this.#values = new Float64Array(this.#signals.length)
  }

  /** Machines that this sample may change, in order. */
  visit(see: (watch: Watch, half: Half) => void): void {
    const { mono, monoBefore } = this.sight
    const isGap = !(mono - monoBefore <= maxGapMs)
    for (const [place, signal] of this.#signals.entries()) this.#values[place] = signal.value
    for (let place = 0; place < this.#machines.length; place++) {
      if (!isGap && mono < this.#until[place]! && this.#isSettled(place)) continue
      const { watch, half } = this.#machines[place]!
      see(watch, half)
      this.#note(place, half)
    }
  }

  #isSettled(place: number): boolean {
    const value = this.#sign[place]! * this.#values[this.#signal[place]!]!
    const on = this.#on[place]!
    const isKnown = this.sight.ageMs <= this.#staleMs[place]! && value === value && on === on
    const phase = this.#phase[place]!
    if (phase === start) return !isKnown
    return isKnown && (phase === armed ? value < on : value >= this.#off[place]!)
  }

  #place(): void {
    for (const [place, { half }] of this.#machines.entries()) {
      const { plain } = half
      if (plain?.sight !== this.sight) continue
      const known = this.#signals.indexOf(plain.signal)
      this.#signal[place] = known < 0 ? this.#signals.push(plain.signal) - 1 : known
      this.#sign[place] = plain.sign
      this.#staleMs[place] = plain.staleMs
    }
  }

  #note(place: number, half: Half): void {
    const { plain, machine, refreshAt } = half
    const { phase } = machine
    const isQuiet = phase === 'START' || phase === 'ARMED' || phase === 'WAIT_RESET'
    if (plain?.sight !== this.sight || !isQuiet) {
      this.#until[place] = -Infinity
      return
    }
    this.#until[place] = refreshAt
    this.#on[place] = plain.on
    this.#off[place] = plain.off
    this.#phase[place] = phase === 'START' ? start : phase === 'ARMED' ? armed : waiting
  }
}
