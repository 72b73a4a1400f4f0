import type { BandSums, LevelSums } from '../../src-main/engine/book/book'
import { Changes, emptyTouch, type Levels, type Touch } from '../../src-main/engine/book/changes'

export type Level = readonly [price: number, size: number]

/** A message of a test in plain words. */
export interface Told {
  readonly bids?: readonly Level[]
  readonly asks?: readonly Level[]
  readonly id?: number
  readonly snapshot?: boolean
  readonly complete?: boolean
}

export function changesOf({
  bids = [],
  asks = [],
  id = NaN,
  snapshot = false,
  complete = false
}: Told): Changes {
  const changes = new Changes()
  for (const [price, size] of bids) changes.bids.push(price, size)
  for (const [price, size] of asks) changes.asks.push(price, size)
  changes.first = changes.last = id
  changes.isSnapshot = snapshot
  changes.complete = complete
  return changes
}

/** The book as one would write it on a napkin: slow, and plainly right. */
export class NaiveBook {
  bids = new Map<number, number>()
  asks = new Map<number, number>()
  known = { bids: NaN, asks: NaN }

  commit({ bids = [], asks = [], snapshot = false, complete = false }: Told): void {
    if (snapshot) {
      this.clear()
      if (complete) this.known = { bids: -Infinity, asks: Infinity }
    }
    put(this.bids, bids)
    put(this.asks, asks)
    if (!snapshot || complete) return
    if (this.bids.size > 0) this.known.bids = Math.min(...this.bids.keys())
    if (this.asks.size > 0) this.known.asks = Math.max(...this.asks.keys())
  }

  clear(): void {
    this.bids.clear()
    this.asks.clear()
    this.known = { bids: NaN, asks: NaN }
  }

  rescale(priceFactor: number, sizeFactor: number): void {
    const scaled = (side: Map<number, number>) =>
      new Map([...side].map(([price, size]) => [price * priceFactor, size * sizeFactor]))
    this.bids = scaled(this.bids)
    this.asks = scaled(this.asks)
    this.known.bids *= priceFactor
    this.known.asks *= priceFactor
  }

  window(levels: number): void {
    for (const side of ['bids', 'asks'] as const) {
      const kept = this.levels(side).slice(0, levels)
      this[side] = new Map(kept)
      const all = side === 'bids' ? -Infinity : Infinity
      this.known[side] = kept.length < levels ? all : kept.at(-1)![0]
    }
  }

  /** Best first. */
  levels(side: 'bids' | 'asks'): Level[] {
    return [...this[side]].sort(([one], [other]) => (side === 'bids' ? other - one : one - other))
  }

  get touch(): Touch {
    const [bid] = this.levels('bids')
    const [ask] = this.levels('asks')
    return {
      ...emptyTouch(),
      ...(bid && { bid: bid[0], bidSize: bid[1] }),
      ...(ask && { ask: ask[0], askSize: ask[1] })
    }
  }

  /** Lots in the best `count` levels; a side known to its end counts what it has. */
  best(count: number): LevelSums {
    const lots = (side: 'bids' | 'asks') => {
      const levels = this.levels(side).slice(0, count)
      const isComplete = Math.abs(this.known[side]) === Infinity
      const last = levels.length === count ? levels.at(-1)![0] : NaN
      const isKnown = isComplete || (side === 'bids' ? last >= this.known.bids : last <= this.known.asks)
      return isKnown ? levels.reduce((sum, [, size]) => sum + size, 0) : NaN
    }
    return { bidLots: lots('bids'), askLots: lots('asks') }
  }

  band(bps: number): BandSums {
    const mid = (this.touch.bid + this.touch.ask) / 2
    const width = (mid * bps) / 10_000
    const inside = (price: number) => Math.abs(price - mid) <= width
    const bids = sums(this.levels('bids').filter(([price]) => inside(price)))
    const asks = sums(this.levels('asks').filter(([price]) => inside(price)))
    // A side is known that far when the farthest whole price inside is.
    const bidKnown =
      !Number.isNaN(mid) && !Number.isNaN(this.known.bids) && !inside(below(this.known.bids, mid, width))
    const askKnown =
      !Number.isNaN(mid) && !Number.isNaN(this.known.asks) && !inside(above(this.known.asks, mid, width))
    return {
      bidLots: bidKnown ? bids.lots : NaN,
      bidMoment: bidKnown ? bids.moment : NaN,
      bidInverse: bidKnown ? bids.inverse : NaN,
      askLots: askKnown ? asks.lots : NaN,
      askMoment: askKnown ? asks.moment : NaN,
      askInverse: askKnown ? asks.inverse : NaN
    }
  }
}

/** The nearest unknown price that could lie in the band: one past the horizon, or at the band's own side of the mid. */
const below = (known: number, mid: number, width: number) => Math.min(known - 1, Math.floor(mid + width))
const above = (known: number, mid: number, width: number) => Math.max(known + 1, Math.ceil(mid - width))

function sums(levels: readonly Level[]): { lots: number; moment: number; inverse: number } {
  const sum = { lots: 0, moment: 0, inverse: 0 }
  for (const [price, size] of levels) {
    sum.lots += size
    sum.moment += size * price
    sum.inverse += size / price
  }
  return sum
}

function put(side: Map<number, number>, levels: readonly Level[]): void {
  for (const [price, size] of levels) {
    if (size === 0) side.delete(price)
    else side.set(price, size)
  }
}

/** Levels best first, as a side of the book tells them. */
export function ranked(side: {
  count: number
  price(rank: number): number
  size(rank: number): number
}): Level[] {
  return Array.from({ length: side.count }, (_, rank) => [side.price(rank), side.size(rank)] as const)
}

export const befores = (levels: Levels): number[] => [...levels.before.subarray(0, levels.count)]
