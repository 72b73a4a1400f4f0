import { DecayedHistogram } from '../../math/decayed-histogram'
import { VolumeBuckets } from '../../math/volume-buckets'

export const window = 50
const bins = 200
const halfLifeMs = 15 * 86_400_000
/** Buckets of own history before a rank says something. */
export const leastRanked = 200

/** Full buckets, the mean imbalance of the last 50, and its rank in its own history. */
export class Toxicity {
  readonly buckets: VolumeBuckets
  readonly #history = new DecayedHistogram(0, 1, bins, halfLifeMs)
  readonly #imbalance = new Float64Array(window)
  readonly #from = new Float64Array(window)
  readonly #to = new Float64Array(window)
  #count = 0
  #openedAt = NaN
  #at = NaN
  /** Of the last 50 buckets: mean imbalance, NaN before they are full, and the time inside them. */
  #vpin = NaN
  #insideMs = NaN

  /** @param sizeNow the size of buckets to come, asked at the end of each */
  constructor(sizeNow: () => number) {
    this.buckets = new VolumeBuckets(NaN, (imbalance) => {
      this.#close(imbalance)
      this.buckets.resize(sizeNow())
    })
  }

  get count(): number {
    return Math.min(window, this.#count)
  }

  get ranked(): number {
    return this.#history.weight
  }

  /** NaN before 50 buckets are full. */
  get vpin(): number {
    return this.#vpin
  }

  /** Share in [0, 1] of its own history below; NaN while that is short. */
  get rank(): number {
    return this.#history.weight >= leastRanked ? this.#history.rank(this.vpin) : NaN
  }

  add(at: number, volume: number, buyShare: number): void {
    if (!(this.buckets.size > 0)) return
    if (Number.isNaN(this.#openedAt)) this.#openedAt = at
    this.#at = at
    this.buckets.add(volume, buyShare)
  }

  /** The bucket under way has missed trades. */
  gap(): void {
    this.buckets.spill()
    this.#openedAt = NaN
  }

  /** Share in [0, 1] of the time since the oldest of the 50 buckets opened that lies in buckets. */
  watched(at: number): number {
    if (this.#count < window) return NaN
    const open = Number.isNaN(this.#openedAt) ? 0 : at - this.#openedAt
    return Math.min(1, (open + this.#insideMs) / (at - this.#from[this.#count % window]!))
  }

  save(): number[] {
    const rows = Array.from({ length: this.count }, (_, row) => (this.#count - this.count + row) % window)
    const kept = rows.flatMap((row) => [this.#imbalance[row]!, this.#from[row]!, this.#to[row]!])
    return [rows.length, ...kept, ...this.#history.save()]
  }

  /** Takes what it needs from the front of `values`, and answers the rest; undefined for nonsense. */
  restore([rows = NaN, ...values]: readonly number[]): readonly number[] | undefined {
    if (!(rows >= 0 && rows <= window) || !values.every((it) => it >= 0)) return undefined
    const kept = values.slice(0, 3 * rows)
    if (kept.some((it, place) => place % 3 === 0 && it > 1 + 1e-6)) return undefined
    if (!this.#history.restore(values.slice(3 * rows, 3 * rows + bins))) return undefined
    for (let row = 0; row < rows; row++) {
      this.#imbalance[row] = kept[3 * row]!
      this.#from[row] = kept[3 * row + 1]!
      this.#to[row] = kept[3 * row + 2]!
    }
    this.#count = rows
    this.#measure()
    return values.slice(3 * rows + bins)
  }

  #close(imbalance: number): void {
    const place = this.#count % window
    this.#imbalance[place] = imbalance
    this.#from[place] = this.#openedAt
    this.#to[place] = this.#at
    this.#count++
    this.#openedAt = this.#at
    this.#measure()
    this.#history.add(this.#at, this.#vpin)
  }

  #measure(): void {
    let [sum, inside] = [0, 0]
    for (let place = 0; place < window; place++) {
      sum += this.#imbalance[place]!
      inside += this.#to[place]! - this.#from[place]!
    }
    const isFull = this.#count >= window
    this.#vpin = isFull ? sum / window : NaN
    this.#insideMs = isFull ? inside : NaN
  }
}
