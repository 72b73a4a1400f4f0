import type { InstrumentId } from '../../../src-shared/instrument'
import type { Changes, Touch } from './changes'

/** One side of a book, best first by rank: rank 0 is the touch. Prices in ticks, sizes in lots. */
export interface Side {
  readonly count: number
  /** NaN beyond `count`. */
  price(rank: number): number
  /** NaN beyond `count`. */
  size(rank: number): number
  /** The levels from rank `from` to rank `to` (excluded), written side by side from place 0 on: dearer to ask one by one. Answers how many there are. */
  copy(from: number, to: number, prices: Float64Array, sizes: Float64Array): number
  /** Lots resting at `price`, 0 when nothing does. */
  at(price: number): number
  /**
   * The worst price up to which the side is known: a snapshot cut at its last level says nothing of what lies beyond.
   * -Infinity (bids) or +Infinity (asks) when all is known; NaN before a snapshot.
   */
  readonly known: number
}

/** What rests within a band around the mid. NaN when the side is not known that far, or there is no mid above 0 (bps of a combination's price say nothing). */
export interface BandSums {
  /** Lots within the band. */
  bidLots: number
  askLots: number
  /** Sum of lots x ticks within the band. */
  bidMoment: number
  askMoment: number
  /** Sum of lots / ticks within the band, for inverse contracts; NaN unless kept. */
  bidInverse: number
  askInverse: number
}

/** Of a group's book: whose its levels are. */
export interface BookMembers {
  readonly ids: readonly InstrumentId[]
  /** False while a member that belongs to the group is away: what is seen meanwhile is not the group's. */
  readonly areWhole: boolean
  /** What the member (by its place in `ids`) brings to the level at `price`, in lots of the group. */
  lots(side: 'bids' | 'asks', price: number, member: number): number
}

/** Lots in the best levels of each side. NaN where they reach beyond what is known; a side known to its end counts what it has. */
export interface LevelSums {
  bidLots: number
  askLots: number
}

/**
 * One instrument's resting liquidity, by price. Holds no clock and opens no socket, and does not judge sequence: who commits has checked.
 * A snapshot replaces; a size of 0 removes; removing what is not there is normal.
 */
export interface Book {
  readonly bids: Side
  readonly asks: Side
  readonly touch: Readonly<Touch>
  /** Id of the last change committed, NaN when empty. */
  readonly sequence: number
  /** True while the best bid is at or above the best ask. */
  readonly crossed: boolean
  /** Only a group's book has members. */
  readonly members?: BookMembers
  /** Applies a whole message as one, and writes into it what it did. Allocates nothing once grown. */
  commit(changes: Changes): void
  /**
   * The book is a window on the best `levels` a side: worse ones are dropped, and beyond a full side nothing is known. A side with fewer levels
   * than that is known to its end.
   */
  window(levels: number): void
  /** Forgets every level: nothing is known until the next snapshot. */
  clear(): void
  /** The grid got finer: every price and size times these whole factors. */
  rescale(priceFactor: number, sizeFactor: number): void
  /** Keeps sums within `bps` of the mid from now on, at no rescan a message. Asking twice is free. */
  keepBand(bps: number): void
  /** Keeps the inverse sums of the bands too from now on; they cost a division a level, and only inverse contracts need them. NaN without it. */
  keepInverses(): void
  /** The sums of a kept band; written into `into` and returned. A level is inside when |price - mid| <= mid * bps / 10,000. */
  band(bps: number, into: BandSums): BandSums
  /** Keeps the sums of the best `count` levels from now on: while none of them comes or goes, a change costs one addition. Asking twice is free. */
  keepLevels(count: number): void
  /** The sums of kept levels; written into `into` and returned. */
  levels(count: number, into: LevelSums): LevelSums
}
