/** Which side has had the upper hand: +1 the bid, -1 the ask, 0 neither. */
export type Side = -1 | 0 | 1

export interface RegimeLimits {
  /** A side takes over at this z and beyond, ... */
  readonly enter: number
  /** ... and loses it below this one, ... */
  readonly leave: number
  /** ... each when it has held for so long, ms. */
  readonly dwellMs: number
}

/** A regime with hysteresis and a least dwell: it does not flap at a limit, and a single quote does not turn it. */
export class Regime {
  readonly #limits: RegimeLimits
  #side: Side = 0
  #since = NaN
  #next: Side = 0
  #nextSince = NaN

  constructor(limits: RegimeLimits) {
    this.#limits = limits
  }

  get side(): Side {
    return this.#side
  }

  /** When the running regime began, ms; NaN before the first known z. */
  get since(): number {
    return this.#since
  }

  /** NaN changes nothing. */
  see(at: number, z: number): void {
    if (Number.isNaN(z)) return
    if (Number.isNaN(this.#since)) this.#since = at
    const wanted = this.#wanted(z)
    if (wanted === this.#side) {
      this.#nextSince = NaN
      return
    }
    if (wanted !== this.#next || Number.isNaN(this.#nextSince)) {
      this.#next = wanted
      this.#nextSince = at
    }
    if (at - this.#nextSince < this.#limits.dwellMs) return
    this.#side = wanted
    this.#since = at
    this.#nextSince = NaN
  }

  forget(): void {
    this.#side = 0
    this.#since = NaN
    this.#nextSince = NaN
  }

  #wanted(z: number): Side {
    const { enter, leave } = this.#limits
    if (z >= enter) return 1
    if (z <= -enter) return -1
    // Between the limits the side that has it keeps it.
    return this.#side * z >= leave ? this.#side : 0
  }
}
