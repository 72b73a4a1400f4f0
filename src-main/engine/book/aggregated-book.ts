import type { InstrumentId } from '../../../src-shared/instrument'
import type { BandSums, Book, BookMembers, LevelSums, Side } from './book'
import type { Levels, Touch } from './changes'
import { Changes } from './changes'
import { MemberLevels } from './member-levels'
import { SortedBook } from './sorted-book'

/** How a member's numbers become the group's. Prices of several steps may fall together; the same arguments always give the same answer. */
export interface Conversion {
  /** Ticks of the group: bids are rounded down, asks up, so that no side looks better than it is. */
  price(side: 'bids' | 'asks', price: number): number
  /** Lots of the group. */
  lots(price: number, size: number): number
}

/**
 * The books of several instruments added up by price, as one book. Members come and go; what a message of one changes is found in `changes`, committed
 * like a venue's own.
 */
export class AggregatedBook implements Book {
  /** What the last call did, in the group's units. */
  readonly changes = new Changes()
  readonly members: BookMembers
  readonly #conversions: readonly Conversion[]
  readonly #inner = new SortedBook()
  readonly #bids: MemberLevels
  readonly #asks: MemberLevels
  /** The members' own books; undefined while one is away. */
  readonly #books: (Book | undefined)[]
  /** How far each member was known when it was last read. */
  readonly #horizons: { bid: number; ask: number }[]
  #sequence = 0

  /** @param unknown members that belong to it, and of which nothing is known yet */
  constructor(ids: readonly InstrumentId[], conversions: readonly Conversion[], unknown = 0) {
    this.#conversions = conversions
    this.#bids = new MemberLevels(ids.length)
    this.#asks = new MemberLevels(ids.length)
    this.#books = ids.map(() => undefined)
    this.#horizons = ids.map(() => ({ bid: NaN, ask: NaN }))
    const areWhole = (): boolean => unknown === 0 && !this.#books.includes(undefined)
    this.members = {
      ids,
      get areWhole() {
        return areWhole()
      },
      lots: (side, price, member) => (side === 'bids' ? this.#bids : this.#asks).lots(price, member)
    }
  }

  get bids(): Side {
    return this.#inner.bids
  }
  get asks(): Side {
    return this.#inner.asks
  }
  get touch(): Readonly<Touch> {
    return this.#inner.touch
  }
  get sequence(): number {
    return this.#inner.sequence
  }
  get crossed(): boolean {
    return this.#inner.crossed
  }

  /** Whether the member's levels are in. */
  holds(member: number): boolean {
    return this.#books[member] !== undefined
  }

  /** Whether it is this book whose levels are in. */
  follows(member: number, book: Book): boolean {
    return this.#books[member] === book
  }

  /** The member's whole book comes in, in place of what it brought before. */
  join(member: number, book: Book): void {
    this.#drop(member)
    this.#books[member] = book
    this.#noteHorizon(member)
    this.#load(this.#bids, 'bids', member, book.bids)
    this.#load(this.#asks, 'asks', member, book.asks)
    this.#restate()
  }

  /** All of the member goes out. */
  leave(member: number): void {
    this.#drop(member)
    this.#restate()
  }

  /** A message that the member's book has committed, and no snapshot. */
  take(member: number, message: Changes): void {
    const { changes } = this
    changes.reset()
    changes.at = message.at
    changes.last = ++this.#sequence
    const { bid, ask } = this.#horizons[member]!
    const { bids, asks } = this.#books[member]!
    // A book with a window drops levels that no message names: where its horizon moved, the side is read anew.
    this.#follow('bids', member, message, bids.known !== bid)
    this.#follow('asks', member, message, asks.known !== ask)
    this.#noteHorizon(member)
    this.commit(changes)
    this.#know()
  }

  commit(changes: Changes): void {
    this.#inner.commit(changes)
  }

  clear(): void {
    for (const member of this.#books.keys()) this.#drop(member)
    this.#inner.clear()
  }

  /** The group's grid stays as it is for the life of the book. */
  rescale(): void {
    throw new Error('a group is built anew, not rescaled')
  }

  /** Windows are the members' own. */
  window(): void {
    throw new Error('a group has no window of its own')
  }

  keepLevels(count: number): void {
    this.#inner.keepLevels(count)
  }
  levels(count: number, into: LevelSums): LevelSums {
    return this.#inner.levels(count, into)
  }
  keepBand(bps: number): void {
    this.#inner.keepBand(bps)
  }
  keepInverses(): void {
    this.#inner.keepInverses()
  }

  band(bps: number, into: BandSums): BandSums {
    return this.#inner.band(bps, into)
  }

  #load(levels: MemberLevels, side: 'bids' | 'asks', member: number, from: Side): void {
    const conversion = this.#conversions[member]!
    for (let rank = 0; rank < from.count; rank++) {
      const own = from.price(rank)
      levels.add(conversion.price(side, own), member, conversion.lots(own, from.size(rank)))
    }
  }

  #turn(levels: MemberLevels, side: 'bids' | 'asks', member: number, from: Levels): void {
    const conversion = this.#conversions[member]!
    for (let row = 0; row < from.count; row++) {
      const own = from.price[row]!
      const more = conversion.lots(own, from.size[row]!) - conversion.lots(own, from.before[row]!)
      if (more !== 0) levels.add(conversion.price(side, own), member, more)
    }
  }

  #follow(side: 'bids' | 'asks', member: number, message: Changes, hasMoved: boolean): void {
    const levels = side === 'bids' ? this.#bids : this.#asks
    if (hasMoved) {
      levels.retract(member)
      this.#load(levels, side, member, this.#books[member]![side])
      levels.takeTouched(this.changes[side], this.#inner[side])
    } else {
      this.#turn(levels, side, member, message[side])
      levels.takeTouched(this.changes[side])
    }
  }

  #noteHorizon(member: number): void {
    const { bids, asks } = this.#books[member]!
    const horizon = this.#horizons[member]!
    horizon.bid = bids.known
    horizon.ask = asks.known
  }

  #drop(member: number): void {
    this.#books[member] = undefined
    this.#bids.drop(member)
    this.#asks.drop(member)
  }

  /** The whole book anew, as a snapshot. */
  #restate(): void {
    const { changes } = this
    changes.reset()
    changes.isSnapshot = true
    changes.complete = true
    changes.last = ++this.#sequence
    this.#bids.takeAll(changes.bids)
    this.#asks.takeAll(changes.asks)
    this.commit(changes)
    this.#know()
  }

  /** The group is known only as far as each of its members is. */
  #know(): void {
    let bid = -Infinity
    let ask = Infinity
    for (const [member, book] of this.#books.entries()) {
      if (!book) continue
      const conversion = this.#conversions[member]!
      if (book.bids.known !== -Infinity) bid = Math.max(bid, conversion.price('bids', book.bids.known))
      if (book.asks.known !== Infinity) ask = Math.min(ask, conversion.price('asks', book.asks.known))
    }
    this.#inner.bids.know(bid)
    this.#inner.asks.know(ask)
  }
}
