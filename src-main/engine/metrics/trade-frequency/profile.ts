const slotMs = 1_800_000
export const slots = 48
/** Visits that count in the mean of a slot: later ones weigh 1/20 each. */
const memory = 20

/** Trades and volume a second by half hour of the UTC day, learned over days. A half hour counts where at least half of it was watched. */
export class Profile {
  readonly #trades = new Float64Array(slots)
  readonly #volume = new Float64Array(slots)
  readonly #days = new Float64Array(slots)
  /** Half hours since 1970. */
  #slot = NaN
  #count = 0
  #base = 0
  #watchedMs = 0
  /** Of the watched time, what came after the last trade. */
  #sinceTradeMs = 0
  #seenAt = NaN

  /** `n` trades of together `base` came at `at`, and none since the last call. */
  add(at: number, n: number, base: number): void {
    const slot = Math.floor(at / slotMs)
    if (slot !== this.#slot) {
      if (this.#seenAt < slot * slotMs)
        this.#watch(Math.min(slotMs, Math.max(0, (this.#slot + 1) * slotMs - this.#seenAt)))
      this.#close()
      this.#slot = slot
      this.#seenAt = Math.max(slot * slotMs, Number.isNaN(this.#seenAt) ? at : this.#seenAt)
    }
    if (!Number.isNaN(this.#seenAt)) this.#watch(Math.max(0, at - this.#seenAt))
    if (n > 0) this.#sinceTradeMs = 0
    this.#seenAt = at
    this.#count += n
    this.#base += base
  }

  /** After the last trade nobody can vouch that none was missed: what was watched since is taken back. */
  gap(): void {
    this.#watchedMs -= this.#sinceTradeMs
    this.#sinceTradeMs = 0
    this.#seenAt = NaN
  }

  /** Usual trades a second at this time of day; NaN before it was ever seen. */
  usual(at: number): number {
    const slot = Math.floor(at / slotMs) % slots
    return this.#days[slot]! > 0 ? this.#trades[slot]! : NaN
  }

  /** Numbers a row: start of the half hour (s after 00:00 UTC), trades a second, base currency a second, days seen. */
  rows(): Float64Array | undefined {
    const known = Array.from({ length: slots }, (_, slot) => slot).filter((slot) => this.#days[slot]! > 0)
    if (known.length === 0) return undefined
    return Float64Array.from(
      known.flatMap((slot) => [
        (slot * slotMs) / 1_000,
        this.#trades[slot]!,
        this.#volume[slot]!,
        this.#days[slot]!
      ])
    )
  }

  save(): number[] {
    return [...this.#trades, ...this.#volume, ...this.#days]
  }

  restore(values: readonly number[]): boolean {
    if (values.length !== 3 * slots || !values.every((it) => it >= 0)) return false
    this.#trades.set(values.slice(0, slots))
    this.#volume.set(values.slice(slots, 2 * slots))
    this.#days.set(values.slice(2 * slots))
    return true
  }

  #watch(ms: number): void {
    this.#watchedMs += ms
    this.#sinceTradeMs += ms
  }

  #close(): void {
    if (this.#watchedMs >= slotMs / 2) {
      const slot = this.#slot % slots
      const days = (this.#days[slot]! += 1)
      const share = 1 / Math.min(memory, days)
      this.#trades[slot]! += share * ((this.#count / this.#watchedMs) * 1_000 - this.#trades[slot]!)
      this.#volume[slot]! += share * ((this.#base / this.#watchedMs) * 1_000 - this.#volume[slot]!)
    }
    this.#count = this.#base = this.#watchedMs = this.#sinceTradeMs = 0
  }
}
