import { WeightedMoments } from '../../math/weighted-moments'
import { Minutes, minuteMs, mostMinutes } from './minutes'
import { Since } from './since'

/** An anchor of the last hour on a whole multiple of this loses nothing, an older one on a whole minute; the window anchors on those. */
const bucketMs = 10_000
const mostBuckets = 360
const mostStretches = 40
const bucketWidth = 4
/** Buckets that are kept over a restart, the latest: with the stretches they fit into what a run may save. */
const mostSaved = 980

interface Bucket {
  start: number
  readonly moments: WeightedMoments
}

/**
 * The trades of the last hour in buckets of ten seconds, those of the day before in minutes, and when they were watched: an anchor may be chosen after the
 * fact. The oldest bucket and the oldest stretch make room. Prices in quote money, weights in base currency, times in Unix ms.
 */
export class Lately {
  readonly #buckets: readonly Bucket[] = Array.from({ length: mostBuckets }, () => ({
    start: NaN,
    moments: new WeightedMoments()
  }))
  readonly #minutes = new Minutes()
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
      if (!Number.isNaN(bucket.start)) this.#minutes.add(bucket.start, bucket.moments)
      bucket.start = start
      bucket.moments.clear()
    }
    bucket.moments.add(base, price)
  }

  gap(): void {
    const last = this.#stretches.at(-1)
    if (this.#isOpen && last) last[1] = this.#vouched(last[0])
    this.#isOpen = false
  }

  /** Of what was before nothing is left. */
  get oldest(): number {
    return oldestOf(this.#until, minuteMs, mostMinutes)
  }

  /** All trades since `from`, to go on from here: of a bucket that `from` cuts, and of time that has left, nothing is known. */
  since(from: number): Since {
    const until = this.#until
    const bucket = Math.max(this.#firstBucket(from), this.oldest)
    const first = Math.max(bucket, from)
    const whole = new WeightedMoments()
    this.#visit(bucket, (_start, moments) => {
      whole.merge(moments)
    })
    let watched = 0
    for (const [began, ended] of this.#stretches) {
      const isOpen = this.#isOpen && ended === until
      watched += Math.max(0, (isOpen ? this.#vouched(began) : ended) - Math.max(first, began))
    }
    const since = new Since()
    since.restore([from, watched, whole.weight, whole.mean, whole.spread])
    const [began = NaN] = this.#stretches.at(-1) ?? []
    if (this.#isOpen) since.see(Math.max(this.#vouched(began), Math.min(first, until)))
    return since
  }

  save(): readonly number[] {
    const rows: (readonly [number, number, number, number])[] = []
    this.#visit(0, (start, { weight, mean, spread }) => rows.push([start, weight, mean, spread]))
    rows.sort(([a], [b]) => a - b)
    const kept = rows.slice(-mostSaved)
    const oldest = rows.length > kept.length ? (Math.floor(kept[0]![0] / minuteMs) + 1) * minuteMs : 0
    // What is left out was not watched, as far as the next run can know.
    const stretches = this.#stretches.filter(([, to]) => to > oldest)
    const told = stretches.flatMap(([from, to]) => [Math.max(from, oldest), to])
    return [stretches.length, ...told, ...kept.filter(([start]) => start >= oldest).flat()]
  }

  /** False for nonsense, which changes nothing. */
  restore([count = NaN, ...values]: readonly number[]): boolean {
    const rows = values.slice(2 * count)
    const isShaped =
      Number.isInteger(count) && count >= 0 && count <= mostStretches && values.length >= 2 * count
    if (!isShaped || rows.length % bucketWidth !== 0) return false
    if (!values.every((value) => value >= 0)) return false
    this.#stretches = Array.from({ length: count }, (_, i) => [values[2 * i]!, values[2 * i + 1]!])
    this.#isOpen = false
    const oldest = oldestOf(this.#until, bucketMs, mostBuckets)
    for (let i = 0; i < rows.length; i += bucketWidth) {
      const [start = NaN, weight = NaN, mean = NaN, spread = NaN] = rows.slice(i, i + bucketWidth)
      const moments = Object.assign(new WeightedMoments(), { weight, mean, spread })
      if (start < oldest) this.#minutes.add(start, moments)
      else Object.assign(this.#bucketOf(start), { start, moments })
    }
    return true
  }

  /** When something was seen last. */
  get #until(): number {
    return this.#stretches.at(-1)?.[1] ?? 0
  }

  /** After the last trade before a gap nobody can vouch that none was missed: of what is watched since `began`, this is sure. */
  #vouched(began: number): number {
    return this.#tradeAt > began ? this.#tradeAt : began
  }

  /** The first that holds nothing but trades since `from`. One that it cuts does, where nothing was watched in it before. */
  #firstBucket(from: number): number {
    const step = from >= oldestOf(this.#until, bucketMs, mostBuckets) ? bucketMs : minuteMs
    const start = Math.floor(from / step) * step
    const isCut = start < from && this.#stretches.some(([began, ended]) => began < from && ended >= start)
    return isCut ? start + step : start
  }

  #visit(first: number, each: (start: number, moments: WeightedMoments) => void): void {
    for (const { start, moments } of this.#buckets) if (start >= first) each(start, moments)
    this.#minutes.visit(first, each)
  }

  #bucketOf(start: number): Bucket {
    return this.#buckets[Math.floor(start / bucketMs) % mostBuckets]!
  }
}

/** When the oldest of `most` buckets of `stepMs` begins, the last of which holds `until`. */
const oldestOf = (until: number, stepMs: number, most: number): number =>
  (Math.floor(until / stepMs) - most + 1) * stepMs
