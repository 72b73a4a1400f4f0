import { RollingQuantile } from '../../math/rolling-quantile'

/** Order statistics of the values of the last `spanMs`, exact, of at most `most` of them: what is older leaves by its time, however few came since. */
export class Recent {
  readonly #spanMs: number
  readonly #values: RollingQuantile
  readonly #at: Float64Array
  #oldest = 0

  constructor(spanMs: number, most: number) {
    this.#spanMs = spanMs
    this.#values = new RollingQuantile(most)
    this.#at = new Float64Array(most)
  }

  get count(): number {
    return this.#values.count
  }

  /** NaN is not taken. Times do not go back. */
  add(at: number, value: number): void {
    this.pass(at)
    if (Number.isNaN(value)) return
    if (this.count === this.#at.length) this.#drop()
    this.#at[(this.#oldest + this.count) % this.#at.length] = at
    this.#values.add(value)
  }

  /** Time has come to `at`. */
  pass(at: number): void {
    while (this.count > 0 && at - this.#at[this.#oldest]! >= this.#spanMs) this.#drop()
  }

  /** By linear interpolation between order statistics; NaN of nothing. */
  quantile(share: number): number {
    return this.#values.quantile(share)
  }

  #drop(): void {
    this.#values.dropOldest()
    this.#oldest = (this.#oldest + 1) % this.#at.length
  }
}
