import { DecayedHistogram } from '../math/decayed-histogram'
import { LogHistogram } from '../math/log-histogram'

/** Half an hour of seconds: before that nothing is called unusual. */
export const leastSamples = 1_800
const bins = 400
const hourMs = 3_600_000
/** An hour of the day counts as much as all of them together once it has so many samples. */
const hourTrust = 3_600

type Histogram = Pick<DecayedHistogram, 'add' | 'rank' | 'quantile' | 'medianDistance'> & {
  save(): number[]
  restore(weights: readonly number[]): boolean
}

export interface HistoryWish {
  /** Ends of the figure where it has some. */
  readonly range: readonly [number, number] | undefined
  readonly windowMs: number
  readonly byHour: boolean
}

/**
 * What one figure of one instrument was like, a sample a second: 400 equal bins between its ends, or bins 2 % apart where it has none. A sample counts
 * half after half the window. Hours of the day may have histories of their own, blended in by n / (n + k).
 */
export class FigureHistory {
  readonly #wish: HistoryWish
  readonly #all: Histogram
  readonly #hours: (Histogram | undefined)[] = []
  readonly #hourSamples = new Array<number>(24).fill(0)
  #hour = 0
  #second = NaN
  /** Samples ever taken; those before a restart too. */
  samples = 0

  constructor(wish: HistoryWish) {
    this.#wish = wish
    this.#all = this.#fresh()
  }

  /** In [0, 1]. */
  get learned(): number {
    return Math.min(1, this.samples / leastSamples)
  }

  /** Once a second at most; `at` in ms since 1970. Unknown values are skipped. */
  see(at: number, value: number): void {
    const second = Math.floor(at / 1_000)
    if (Number.isNaN(value) || second === this.#second) return
    this.#second = second
    this.samples++
    this.#all.add(at, value)
    if (!this.#wish.byHour) return
    this.#hour = Math.floor(at / hourMs) % 24
    this.#hourSamples[this.#hour]!++
    this.#hours[this.#hour] ??= this.#fresh()
    this.#hours[this.#hour]!.add(at, value)
  }

  /** NaN before enough was seen. */
  quantile(share: number): number {
    return this.#blended((histogram) => histogram.quantile(share))
  }

  rank(value: number): number {
    return this.#blended((histogram) => histogram.rank(value))
  }

  /** 1.4826 median absolute deviations: a standard deviation, of a normal distribution. NaN where nothing deviates. */
  deviation(): number {
    const spread = this.#blended((histogram) => 1.4826 * histogram.medianDistance(histogram.quantile(0.5)))
    return spread > 0 ? spread : NaN
  }

  save(): number[] {
    return [this.samples, ...this.#all.save()]
  }

  restore([samples, ...weights]: readonly number[]): boolean {
    if (samples === undefined || !(samples >= 0) || !this.#all.restore(weights)) return false
    this.samples = samples
    return true
  }

  #blended(of: (histogram: Histogram) => number): number {
    if (this.samples < leastSamples) return NaN
    const all = of(this.#all)
    const own = this.#hours[this.#hour]
    if (!own) return all
    const n = this.#hourSamples[this.#hour]!
    const weight = n / (n + hourTrust)
    return weight * of(own) + (1 - weight) * all
  }

  #fresh(): Histogram {
    const { range, windowMs } = this.#wish
    const halfLife = windowMs / 2
    return range ? new DecayedHistogram(range[0], range[1], bins, halfLife) : new LogHistogram(halfLife)
  }
}
