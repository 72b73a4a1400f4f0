import type { Millis } from '../../../src-shared/units'
import { millis } from '../../../src-shared/units'

const windowMs = 60_000
/** Flapping links could make any number of holes in a minute; past this many the two oldest count as one long hole. */
const mostHoles = 64

/** How much of the last minute the trades were watched. Starts as not watched. */
export class Coverage {
  readonly #holes: { from: Millis; to: Millis }[] = []
  #openSince: Millis = millis(-Infinity)

  get watching(): boolean {
    return Number.isNaN(this.#openSince)
  }

  /** Nothing is known since `from`. */
  lose(from: Millis): void {
    if (this.watching) this.#openSince = from
    else if (from < this.#openSince) this.#openSince = from
  }

  /** Watched again from `at` on. */
  resume(at: Millis): void {
    if (this.watching) return
    this.#holes.push({ from: this.#openSince, to: at })
    this.#openSince = millis(NaN)
    if (this.#holes.length > mostHoles) {
      const [first, second] = this.#holes.splice(0, 2)
      this.#holes.unshift({ from: first!.from, to: second!.to })
    }
  }

  /** Share in [0, 1] of the minute before `now`. */
  share(now: Millis): number {
    const from = now - windowMs
    while (this.#holes.length > 0 && this.#holes[0]!.to <= from) this.#holes.shift()
    let missed = this.watching ? 0 : now - Math.max(from, this.#openSince)
    for (const hole of this.#holes) missed += hole.to - Math.max(from, hole.from)
    return Math.min(1, Math.max(0, 1 - missed / windowMs))
  }
}
