import { WeightedMoments } from '../../math/weighted-moments'
import { WatchedTime } from '../watched-time'

/** The average of all trades since a moment, and how much of that time was watched. Prices in quote money, weights in base currency. */
export class Since {
  readonly moments = new WeightedMoments()
  readonly #watched = new WatchedTime()
  /** Unix ms; NaN until it is known. */
  from = NaN

  see(at: number): void {
    this.#watched.see(at)
  }

  add(at: number, base: number, price: number): void {
    this.#watched.traded(at)
    this.moments.add(base, price)
  }

  gap(): void {
    this.#watched.gap()
  }

  /** A new stretch from `from` on, watched since `watchedFrom`. */
  begin(from: number, watchedFrom: number): void {
    this.from = from
    this.moments.clear()
    this.#watched.restart(watchedFrom)
  }

  /** In [0, 1]; NaN before it began. */
  share(at: number): number {
    return at > this.from ? Math.min(1, this.#watched.ms(at) / (at - this.from)) : NaN
  }

  save(at: number): readonly number[] {
    const { weight, mean, spread } = this.moments
    return [Number.isNaN(this.from) ? 0 : this.from, this.#watched.ms(at), weight, mean, spread]
  }

  restore([from = NaN, watchedMs = NaN, weight = NaN, mean = NaN, spread = NaN]: readonly number[]): boolean {
    if (!(from >= 0 && watchedMs >= 0 && weight >= 0 && mean >= 0 && spread >= 0)) return false
    this.from = from
    this.#watched.restart(from, watchedMs)
    Object.assign(this.moments, { weight, mean, spread })
    return true
  }
}
