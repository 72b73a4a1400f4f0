import type { Feed } from '../../../src-main/engine/feed/hub'
import type { Clock } from '../../../src-main/engine/feed/clock'
import type { FeedLane } from '../../../src-main/engine/feed/lane'
import type { Trades } from '../../../src-main/engine/book/changes'
import type { FeedListener } from '../../../src-main/engine/feed/listener'
import type { InstrumentId } from '../../../src-shared/instrument'
import { instrumentId, symbolOf } from '../../../src-shared/instrument'
import type { BookStatus } from '../../../src-shared/status'
import { isFollowed } from '../../../src-shared/status'
import { nobody } from '../../../src-main/engine/feed/nobody'
import { CACHED_MS } from './network'
import type { Deal } from './dialect'
import { Prints, WAY_MS } from './prints'
import type { SimVenue } from './sim-venue'
import { BookHash } from './truth'

export interface Lie {
  readonly at: number
  readonly id: InstrumentId
  readonly what: string
}

/** One time that a book was not live after it had been. */
export interface Outage {
  readonly id: InstrumentId
  /** The state it left live with. */
  readonly state: BookStatus['state']
  readonly from: number
  to: number
}

/** How old a book may be that is called live: the longest silence that is not doubted, and a second for the look. Ms. */
const OLDEST_MS = 31_500
/** Deals kept in mind. */
const MOST_DEALS = 20_000
/** The venue's answer to a check takes five seconds at most, and may have lain in a cache; one that is said to be checked was right then. Ms. */
const CHECK_MS = 5_000 + CACHED_MS

/**
 * Invariant T, looked at with every book that is told and whenever it is asked: whatever is called live equals the venue's book at the stated
 * sequence (or time), and is not older than allowed.
 */
export class Oracle implements FeedListener {
  readonly lies: Lie[] = []
  readonly outages: Outage[] = []
  readonly statuses: { readonly id: InstrumentId; readonly status: BookStatus; readonly mono: number }[] = []
  /** Books looked at while live. */
  looks = 0
  feed: Feed | undefined
  /** No bound on the age: the clock was set, or nobody could know. */
  boundsAge = true
  readonly onTrades: FeedListener['onTrades']
  readonly onQuote = nobody.onQuote
  readonly onLiquidations = nobody.onLiquidations
  readonly onReference = nobody.onReference
  readonly onGap = nobody.onGap
  readonly onTradesLost: FeedListener['onTradesLost']
  /** Whose trades were told as missed. */
  readonly tradesLost: InstrumentId[] = []
  /** The venue itself says what is not so. */
  isBlind = false
  readonly onRescale = nobody.onRescale
  readonly onInstruments = nobody.onInstruments
  readonly #venue: SimVenue
  readonly #clock: Pick<Clock, 'mono' | 'now'>
  readonly #open = new Map<InstrumentId, Outage>()
  readonly #wasLive = new Set<InstrumentId>()
  /** When a book was first said to be checked by that time of day, monotonic ms, and whether it still is: one that is doubted meanwhile is checked no later for it. */
  readonly #checks = new Map<InstrumentId, { readonly by: number; readonly mono: number; holds: boolean }>()
  readonly #printsOf = new Map<InstrumentId, Prints>()
  readonly #deals: { readonly deal: Deal; readonly mono: number }[] = []
  /** Of the wall clock to the monotonic one, when it was last looked at. */
  #offset: number
  /** Ids of trades in the order told. */
  readonly trades: number[] = []

  constructor(venue: SimVenue, clock: Pick<Clock, 'mono' | 'now'>) {
    this.#venue = venue
    this.#clock = clock
    this.#offset = clock.now() - clock.mono()
    this.onTradesLost = (id, from) => {
      this.tradesLost.push(id)
      this.#prints(id).lost(this.#monoOf(from), clock.mono())
    }
    venue.onDeal = (deal) => {
      this.#deals.push({ deal, mono: clock.mono() })
      this.#deals.splice(0, Math.max(0, this.#deals.length - MOST_DEALS))
    }
    this.onTrades = (id, trades) => {
      for (let row = 0; row < trades.count; row++) this.#trade(id, trades, row)
    }
  }

  onBook(id: InstrumentId): void {
    const lane = this.feed?.lane(id)
    if (lane?.isLive) this.look(lane)
  }

  onStatus(id: InstrumentId, status: BookStatus): void {
    const mono = this.#clock.mono()
    this.statuses.push({ id, status, mono })
    this.#prints(id).status(isFollowed(status), mono)
    const { checkedAt: by } = status
    const check = this.#checks.get(id)
    if (by !== undefined && by !== check?.by) this.#checks.set(id, { by, mono, holds: true })
    else if (check) check.holds = by !== undefined
    const open = this.#open.get(id)
    if (status.state === 'live') {
      if (open) open.to = mono
      this.#open.delete(id)
      this.#wasLive.add(id)
      return
    }
    if (open || !this.#wasLive.has(id)) return
    const outage: Outage = { id, state: status.state, from: mono, to: NaN }
    this.outages.push(outage)
    this.#open.set(id, outage)
  }

  /** Nobody watches it any more. */
  left(id: InstrumentId): void {
    this.#prints(id).left(this.#clock.mono())
  }

  /** Looks at all live books, as a window that draws would. */
  sample(): void {
    for (const lane of this.feed?.lanes() ?? []) if (lane.isLive) this.look(lane)
  }

  look(lane: FeedLane): void {
    if (this.isBlind) return
    this.looks++
    const truth = this.#venue.truth(symbolOf(lane.id))
    if (!truth) return
    const rebuilt = hashOfLane(lane, this.#venue)
    const sequence = this.#venue.dialect.idsOfLine ? NaN : lane.book.sequence
    const oldest = this.#oldestMs(lane.id)
    const since = this.#venue.now() - oldest
    const at = Number.isFinite(sequence)
      ? truth.byId.get(sequence) === rebuilt
        ? truth.timeOf(sequence)
        : NaN
      : truth.showed(rebuilt, since)
    if (Number.isNaN(at))
      this.#lie(lane, `is not the venue's book${Number.isFinite(sequence) ? ` at id ${sequence}` : ''}`)
    const age = this.#venue.now() - truth.supersededAt(at)
    if (this.boundsAge && age > oldest) this.#lie(lane, `is ${Math.round(age / 1_000)} s old`)
  }

  /** A quiet book is not called right, but right when it was checked. */
  #oldestMs(id: InstrumentId): number {
    const check = this.#checks.get(id)
    return Math.max(OLDEST_MS, check?.holds ? this.#clock.mono() - check.mono + CHECK_MS : 0)
  }

  /** No deal was passed over that counts as heard: a share of trades that was said to be observed was. */
  checkPrints(): void {
    for (const prints of this.#printsOf.values()) prints.forget()
    for (const { deal, mono } of this.#deals) {
      const id = instrumentId(this.#venue.dialect.venue.spec.id, deal.symbol)
      const isUnderWay = mono > this.#clock.mono() - WAY_MS
      if (!isUnderWay && this.#prints(id).isSwallowed(deal.id, mono))
        this.#lieOf(id, `never told trade ${deal.id} of ${Math.round(mono)} ms, and called all heard`)
    }
  }

  #prints(id: InstrumentId): Prints {
    let prints = this.#printsOf.get(id)
    if (!prints) this.#printsOf.set(id, (prints = new Prints(this.#venue.dialect.numbersDeals ?? 'line')))
    return prints
  }

  /** A wall time of before; where the clock was set meanwhile, the earlier of the two that it may be. */
  #monoOf(wall: number): number {
    const before = this.#offset
    this.#offset = this.#clock.now() - this.#clock.mono()
    return Math.min(wall - before, wall - this.#offset)
  }

  /** Each print is the venue's, told once, with what its stream tells of it. */
  #trade(id: InstrumentId, { id: ids, price, size, aggressor, flags }: Trades, row: number): void {
    this.trades.push(ids[row]!)
    const lane = this.feed?.lane(id)
    const deal = this.#venue.deal(ids[row]!)
    if (!this.#prints(id).told(ids[row]!, this.#clock.mono()))
      this.#lieOf(id, `told trade ${ids[row]!} twice`)
    if (!lane) return
    if (!deal) {
      this.#lie(lane, `told trade ${ids[row]!} that never was`)
      return
    }
    const units = unitsOf(lane, this.#venue)
    const isSame =
      deal.symbol === lane.symbol &&
      deal.price === Math.round(price[row]! * units.price) &&
      deal.size === Math.round(size[row]! * units.size) &&
      (deal.aggressor === 'buy') === aggressor[row]! > 0 &&
      (this.#venue.dialect.told?.(deal.flags) ?? 0) === flags[row]
    if (!isSame) this.#lie(lane, `told trade ${deal.id} as it was not`)
  }

  #lie(lane: FeedLane, what: string): void {
    this.#lieOf(lane.id, what)
  }

  #lieOf(id: InstrumentId, what: string): void {
    if (this.lies.length < 50) this.lies.push({ at: this.#clock.mono(), id, what })
  }
}

function hashOfLane(lane: FeedLane, venue: SimVenue): number {
  const { price, size } = unitsOf(lane, venue)
  const hash = new BookHash()
  const { bids, asks } = lane.book
  const levels = venue.dialect.proven || Infinity
  for (let rank = 0; rank < Math.min(bids.count, levels); rank++)
    hash.add(Math.round(bids.price(rank) * price), Math.round(bids.size(rank) * size))
  hash.add(-1, -1)
  for (let rank = 0; rank < Math.min(asks.count, levels); rank++)
    hash.add(Math.round(asks.price(rank) * price), Math.round(asks.size(rank) * size))
  return hash.value
}

/** Of the venue's listing in one of the feed, which may count in finer steps. */
function unitsOf({ instrument, symbol }: FeedLane, venue: SimVenue): { price: number; size: number } {
  const listing = venue.listing(symbol)!
  return {
    price: instrument.price.step * 10 ** (listing.price - instrument.price.decimals),
    size: instrument.size.step * 10 ** (listing.size - instrument.size.decimals)
  }
}
