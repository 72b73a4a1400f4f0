/** Neighbouring bins are 2 % apart, so a value is known to 1 %. */
const growth = Math.log(1.02)
const least = 1e-9
const most = 1e15
const spare = 64
/** Weights grow instead of old ones shrinking; past this they are brought back. */
const largest = 1e100

/** What values of any size and sign were like lately, by order of magnitude: an observation counts half after each half-life. */
export class LogHistogram {
  readonly #halfLifeMs: number
  /** Weights of the keys from `#first` on; a greater key is a greater value. */
  #bins = new Float64Array(0)
  #first = 0
  #total = 0
  #origin = NaN
  #at = NaN

  constructor(halfLifeMs: number) {
    this.#halfLifeMs = halfLifeMs
  }

  /** `at` in ms; NaN values are not counted. Times that go back count as the latest. */
  add(at: number, value: number): void {
    if (Number.isNaN(value)) return
    if (Number.isNaN(this.#origin)) this.#origin = at
    if (!(at < this.#at)) this.#at = at
    const weight = 2 ** ((this.#at - this.#origin) / this.#halfLifeMs)
    const key = keyOf(value)
    this.#reach(key)
    this.#bins[key - this.#first]! += weight
    this.#total += weight
    if (weight > largest) this.#bringBack(weight)
  }

  /** Share in [0, 1] of what was below `value`, half of its own bin counted. NaN of nothing. */
  rank(value: number): number {
    if (this.#total === 0 || Number.isNaN(value)) return NaN
    const place = keyOf(value) - this.#first
    let below = 0
    for (let bin = 0; bin < Math.min(place, this.#bins.length); bin++) below += this.#bins[bin]!
    return (below + (this.#bins[place] ?? 0) / 2) / this.#total
  }

  /** The value below which `share` of the weight lies, to 1 %. NaN of nothing. */
  quantile(share: number): number {
    if (this.#total === 0) return NaN
    const wanted = share * this.#total
    let below = 0
    let last = NaN
    for (let bin = 0; bin < this.#bins.length; bin++) {
      const weight = this.#bins[bin]!
      if (weight === 0) continue
      last = valueOf(bin + this.#first)
      below += weight
      if (below >= wanted) break
    }
    return last
  }

  /** The median distance from `centre`. NaN of nothing. */
  medianDistance(centre: number): number {
    if (this.#total === 0 || Number.isNaN(centre)) return NaN
    const distances: (readonly [distance: number, weight: number])[] = []
    for (let bin = 0; bin < this.#bins.length; bin++)
      if (this.#bins[bin]! > 0)
        distances.push([Math.abs(valueOf(bin + this.#first) - centre), this.#bins[bin]!])
    distances.sort(([a], [b]) => a - b)
    let below = 0
    for (const [distance, weight] of distances) {
      below += weight
      if (below >= this.#total / 2) return distance
    }
    return NaN
  }

  /** Pairs key, weight as of the latest observation. */
  save(): number[] {
    const now = Number.isNaN(this.#origin) ? 1 : 2 ** ((this.#at - this.#origin) / this.#halfLifeMs)
    const pairs: number[] = []
    for (let bin = 0; bin < this.#bins.length; bin++)
      if (this.#bins[bin]! > 0) pairs.push(bin + this.#first, Number((this.#bins[bin]! / now).toPrecision(6)))
    return pairs
  }

  /** False, with nothing taken, where the numbers are no such pairs. */
  restore(pairs: readonly number[]): boolean {
    const keys = pairs.filter((_, place) => place % 2 === 0)
    const weights = pairs.filter((_, place) => place % 2 === 1)
    const end = keyOf(most)
    if (keys.length !== weights.length || !weights.every((it) => it >= 0 && Number.isFinite(it))) return false
    if (!keys.every((key) => Number.isInteger(key) && Math.abs(key) <= end)) return false
    this.#bins = new Float64Array(0)
    this.#total = 0
    for (const [place, key] of keys.entries()) {
      this.#reach(key)
      this.#bins[key - this.#first]! += weights[place]!
      this.#total += weights[place]!
    }
    this.#origin = NaN
    this.#at = NaN
    return true
  }

  #reach(key: number): void {
    if (this.#bins.length === 0) {
      this.#first = key - spare
      this.#bins = new Float64Array(2 * spare)
      return
    }
    const first = key < this.#first ? key - spare : this.#first
    const end = Math.max(
      this.#first + this.#bins.length,
      key >= this.#first + this.#bins.length ? key + spare : 0
    )
    if (first === this.#first && end === this.#first + this.#bins.length) return
    const grown = new Float64Array(end - first)
    grown.set(this.#bins, this.#first - first)
    this.#bins = grown
    this.#first = first
  }

  #bringBack(weight: number): void {
    this.#total = 0
    for (let bin = 0; bin < this.#bins.length; bin++) this.#total += this.#bins[bin]! /= weight
    this.#origin = this.#at
  }
}

function keyOf(value: number): number {
  const size = Math.min(Math.abs(value), most)
  if (size < least) return 0
  return Math.sign(value) * (1 + Math.round(Math.log(size / least) / growth))
}

const valueOf = (key: number): number =>
  key === 0 ? 0 : Math.sign(key) * least * Math.exp((Math.abs(key) - 1) * growth)
