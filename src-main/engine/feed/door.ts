import type { Millis } from '../../../src-shared/units'
import { millis } from '../../../src-shared/units'
import { Backoff } from './backoff'
import { Bombs } from './bombs'
import type { Clock } from './clock'

/** Who wants a line. */
export interface Guest {
  /** It is this one's turn to try, after this long. */
  tryIn(waitMs: number, reason: string): void
  /** Another tries first, at that time. */
  waitFor(at: Millis, reason: string): void
  /** Somebody has come in: try now. */
  enter(): void
}

/**
 * The door that all lines of one kind to one venue go through. Once a line is lost only one link tries for a new one, with growing waits; the others wait for it
 * and follow as soon as the venue is heard. So a venue that is down sees the connects of one line, however many it had. After each failure it is the next one's
 * turn: a line that fails for reasons of its own keeps nobody out. One that brings again what no client should take is alone left alone for a minute.
 */
export class Door {
  readonly #clock: Clock
  readonly #backoff: Backoff
  readonly #soonestMs: () => number
  readonly #bombs = new WeakMap<Guest, Bombs>()
  /** Whose turn it is; undefined while everybody may try. */
  #first: Guest | undefined
  #nextAt: Millis = millis(NaN)
  /** Those who wait, in turn, and why each lost its line. */
  readonly #waiting = new Map<Guest, string>()

  /** `soonestMs`: how long the venue's own limit of new lines makes the next one wait, so that no attempt is promised that may not be made. */
  constructor(clock: Clock, backoff: Backoff, soonestMs: () => number = () => 0) {
    this.#clock = clock
    this.#backoff = backoff
    this.#soonestMs = soonestMs
  }

  /** Attempts that failed since the last steady minute. */
  get attempts(): number {
    return this.#backoff.attempts
  }

  /** Whether this one may try now; if not, it is told when to. */
  admits(guest: Guest): boolean {
    if (this.#first === undefined || this.#first === guest) return true
    this.#park(guest, '')
    return false
  }

  /** Its line is lost, or could not be made. `isBomb`: it brought what no client should take. */
  failed(guest: Guest, reason: string, isBomb = false): void {
    const mono = this.#clock.mono()
    const awayMs = isBomb ? this.#bombsOf(guest).came(mono) : 0
    if (awayMs > 0) {
      this.left(guest)
      guest.tryIn(Math.max(this.#soonestMs(), awayMs), reason)
      return
    }
    if (this.#first !== undefined && this.#first !== guest) {
      this.#park(guest, reason)
      return
    }
    this.#waiting.set(guest, reason)
    this.#next(Math.max(this.#soonestMs(), this.#backoff.failed(mono)))
  }

  /** A new line has brought something. */
  opened(): void {
    this.#backoff.recovered(this.#clock.mono())
    this.#first = undefined
    const guests = [...this.#waiting.keys()]
    this.#waiting.clear()
    for (const guest of guests) guest.enter()
  }

  /** Things work. */
  good(): void {
    this.#backoff.good(this.#clock.mono())
  }

  /** It wants no line any more, or none for a while. */
  left(guest: Guest): void {
    this.#waiting.delete(guest)
    if (this.#first !== guest) return
    this.#first = undefined
    if (this.#waiting.size > 0) this.#next(Math.max(0, this.#nextAt - this.#clock.now()))
  }

  /** The past is forgotten, and this one tries now: after a sleep, or when the user asks. */
  forget(guest: Guest): void {
    this.#backoff.forget()
    this.#waiting.delete(guest)
    this.#first = undefined
  }

  #bombsOf(guest: Guest): Bombs {
    let bombs = this.#bombs.get(guest)
    if (!bombs) this.#bombs.set(guest, (bombs = new Bombs()))
    return bombs
  }

  #park(guest: Guest, reason: string): void {
    this.#waiting.set(guest, reason)
    guest.waitFor(this.#nextAt, reason)
  }

  #next(waitMs: number): void {
    const [turn] = this.#waiting
    if (!turn) return
    const [first, reason] = turn
    this.#waiting.delete(first)
    this.#first = first
    this.#nextAt = millis(Math.round(this.#clock.now() + waitMs))
    first.tryIn(waitMs, reason)
    for (const [guest, why] of this.#waiting) guest.waitFor(this.#nextAt, why)
  }
}
