import { between } from './chance'

/** Whole ticks and whole lots; a size of 0 removes. */
export type Level = readonly [price: number, size: number]

/** One message's worth of change to one book. */
export interface Step {
  readonly symbol: string
  /** Ids of the first and last change inside, and of the last one before. */
  readonly first: number
  readonly last: number
  readonly previous: number
  /** Venue time, whole ms; rises with every step. */
  readonly at: number
  readonly bids: readonly Level[]
  readonly asks: readonly Level[]
}

/** What ids a venue gives: one `each` change, `one` a message, `jump`s of any length, or its `time` in microseconds. */
export type Ids = 'each' | 'one' | 'jump' | 'time'

export interface TruthOptions {
  readonly symbol: string
  readonly chance: () => number
  /** Levels a side that the venue tells of. */
  readonly view: number
  readonly ids: Ids
  /** Most changes in one step. */
  readonly most: number
  /** Price of the first mid, ticks. */
  readonly mid: number
  /** Levels a side whose loss can be proved: only these are held against a rebuilt book; Infinity and 0 all. */
  readonly proven: number
  /** What falls out of the view is dropped without a word. */
  readonly fallsSilently: boolean
  /** Levels a side to begin with. */
  readonly levels?: number
}

const LEVELS = 40
/** Of the levels at the beginning, the fewest and the most that there ever are. */
const LEAST = 0.6
const MOST = 1.75

/** One instrument as it really is: its book, and the hash of what the venue shows of it after every step. */
export class Truth {
  readonly symbol: string
  /** Hash by id, and by venue time where ids are not told. */
  readonly byId = new Map<number, number>()
  readonly byTime = new Map<number, number>()
  /** Venue times of all steps, in order. */
  readonly times: number[] = []
  last: number
  at = NaN
  readonly #options: TruthOptions
  readonly #timeById = new Map<number, number>()
  #bids = new Ladder(-1)
  #asks = new Ladder(1)
  #bidView: Level[] = []
  #askView: Level[] = []

  constructor(options: TruthOptions) {
    this.#options = options
    this.symbol = options.symbol
    this.last = between(options.chance, 1_000, 900_000)
    for (let rank = 0; rank < this.#levels; rank++) {
      this.#bids.set(options.mid - 1 - rank * 2, this.#size())
      this.#asks.set(options.mid + 1 + rank * 2, this.#size())
    }
    this.#look()
  }

  /** Best first, as far as the venue tells. */
  get bids(): readonly Level[] {
    return this.#bidView
  }

  get asks(): readonly Level[] {
    return this.#askView
  }

  get hash(): number {
    const levels = this.#options.proven || Infinity
    return hashOf(this.#bidView.slice(0, levels), this.#askView.slice(0, levels))
  }

  /** Ids start over, as after a restart of the venue. */
  restart(): void {
    if (this.#options.ids === 'time') return
    this.last = 1
    this.byId.clear()
    this.byId.set(this.last, this.hash)
    this.#timeById.set(this.last, this.at)
  }

  /** The next step; undefined when nothing the venue tells of has changed. `at` is whole ms. */
  step(at: number): Step | undefined {
    const { chance, ids, most, symbol, view, fallsSilently } = this.#options
    const count = most === 1 ? 1 : between(chance, 1, most)
    const [bidsBefore, asksBefore] = [this.#bidView, this.#askView]
    let bids: Level[] = []
    let asks: Level[] = []
    for (let edit = 0; edit < count || (most === 1 && bids.length + asks.length === 0 && edit < 50); edit++) {
      this.#edit()
      if (most > 1 && edit < count - 1) continue
      this.#look()
      // Only a full view lets its worst level fall out.
      const falls = (side: readonly Level[]) => fallsSilently && side.length === view
      bids = changed(bidsBefore, this.#bidView, -1, falls(this.#bidView))
      asks = changed(asksBefore, this.#askView, 1, falls(this.#askView))
    }
    if (bids.length + asks.length === 0) return undefined
    const previous = this.last
    this.at = Math.max(at, this.at + 1 || at)
    if (ids === 'time') this.last = this.at * 1_000
    else this.last += ids === 'each' ? count : ids === 'one' ? 1 : between(chance, 1, 400)
    this.#note()
    return { symbol, first: previous + 1, last: this.last, previous, at: this.at, bids, asks }
  }

  /** When the venue last showed this very book, looked for back to the state that stood at `since`; NaN when it did not. */
  showed(hash: number, since: number): number {
    for (let i = this.times.length - 1; i >= 0; i--) {
      if (this.byTime.get(this.times[i]!) === hash) return this.times[i]!
      if (this.times[i]! < since) return NaN
    }
    return NaN
  }

  /** When the state with this id or time was followed by another; Infinity when it still stands. */
  supersededAt(time: number): number {
    let low = 0
    let high = this.times.length
    while (low < high) {
      const middle = (low + high) >> 1
      if (this.times[middle]! > time) high = middle
      else low = middle + 1
    }
    return this.times[low] ?? Infinity
  }

  timeOf(id: number): number {
    return this.#timeById.get(id) ?? NaN
  }

  #note(): void {
    const hash = this.hash
    this.byId.set(this.last, hash)
    this.byTime.set(this.at, hash)
    this.#timeById.set(this.last, this.at)
    this.times.push(this.at)
  }

  /** What stands now counts as shown at `at`, before the first step. */
  begin(at: number): void {
    this.at = at
    if (this.#options.ids === 'time') this.last = at * 1_000
    this.#note()
  }

  #look(): void {
    this.#bidView = this.#bids.top(this.#options.view)
    this.#askView = this.#asks.top(this.#options.view)
  }

  get #levels(): number {
    return this.#options.levels ?? LEVELS
  }

  #size(): number {
    return between(this.#options.chance, 1, 5_000)
  }

  #edit(): void {
    const { chance, most } = this.#options
    const [own, other] = chance() < 0.5 ? [this.#bids, this.#asks] : [this.#asks, this.#bids]
    const roll = chance()
    const rank = Math.floor(chance() ** 2 * own.count)
    if (own.count < LEAST * this.#levels || (roll < 0.25 && own.count < MOST * this.#levels))
      this.#add(own, other)
    else if (roll < 0.65) own.set(own.priceAt(rank), this.#size())
    else if (roll < 0.95 || most === 1) own.set(own.priceAt(rank), 0)
    else {
      // The touch moves: a level is eaten and the other side follows onto its price.
      const eaten = own.priceAt(0)
      own.set(eaten, 0)
      other.set(eaten, this.#size())
    }
  }

  #add(own: Ladder, other: Ladder): void {
    const { chance } = this.#options
    const away = 1 + Math.floor(chance() ** 2 * 90)
    own.set(other.priceAt(0) + own.sign * away, this.#size())
  }
}

/** One side, best first. */
class Ladder {
  /** +1 where a higher price is worse. */
  readonly sign: 1 | -1
  #levels: Level[] = []

  constructor(sign: 1 | -1) {
    this.sign = sign
  }

  get count(): number {
    return this.#levels.length
  }

  priceAt(rank: number): number {
    return this.#levels[rank]![0]
  }

  top(levels: number): Level[] {
    return this.#levels.slice(0, levels)
  }

  set(price: number, size: number): void {
    let at = 0
    while (at < this.#levels.length && this.sign * (this.#levels[at]![0] - price) < 0) at++
    const stood = this.#levels[at]?.[0] === price
    if (size > 0) this.#levels.splice(at, stood ? 1 : 0, [price, size])
    else if (stood) this.#levels.splice(at, 1)
  }
}

/** What changed from one view of a side to the next, best first. */
function changed(before: readonly Level[], now: readonly Level[], sign: number, silently: boolean): Level[] {
  const changes: Level[] = []
  const worst = now.at(-1)?.[0] ?? 0
  let old = 0
  for (const level of now) {
    for (; old < before.length && sign * (before[old]![0] - level[0]) < 0; old++)
      changes.push([before[old]![0], 0])
    if (before[old]?.[0] !== level[0]) changes.push(level)
    else if (before[old++]![1] !== level[1]) changes.push(level)
  }
  for (; old < before.length; old++)
    if (!silently || sign * (before[old]![0] - worst) < 0) changes.push([before[old]![0], 0])
  return changes
}

/** Both sides, best first, in 53 bits. */
export function hashOf(bids: readonly Level[], asks: readonly Level[]): number {
  const hash = new BookHash()
  for (const [price, size] of bids) hash.add(price, size)
  hash.add(-1, -1)
  for (const [price, size] of asks) hash.add(price, size)
  return hash.value
}

export class BookHash {
  #one = 0x811c9dc5
  #other = 0x9e3779b9

  add(price: number, size: number): void {
    this.#one = Math.imul(this.#one ^ price, 0x01000193) ^ Math.imul(size + 0x7f4a7c15, 0x85ebca6b)
    this.#other = Math.imul((this.#other << 5) ^ (this.#other >>> 3) ^ size, 0xc2b2ae35) ^ price
  }

  get value(): number {
    return (this.#one >>> 0) * 2 ** 21 + (this.#other >>> 11)
  }
}
