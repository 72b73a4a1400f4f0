const hourMs = 3_600_000
const hours = 24
/** So little watched time says nothing of a day. */
const leastMs = hourMs / 2

/** Volume a day, from the hours watched of the last 24: an hour that was watched in part counts by the part. */
export class DailyVolume {
  readonly #volume = new Float64Array(hours)
  readonly #watchedMs = new Float64Array(hours)
  /** Which hour since 1970 each place holds. */
  readonly #hour = new Float64Array(hours).fill(NaN)
  #seenAt = NaN
  /** Up to when it is sure that no trade was missed: the last one, or when watching began. */
  #sureAt = NaN
  /** Sums over the last 24 hours, taken anew at the turn of each. */
  #sums = { newest: -Infinity, volume: 0, watchedMs: 0 }

  /** Share in [0, 1] of the half hour that is needed. */
  get share(): number {
    return Math.min(1, this.#sums.watchedMs / leastMs)
  }

  /** Unknown (NaN) before half an hour was watched. */
  get volume(): number {
    const { volume, watchedMs } = this.#sums
    return watchedMs >= leastMs ? (volume / watchedMs) * hours * hourMs : NaN
  }

  /** Trades were watched up to `at` and `volume` came at it. */
  add(at: number, volume: number): void {
    const from = this.#seenAt
    const hour = Math.floor(at / hourMs)
    // What lies before the hour belongs to the one before, if anything was watched there.
    if (from < hour * hourMs) this.#watch(hour - 1, Math.min(hourMs, hour * hourMs - from), 0)
    const watched = Number.isNaN(from) ? 0 : Math.max(0, at - Math.max(from, hour * hourMs))
    this.#watch(hour, watched, volume)
    if (volume > 0 || Number.isNaN(from)) this.#sureAt = at
    this.#seenAt = at
  }

  /** After the last trade nobody can vouch that none was missed: what was watched since is taken back. */
  gap(): void {
    const newest = Math.floor(this.#seenAt / hourMs)
    for (let hour = Math.max(Math.floor(this.#sureAt / hourMs), newest - hours + 1); hour <= newest; hour++) {
      const place = hour % hours
      const from = Math.max(hour * hourMs, this.#sureAt)
      const unsure = Math.min((hour + 1) * hourMs, this.#seenAt) - from
      if (this.#hour[place] === hour) this.#watchedMs[place] = Math.max(0, this.#watchedMs[place]! - unsure)
    }
    if (newest >= 0) this.#sumAnew(this.#sums.newest)
    this.#seenAt = NaN
  }

  save(): number[] {
    return Array.from({ length: hours }, (_, place) => place)
      .filter((place) => !Number.isNaN(this.#hour[place]!))
      .flatMap((place) => [this.#hour[place]!, this.#volume[place]!, this.#watchedMs[place]!])
  }

  restore(values: readonly number[]): boolean {
    if (values.length % 3 !== 0 || values.length > 3 * hours || !values.every((it) => it >= 0)) return false
    for (let at = 0; at < values.length; at += 3) this.#watch(values[at]!, values[at + 2]!, values[at + 1]!)
    return true
  }

  #watch(hour: number, ms: number, volume: number): void {
    const place = hour % hours
    if (this.#hour[place] !== hour) {
      this.#hour[place] = hour
      this.#volume[place] = 0
      this.#watchedMs[place] = 0
    }
    this.#watchedMs[place]! += ms
    this.#volume[place]! += volume
    if (hour === this.#sums.newest) {
      this.#sums.volume += volume
      this.#sums.watchedMs += ms
    } else this.#sumAnew(Math.max(hour, this.#sums.newest))
  }

  #sumAnew(newest: number): void {
    let [volume, watchedMs] = [0, 0]
    for (let place = 0; place < hours; place++) {
      if (!(this.#hour[place]! > newest - hours)) continue
      volume += this.#volume[place]!
      watchedMs += this.#watchedMs[place]!
    }
    this.#sums = { newest, volume, watchedMs }
  }
}
