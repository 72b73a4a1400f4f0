/** Weights grow instead of old ones shrinking; past this they are brought back. */
const largest = 1e100

/** What values were like lately, in equal bins: an observation counts half after each half-life. Values beyond the ends count in the end bins. */
export class DecayedHistogram {
  readonly low: number
  readonly high: number
  readonly #halfLifeMs: number
  readonly #bins: Float64Array
  /** Weight below each bin, summed when asked after a change. */
  readonly #below: Float64Array
  #isSummed = false
  /** The first bin that holds anything: before it there is nothing to add up. */
  #first: number
  #total = 0
  /** When an observation has weight 1. */
  #origin = NaN
  #at = NaN
  /** What an observation at `#at` weighs. */
  #weightNow = 1
  readonly #width: number

  constructor(low: number, high: number, bins: number, halfLifeMs: number) {
    this.low = low
    this.high = high
    this.#halfLifeMs = halfLifeMs
    this.#width = (high - low) / bins
    this.#bins = new Float64Array(bins)
    this.#below = new Float64Array(bins)
    this.#first = bins
  }

  /** Observations, counted by their weight at the latest of them. */
  get weight(): number {
    return this.#total === 0 ? 0 : this.#total / this.#weightNow
  }

  /** `at` in ms; NaN values are not counted. Times that go back count as the latest. */
  add(at: number, value: number): void {
    if (Number.isNaN(value)) return
    if (Number.isNaN(this.#origin)) this.#origin = at
    if (!(at <= this.#at)) {
      this.#at = at
      this.#weightNow = this.#weightAt(at)
    }
    const weight = this.#weightNow
    const bin = this.#binOf(value)
    if (bin < this.#first) this.#first = bin
    this.#bins[bin]! += weight
    this.#total += weight
    this.#isSummed = false
    if (weight > largest) this.#bringBack()
  }

  /** Share in [0, 1] of what was below `value`, its own bin counted in proportion. NaN of nothing. */
  rank(value: number): number {
    if (Number.isNaN(value)) return NaN
    this.#sum()
    const bin = this.#binOf(value)
    const inside = Math.min(1, Math.max(0, (value - this.low) / this.#width - bin))
    return (this.#below[bin]! + inside * this.#bins[bin]!) / this.#total
  }

  /** The value below which `share` of the weight lies, to within a bin by proportion. NaN of nothing. */
  quantile(share: number): number {
    if (this.#total === 0) return NaN
    const wanted = share * this.#total
    let below = 0
    for (let bin = this.#first; bin < this.#bins.length; bin++) {
      const weight = this.#bins[bin]!
      if (weight > 0 && below + weight >= wanted)
        return this.low + (bin + (wanted - below) / weight) * this.#width
      below += weight
    }
    return this.high
  }

  /** The median distance from `centre`. NaN of nothing. */
  medianDistance(centre: number): number {
    if (this.#total === 0 || Number.isNaN(centre)) return NaN
    let near = 0
    let far = this.high - this.low
    // The weight within a distance only rises with it.
    for (let step = 0; step < 40; step++) {
      const middle = (near + far) / 2
      if (this.rank(centre + middle) - this.rank(centre - middle) < 0.5) near = middle
      else far = middle
    }
    return (near + far) / 2
  }

  /** The bins with weights as of the latest observation, for `restore`; the count of bins is the caller's to know. */
  save(): number[] {
    const weight = this.#total === 0 ? 1 : this.#weightNow
    return [...this.#bins].map((it) => Number((it / weight).toPrecision(6)))
  }

  /** False, with nothing taken, where the numbers are no weights of this many bins. Counts as observed at the next observation. */
  restore(weights: readonly number[]): boolean {
    if (weights.length !== this.#bins.length || !weights.every((it) => it >= 0)) return false
    this.#bins.set(weights)
    this.#below.fill(0)
    this.#first = Math.max(
      0,
      this.#bins.findIndex((it) => it > 0)
    )
    this.#total = weights.reduce((sum, it) => sum + it, 0)
    this.#isSummed = false
    this.#origin = NaN
    this.#at = NaN
    this.#weightNow = 1
    return true
  }

  #sum(): void {
    if (this.#isSummed) return
    this.#isSummed = true
    for (let bin = this.#first + 1; bin < this.#bins.length; bin++)
      this.#below[bin] = this.#below[bin - 1]! + this.#bins[bin - 1]!
  }

  #binOf(value: number): number {
    const bin = Math.floor((value - this.low) / this.#width)
    return Math.min(this.#bins.length - 1, Math.max(0, bin))
  }

  /** 1 before the first observation. */
  #weightAt(at: number): number {
    return Number.isNaN(this.#origin) ? 1 : 2 ** ((at - this.#origin) / this.#halfLifeMs)
  }

  #bringBack(): void {
    const weight = this.#weightNow
    this.#total = 0
    for (let bin = 0; bin < this.#bins.length; bin++) this.#total += this.#bins[bin]! /= weight
    this.#origin = this.#at
    this.#weightNow = 1
  }
}
