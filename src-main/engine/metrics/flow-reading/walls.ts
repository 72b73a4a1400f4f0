import { beyond } from '../../math/beyond'
import type { Scales } from './scales'
import type { BaseOf, Kind, Sighting, Tell } from './sighting'
import { sideName } from './sighting'

/** Walls followed a side; a further one is not looked at until one of them ends. */
const most = 16
/** A wall gets old at this age. */
const agedMs = 30_000
/** Less than this of its most is its end; how it ended is judged when late trades are in. */
const gone = 0.4
const settleMs = 500
/** This share of what it lost must have been executed, else it was pulled. */
const eatenShare = 0.5
/** This share of it must have come in one message: it was put there, it did not grow. */
const putShare = 0.6
/** Less than this of the largest level around is one of several. */
const aroundShare = 0.7

interface Wall {
  readonly price: number
  readonly bornAt: number
  most: number
  executed: number
  told: boolean
  aged: boolean
  endedAt: number
  left: number
}

/** How walls of this instrument have ended, as far as seen. */
export interface Ends {
  pulled: number
  eaten: number
  /** Of the pulled, those since the last trade: were trades missed, these may have been eaten. */
  doubtful: number
}

/** Very large orders that are put into one side of the book, and what becomes of them. */
export class Walls {
  readonly #isBid: boolean
  readonly #scales: Scales
  readonly #ends: Ends
  readonly #tell: Tell
  #walls: Wall[] = []
  /** Between which prices they lie: levels elsewhere are none of theirs. */
  #least = Infinity
  #most = -Infinity

  constructor(isBid: boolean, scales: Scales, ends: Ends, tell: Tell) {
    this.#isBid = isBid
    this.#scales = scales
    this.#ends = ends
    this.#tell = tell
  }

  /** Whether one of them may stand there. */
  follows(price: number): boolean {
    return price >= this.#least && price <= this.#most
  }

  /** Those that were told and stand. */
  get standing(): number {
    let count = 0
    for (const wall of this.#walls) if (wall.told && Number.isNaN(wall.endedAt)) count++
    return count
  }

  /** The largest that stands, ticks; NaN where none does. */
  get price(): number {
    let best: Wall | undefined
    for (const wall of this.#walls)
      if (wall.told && Number.isNaN(wall.endedAt) && !(wall.most <= (best?.most ?? 0))) best = wall
    return best?.price ?? NaN
  }

  hit(price: number, lots: number): void {
    for (const wall of this.#walls) if (wall.price === price) wall.executed += lots
  }

  /** A level of a message, `isNear` the mid before it or not; levels farther away need not be told where no wall is followed. */
  changed(at: number, price: number, before: number, size: number, isNear: boolean, base: BaseOf): void {
    if (this.follows(price)) this.#change(at, price, size)
    if (!isNear || size - before < putShare * size) return
    const of = base(size)
    if (of < aroundShare * this.#scales.largest[this.#isBid ? 0 : 1]!) return
    if (of >= this.#scales.wall) this.#rise(at, price, size)
  }

  /** Tells of those that have stood long enough, or ended. */
  pass(at: number, base: BaseOf): void {
    if (this.#walls.length === 0) return
    for (const wall of this.#walls) this.#judge(at, wall, base)
    if (this.#walls.some((wall) => at - wall.endedAt > settleMs))
      this.#keep(this.#walls.filter((wall) => !(at - wall.endedAt > settleMs)))
  }

  forget(): void {
    this.#keep([])
  }

  #keep(walls: Wall[]): void {
    this.#walls = walls
    this.#least = Infinity
    this.#most = -Infinity
    for (const { price } of walls) this.#reach(price)
  }

  #reach(price: number): void {
    if (price < this.#least) this.#least = price
    if (price > this.#most) this.#most = price
  }

  #rise(at: number, price: number, size: number): void {
    if (this.#walls.length >= most || this.#walls.some((wall) => wall.price === price)) return
    const flags = { told: false, aged: false, endedAt: NaN, left: 0 }
    this.#walls.push({ price, bornAt: at, most: size, executed: 0, ...flags })
    this.#reach(price)
  }

  #change(at: number, price: number, size: number): void {
    for (const wall of this.#walls) {
      if (wall.price !== price || !Number.isNaN(wall.endedAt)) continue
      wall.most = Math.max(wall.most, size)
      if (size >= gone * wall.most) continue
      wall.endedAt = at
      wall.left = size
      this.#scales.stood(at, Math.max(1, at - wall.bornAt))
    }
  }

  #judge(at: number, wall: Wall, base: BaseOf): void {
    const isStanding = Number.isNaN(wall.endedAt)
    if (isStanding && !wall.told && at - wall.bornAt >= this.#scales.standMs) {
      wall.told = true
      this.#tell(at, this.#sighted('wall', wall, at, base))
    }
    if (isStanding && wall.told && !wall.aged && at - wall.bornAt >= agedMs) {
      wall.aged = true
      this.#tell(at, this.#sighted('wall-aged', wall, at, base))
    }
    if (!wall.told || !(at - wall.endedAt > settleMs)) return
    const isEaten = wall.executed >= eatenShare * (wall.most - wall.left)
    this.#ends[isEaten ? 'eaten' : 'pulled']++
    if (!isEaten) this.#ends.doubtful++
    this.#tell(at, this.#sighted(isEaten ? 'wall-eaten' : 'wall-pulled', wall, at, base))
  }

  #sighted(kind: Kind & `wall${string}`, wall: Wall, at: number, base: BaseOf): Sighting {
    const side = sideName(this.#isBid)
    const size = base(wall.most)
    const { pulled, eaten } = this.#ends
    const up = this.#isBid ? 1 : -1
    return {
      kind,
      side,
      price: wall.price,
      // What stands holds the price off; what is gone does not any more.
      sign: kind === 'wall' || kind === 'wall-aged' ? up : up === 1 ? -1 : 1,
      confidence: beyond(size, this.#scales.wall),
      words: wordsOf[kind](side),
      evidence: [
        { title: 'Most that rested there', value: size, unit: 'base' },
        { title: 'Levels that are smaller', value: this.#scales.rankOfLevel(size), unit: 'share' },
        {
          title: 'Age',
          value: ((Number.isNaN(wall.endedAt) ? at : wall.endedAt) - wall.bornAt) / 1_000,
          unit: 'seconds'
        },
        { title: 'Counts as a wall after', value: this.#scales.standMs / 1_000, unit: 'seconds' },
        { title: 'Executed there', value: base(wall.executed), unit: 'base' },
        { title: 'Walls here that were pulled', value: pulled / (pulled + eaten), unit: 'share' },
        { title: 'Walls here that ended', value: pulled + eaten, unit: 'count' }
      ]
    }
  }
}

const wordsOf: Readonly<Record<Kind & `wall${string}`, (side: string) => string>> = {
  wall: (side) => `A very large ${side} was put into the book and stands.`,
  'wall-aged': (side) => `A very large ${side} has stood for ${agedMs / 1_000} s.`,
  'wall-pulled': (side) => `A very large ${side} was withdrawn; little of it had traded.`,
  'wall-eaten': (side) => `A very large ${side} was traded away.`
}
