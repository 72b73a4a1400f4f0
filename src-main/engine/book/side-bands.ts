import type { LevelSide, LevelSum } from './level-side'

/** After this many changed levels the sums are taken anew, so that float drift of the inverse stays far below 1e-9. */
const resumAfter = 100_000
/** Likewise a ring once its inverse fell to this share of what it was: cancellation has eaten two digits. */
const cancelled = 0.01

/** What a band holds on one side. */
export interface BandAnswer {
  lots: number
  moment: number
  inverse: number
}

/**
 * Sums of what rests within some bands of one side, kept while levels change and the mid moves: a change costs one addition to the ring it lies in, a move of
 * the mid only the levels that an edge crosses. Ring n lies between the edges of band n and of the next narrower one, so a band is the sum of its rings.
 */
export class SideBands implements LevelSum {
  /** Changes of levels beyond the widest band change no sum; Infinity while the sums are to be taken anew. */
  floor = Infinity
  #side: LevelSide
  readonly #sign: 1 | -1
  /** Narrow to wide. */
  #bps: readonly number[] = []
  /** Least key inside each band. */
  #limits = new Float64Array(0)
  /** Levels in each ring. */
  #counts = new Float64Array(0)
  #lots = new Float64Array(0)
  /** Sum of lots x (key - anchor) of each ring: small numbers, so that the sum stays exact. */
  #moments = new Float64Array(0)
  #inverses = new Float64Array(0)
  /** The most that each ring's inverse has been since it was summed anew. */
  #peaks = new Float64Array(0)
  #keepsInverses = false
  #anchor = 0
  #changes = 0
  /** Takes in what `put` is given. */
  readonly #gathered = { count: 0, lots: 0, moment: 0, inverse: 0 }

  constructor(side: LevelSide) {
    this.#side = side
    this.#sign = side.sign
  }

  keep(bps: number): void {
    this.#bps = [...this.#bps, bps].sort((one, other) => one - other)
    const rings = this.#bps.length
    this.#limits = new Float64Array(rings)
    this.#counts = new Float64Array(rings)
    this.#lots = new Float64Array(rings)
    this.#moments = new Float64Array(rings)
    this.#inverses = new Float64Array(rings)
    this.#peaks = new Float64Array(rings)
    this.void()
  }

  keepInverses(): void {
    if (this.#keepsInverses) return
    this.#keepsInverses = true
    this.void()
  }

  /** The same levels are now kept by another side. */
  follow(side: LevelSide): void {
    this.#side = side
    this.void()
  }

  /** The sums no longer hold; they are taken anew when next asked for. */
  void(): void {
    this.floor = Infinity
  }

  /** Of a level not below `floor`. */
  changed(key: number, before: number, size: number): void {
    const limits = this.#limits
    let ring = limits.length - 1
    while (ring > 0 && key >= limits[ring - 1]!) ring--
    const lots = size - before
    this.#counts[ring]! += Number(size !== 0) - Number(before !== 0)
    this.#lots[ring]! += lots
    this.#moments[ring]! += lots * (key - this.#anchor)
    this.#changes++
    if (!this.#keepsInverses) return
    // A price of 0 has no inverse; a band never reaches it, its level only passes through before the mid follows.
    const inverse = this.#inverses[ring]! + (key === 0 ? 0 : (this.#sign * lots) / key)
    this.#inverses[ring] = inverse
    if (inverse > this.#peaks[ring]!) this.#peaks[ring] = inverse
  }

  put(key: number, lots: number): void {
    const gathered = this.#gathered
    gathered.count++
    gathered.lots += lots
    gathered.moment += lots * (key - this.#anchor)
    if (this.#keepsInverses && key !== 0) gathered.inverse += (this.#sign * lots) / key
  }

  /** The mid is now here: levels crossed by a band's edge come in or go out. */
  moved(mid: number): void {
    if (this.floor === Infinity) return
    if (this.#changes > resumAfter || !(mid > 0)) {
      this.void()
      return
    }
    const midKey = this.#sign * mid
    const limits = this.#limits
    for (let ring = 0; ring < limits.length; ring++) {
      const limit = limitOf(midKey, mid, this.#bps[ring]!)
      if (limit !== limits[ring]) this.#shift(ring, limit)
    }
    this.floor = limits[limits.length - 1]!
  }

  /** @returns `into`; all NaN when not known that far, or where bps of the mid mean nothing because it is not above 0 */
  read(bps: number, mid: number, crossed: boolean, into: BandAnswer): BandAnswer {
    const band = this.#ringOf(bps)
    into.lots = into.moment = into.inverse = NaN
    if (!(mid > 0)) return into
    if (crossed || this.floor === Infinity) this.#sumAnew(mid, crossed)
    const sign = this.#sign
    if (!(this.#limits[band]! >= sign * this.#side.known)) return into
    let lots = 0
    let moment = 0
    let inverse = 0
    for (let ring = 0; ring <= band; ring++) {
      if (this.#counts[ring] === 0) continue
      if (this.#inverses[ring]! < this.#peaks[ring]! * cancelled) this.#sumRing(ring)
      lots += this.#lots[ring]!
      moment += this.#moments[ring]!
      inverse += this.#inverses[ring]!
    }
    into.lots = lots
    // The zero keeps an empty ask band from answering -0.
    into.moment = 0 + sign * (moment + this.#anchor * lots)
    into.inverse = this.#keepsInverses ? inverse : NaN
    return into
  }

  #ringOf(bps: number): number {
    for (let ring = 0; ring < this.#bps.length; ring++) if (this.#bps[ring] === bps) return ring
    throw new Error(`nobody keeps the band of ${bps} bps`)
  }

  /** Moves the edge of a band: what it crosses changes from the ring behind it to the one before it, or the other way round. */
  #shift(ring: number, limit: number): void {
    const before = this.#limits[ring]!
    this.#limits[ring] = limit
    const gathered = this.#gather(Math.min(limit, before), Math.max(limit, before))
    if (gathered.count === 0) return
    const factor = limit < before ? 1 : -1
    this.#add(ring, factor)
    if (ring + 1 < this.#limits.length) this.#add(ring + 1, -factor)
    this.#changes += gathered.count
  }

  #add(ring: number, factor: number): void {
    const { count, lots, moment, inverse } = this.#gathered
    this.#counts[ring]! += factor * count
    this.#lots[ring]! += factor * lots
    this.#moments[ring]! += factor * moment
    this.#inverses[ring]! += factor * inverse
    if (this.#inverses[ring]! > this.#peaks[ring]!) this.#peaks[ring] = this.#inverses[ring]!
  }

  /** A crossed book has levels beyond the far edge too; then the sums serve this once and are taken anew next time. */
  #sumAnew(mid: number, crossed: boolean): void {
    const midKey = this.#sign * mid
    const limits = this.#limits
    this.#anchor = Math.round(midKey)
    let end = Infinity
    for (let ring = 0; ring < limits.length; ring++) {
      const bps = this.#bps[ring]!
      limits[ring] = limitOf(midKey, mid, bps)
      const narrower = end
      // The far edge is the near one seen from the other side.
      if (crossed) end = 1 - limitOf(-midKey, mid, bps)
      this.#sumRing(ring, end)
      if (!crossed || ring === 0) continue
      this.#gather(narrower, end)
      this.#add(ring, 1)
    }
    this.#changes = 0
    this.floor = crossed ? Infinity : limits[limits.length - 1]!
  }

  /** @param end of the narrowest ring */
  #sumRing(ring: number, end = Infinity): void {
    const gathered = this.#gather(this.#limits[ring]!, ring === 0 ? end : this.#limits[ring - 1]!)
    this.#counts[ring] = gathered.count
    this.#lots[ring] = gathered.lots
    this.#moments[ring] = gathered.moment
    this.#inverses[ring] = this.#peaks[ring] = gathered.inverse
  }

  #gather(from: number, to: number): Readonly<BandAnswer & { count: number }> {
    const gathered = this.#gathered
    gathered.count = gathered.lots = gathered.moment = gathered.inverse = 0
    this.#side.putBetween(from, to, this)
    return gathered
  }
}

/** The least whole key not farther than the band's width from the mid, by the same subtraction that defines the band. */
function limitOf(midKey: number, mid: number, bps: number): number {
  const width = (mid * bps) / 10_000
  const limit = Math.ceil(midKey - width)
  if (midKey - limit > width) return limit + 1
  return midKey - (limit - 1) <= width ? limit - 1 : limit
}
