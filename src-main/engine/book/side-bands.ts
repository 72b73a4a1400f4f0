import type { LevelListener, LevelSide, LevelSum } from './level-side'

/** After this many changed levels the sums are taken anew, so that float drift of the inverse stays far below 1e-9. */
const resumAfter = 100_000
/** Likewise once an inverse fell to this share of what it was: cancellation has eaten two digits. */
const cancelled = 0.01

/** The running sums of one band on one side. */
class Sums implements LevelSum {
  readonly bps: number
  /** Least key inside. */
  limit = Infinity
  /** Levels inside. */
  count = 0
  lots = 0
  /** Sum of lots x (key - anchor): small numbers, so that the sum stays exact. */
  moment = 0
  inverse = 0
  readonly #sign: 1 | -1
  #anchor = 0
  #peak = 0

  constructor(bps: number, sign: 1 | -1) {
    this.bps = bps
    this.#sign = sign
  }

  empty(limit: number, anchor: number): void {
    this.limit = limit
    this.#anchor = anchor
    this.count = 0
    this.lots = 0
    this.moment = 0
    this.inverse = 0
    this.#peak = 0
  }

  put(key: number, lots: number, factor: 1 | -1): void {
    const signed = factor * lots
    this.count += factor
    // A price of 0 has no inverse; a band never reaches it, its level only passes through before the mid follows.
    this.add(signed, key - this.#anchor, key === 0 ? 0 : (this.#sign * signed) / key)
  }

  add(lots: number, keyFromAnchor: number, inverse: number): void {
    this.lots += lots
    this.moment += lots * keyFromAnchor
    this.inverse += inverse
    if (this.inverse > this.#peak) this.#peak = this.inverse
  }

  get worn(): boolean {
    return this.inverse < this.#peak * cancelled
  }
}

/**
 * Sums of what rests within some bands of one side, kept while levels change and the mid moves: a change costs as many additions as bands
 * it lies in, a move of the mid only the levels it crosses.
 */
export class SideBands implements LevelListener {
  #side: LevelSide
  /** Narrow to wide. */
  readonly #bands: Sums[] = []
  #anchor = 0
  #anew = true
  #changes = 0

  constructor(side: LevelSide) {
    this.#side = side
  }

  keep(bps: number): void {
    this.#bands.push(new Sums(bps, this.#side.sign))
    this.#bands.sort((one, other) => one.bps - other.bps)
    this.#anew = true
  }

  /** The same levels are now kept by another side. */
  follow(side: LevelSide): void {
    this.#side = side
    this.#anew = true
  }

  /** The sums no longer hold; they are taken anew when next asked for. */
  void(): void {
    this.#anew = true
  }

  forgot(): void {
    this.#anew = true
  }

  changed(key: number, before: number, size: number): void {
    if (this.#anew) return
    const bands = this.#bands
    let band = bands.length - 1
    if (band < 0 || key < bands[band]!.limit) return
    const lots = size - before
    const levels = before === 0 ? 1 : size === 0 ? -1 : 0
    // A price of 0 has no inverse; a band never reaches it, its level only passes through before the mid follows.
    const inverse = key === 0 ? 0 : (this.#side.sign * lots) / key
    const keyFromAnchor = key - this.#anchor
    this.#changes++
    for (; band >= 0; band--) {
      const sums = bands[band]!
      if (key < sums.limit) return
      sums.count += levels
      sums.add(lots, keyFromAnchor, inverse)
    }
  }

  /** The mid is now here: levels crossed by a band's edge come in or go out. */
  moved(mid: number): void {
    if (this.#anew) return
    if (this.#changes > resumAfter || !(mid > 0)) {
      this.#anew = true
      return
    }
    const midKey = this.#side.sign * mid
    for (const sums of this.#bands) {
      const limit = limitOf(midKey, mid, sums.bps)
      if (limit !== sums.limit) this.#shift(sums, limit)
    }
  }

  /** @returns the sums of a kept band: `lots`, and what `moment` and `inverse` answer for it; all NaN when not known that far, or where bps of the mid mean nothing because it is not above 0 */
  read(bps: number, mid: number, crossed: boolean): { lots: number; moment: number; inverse: number } {
    const sums = this.#bandOf(bps)
    answer.lots = answer.moment = answer.inverse = NaN
    if (!(mid > 0)) return answer
    if (crossed || this.#anew || sums.worn) this.#sumAnew(mid, crossed)
    const { sign, known } = this.#side
    if (!(sums.limit >= sign * known)) return answer
    answer.lots = sums.lots
    // The zero keeps an empty ask band from answering -0.
    answer.moment = 0 + sign * (sums.moment + this.#anchor * sums.lots)
    answer.inverse = sums.count === 0 ? 0 : sums.inverse
    return answer
  }

  #bandOf(bps: number): Sums {
    for (const sums of this.#bands) if (sums.bps === bps) return sums
    throw new Error(`nobody keeps the band of ${bps} bps`)
  }

  #shift(sums: Sums, limit: number): void {
    const { count, limit: before } = sums
    sums.limit = limit
    if (limit < before) this.#side.putBetween(limit, before, sums, 1)
    else this.#side.putBetween(before, limit, sums, -1)
    this.#changes += Math.abs(sums.count - count)
  }

  /** A crossed book has levels beyond the far edge too; then the sums serve this once and are taken anew next time. */
  #sumAnew(mid: number, crossed: boolean): void {
    const { sign } = this.#side
    const midKey = sign * mid
    this.#anchor = Math.round(midKey)
    for (const sums of this.#bands) {
      sums.empty(limitOf(midKey, mid, sums.bps), this.#anchor)
      // The far edge is the near one seen from the other side.
      const end = crossed ? 1 - limitOf(-midKey, mid, sums.bps) : Infinity
      this.#side.putBetween(sums.limit, end, sums, 1)
    }
    this.#changes = 0
    this.#anew = crossed
  }
}

const answer = { lots: NaN, moment: NaN, inverse: NaN }

/** The least whole key not farther than the band's width from the mid, by the same subtraction that defines the band. */
function limitOf(midKey: number, mid: number, bps: number): number {
  const width = (mid * bps) / 10_000
  const limit = Math.ceil(midKey - width)
  if (midKey - limit > width) return limit + 1
  return midKey - (limit - 1) <= width ? limit - 1 : limit
}
