import type { Clock } from './clock'

export const TICK_MS = 1_000
/** A tick that comes this late was not late: the computer slept. */
const SLEPT_MS = 10_000
/** Looked at this often between ticks, so that a busy spell is known to a tenth of a second. */
const LOOK_MS = 100
/**
 * Nothing served for so long means that the process was busy, and what it holds is looked at anew. For less than that, a long collection or a list of
 * instruments, nobody is asked.
 */
const STALLED_MS = 500
const CLOCK_JUMP_MS = 5_000
/** Systems do not always tell that they woke, or that they did not sleep after all. */
const DOZE_MS = 15_000

export interface WakefulnessParts {
  readonly clock: Clock
  /** The process served nothing for so long, ms; at most a tenth of a second more than it was busy. */
  readonly onStalled: (ms: number) => void
  /** Time has jumped, for this reason: what comes now is backlog. */
  readonly onJumped: (reason: string) => void
}

/** Tells by both clocks, looked at once a second and with every frame, whether time went on as it should. */
export class Wakefulness {
  readonly #parts: WakefulnessParts
  #at: { readonly now: number; readonly mono: number }
  /** Monotonic ms at which anything was served last. */
  #servedAt: number
  readonly #cancel: () => void

  constructor(parts: WakefulnessParts) {
    this.#parts = parts
    this.#at = timesOf(parts.clock)
    this.#servedAt = this.#at.mono
    this.#cancel = parts.clock.every(LOOK_MS, () => {
      this.#look()
    })
  }

  stop(): void {
    this.#cancel()
  }

  /** All is well at this moment. */
  note(): void {
    this.#at = timesOf(this.#parts.clock)
    this.#servedAt = this.#at.mono
  }

  /** So much time has passed since, by one clock or the other, that a computer said to sleep does not. */
  get isDozing(): boolean {
    const { now, mono } = timesOf(this.#parts.clock)
    return Math.max(now - this.#at.now, mono - this.#at.mono) > DOZE_MS
  }

  /** Looked at with every frame: after a sleep the backlog may come before any timer. False when time has jumped; everything is made anew in that very call. */
  check(): boolean {
    const { now, mono } = timesOf(this.#parts.clock)
    const passed = mono - this.#at.mono
    const slept = passed - TICK_MS > SLEPT_MS
    const jumped = Math.abs(now - this.#at.now - passed) > CLOCK_JUMP_MS
    if (!slept && !jumped) {
      this.#look()
      return true
    }
    this.#at = { now, mono }
    this.#servedAt = mono
    this.#parts.onJumped(slept ? 'the computer was asleep' : "the computer's clock has jumped")
    return false
  }

  /** A sleep is none of its business: who checks next will see it. */
  #look(): void {
    const mono = this.#parts.clock.mono()
    const busyMs = mono - this.#servedAt
    this.#servedAt = mono
    if (busyMs > STALLED_MS && busyMs <= SLEPT_MS + TICK_MS) this.#parts.onStalled(busyMs)
  }
}

const timesOf = (clock: Clock) => ({ now: clock.now(), mono: clock.mono() })
