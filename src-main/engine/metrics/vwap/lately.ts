import { WeightedMoments } from '../../math/weighted-moments'

/** An anchor on a whole multiple of this loses nothing; the window anchors on those. */
export const bucketMs = 10_000
const mostBuckets = 360
const mostStretches = 20
const bucketWidth = 4

/**
 * The trades of the last hour in buckets of ten seconds, and when they were watched: an anchor may be chosen a little after the fact.
 * The oldest bucket and the oldest stretch make room. Prices in quote money, weights in base currency, times in Unix ms.
 */
export class Lately {
  readonly #buckets = Array.from({ length: mostBuckets }, () => ({
    start: NaN,
    moments: new WeightedMoments()
  }))
  /** Watched from, watched until; the last one goes on while something is watched. */
  #stretches: [from: number, to: number][] = []
  #isOpen = false
  #tradeAt = NaN

  see(at: number): void {
    const last = this.#stretches.at(-1)
    if (this.#isOpen && last) {
      if (at > last[1]) last[1] = at
      return
    }
    this.#isOpen = true
    this.#stretches.push([at, at])
    if (this.#stretches.length > mostStretches) this.#stretches.shift()
  }

  add(at: number, base: number, price: number): void {
    this.#tradeAt = at
    const start = Math.floor(at / bucketMs) * bucketMs
    const bucket = this.#bucketOf(start)
    if (bucket.start > start) return
    if (bucket.start !== start) {
      bucket.start = start
      bucket.moments.clear()
    }
    bucket.moments.add(base, price)
  }

  /** After the last trade before a gap nobody can vouch that none was missed. */
  gap(): void {
    const last = this.#stretches.at(-1)
    if (this.#isOpen && last) last[1] = this.#tradeAt > last[0] ? this.#tradeAt : last[0]
    this.#isOpen = false
  }

  /** All trades since `from`, as `Since` restores them: of a bucket that `from` cuts, and of time that has left, nothing is known. */
  since(from: number, until: number): readonly number[] {
    const whole = new WeightedMoments()
    const oldest = (Math.floor(until / bucketMs) - mostBuckets + 1) * bucketMs
    const first = Math.max(Math.ceil(from / bucketMs) * bucketMs, oldest)
    for (const { start, moments } of this.#buckets) if (start >= first) whole.merge(moments)
    let watched = 0
    for (const [began, ended] of this.#stretches) watched += Math.max(0, ended - Math.max(first, began))
    return [from, watched, whole.weight, whole.mean, whole.spread]
  }

  save(): readonly number[] {
    const kept = this.#buckets.filter(({ start }) => !Number.isNaN(start))
    const rows = kept.flatMap(({ start, moments: { weight, mean, spread } }) => [start, weight, mean, spread])
    return [this.#stretches.length, ...this.#stretches.flat(), ...rows]
  }

  /** False for nonsense, which changes nothing. */
  restore([count = NaN, ...values]: readonly number[]): boolean {
    const rows = values.slice(2 * count)
    const isShaped =
      Number.isInteger(count) && count >= 0 && count <= mostStretches && values.length >= 2 * count
    if (!isShaped || rows.length % bucketWidth !== 0 || rows.length > bucketWidth * mostBuckets) return false
    if (!values.every((value) => value >= 0)) return false
    this.#stretches = Array.from({ length: count }, (_, i) => [values[2 * i]!, values[2 * i + 1]!])
    this.#isOpen = false
    for (let i = 0; i < rows.length; i += bucketWidth) {
      const [start = NaN, weight = NaN, mean = NaN, spread = NaN] = rows.slice(i, i + bucketWidth)
      const bucket = this.#bucketOf(start)
      bucket.start = start
      Object.assign(bucket.moments, { weight, mean, spread })
    }
    return true
  }

  #bucketOf(start: number) {
    return this.#buckets[Math.floor(start / bucketMs) % mostBuckets]!
  }
}
