import { plain } from '../../src-shared/format'
import type { Instrument, InstrumentId } from '../../src-shared/instrument'
import { venueOf } from '../../src-shared/instrument'
import type { BookStatus } from '../../src-shared/status'
import { isLive } from '../../src-shared/status'
import type { Millis } from '../../src-shared/units'
import type { Group } from '../../src-shared/watchlist'
import { AggregatedBook } from './book/aggregated-book'
import type { Book } from './book/book'
import type { Changes } from './book/changes'
import { Trades } from './book/changes'
import type { Conversion } from './book/aggregated-book'
import { conversionOf, groupInstrument } from './group-grid'

/** What a group tells as if it were an instrument of a venue. */
export interface GroupListener {
  onBook(id: InstrumentId, book: Book, changes: Changes, at: Millis): void
  onTrades(id: InstrumentId, trades: Trades, at: Millis): void
  onGap(id: InstrumentId, at: Millis): void
  /** A member came or went: the book goes on, but nothing that spans this moment counts. */
  onInterruption(id: InstrumentId, at: Millis): void
  /** Trades of a member may be missing since `from`. */
  onTradesLost(id: InstrumentId, from: Millis): void
  /** Of every member that is in, trades come again. */
  onTradesBack(id: InstrumentId, at: Millis): void
  onStatus(id: InstrumentId, status: BookStatus): void
  onInstruments(list: readonly Instrument[]): void
}

interface Member {
  readonly id: InstrumentId
  instrument: Instrument | undefined
  status: BookStatus | undefined
  /** Too late to be added to what others say now. */
  isSkewed: boolean
  /** Its trades may have been missed, and none has come since. */
  tradesLost: boolean
}

/** Members' books, trades and statuses in; one book, its trades and one status out. */
export class GroupMarket {
  readonly group: Group
  readonly #listener: GroupListener
  readonly #members: readonly Member[]
  readonly #trades = new Trades()
  #instrument: Instrument | undefined
  #book: AggregatedBook | undefined
  #conversions: readonly (Conversion | undefined)[] = []
  /** By a member's place in the group, its place in the book; -1 where it has none. */
  #places: readonly number[] = []
  #told = ''
  /** As it was told. */
  #tradesLost = false

  constructor(group: Group, listener: GroupListener) {
    this.group = group
    this.#listener = listener
    this.#members = group.members.map((id) => ({
      ...{ id, instrument: undefined, status: undefined },
      ...{ isSkewed: false, tradesLost: false }
    }))
  }

  /** A member is known, or changed. What the group counts in may change with it: then its book begins anew. */
  describe(instrument: Instrument, at: Millis): void {
    const member = this.#members.find(({ id }) => id === instrument.id)
    if (!member) return
    const before = member.instrument
    member.instrument = instrument
    if (before && sameUnits(before, instrument)) return
    if (before && !this.#instrument) return
    this.#rebuild(at)
  }

  onBook(id: InstrumentId, book: Book, changes: Changes, at: Millis): void {
    const place = this.#placeOf(id)
    const own = this.#book
    if (place < 0 || !own) return
    const { status, isSkewed } = this.#members.find((it) => it.id === id) ?? {}
    // A member that is shown with a warning is no part of a whole that is shown without.
    if (isSkewed || (status && !isLive(status))) return
    if (own.follows(place, book) && !changes.isSnapshot) own.take(place, changes)
    else this.#join(own, place, book, at)
    this.#listener.onBook(this.group.id, own, own.changes, at)
    this.#tellStatus(at)
  }

  onTrades(id: InstrumentId, trades: Trades, at: Millis): void {
    const member = this.#members.findIndex((it) => it.id === id)
    const conversion = this.#conversions[member]
    if (this.#members[member]?.tradesLost) {
      this.#members[member].tradesLost = false
      this.#tellTrades(at)
    }
    if (!conversion || !this.#book?.holds(this.#places[member] ?? -1)) return
    const out = this.#trades.reset()
    for (let row = 0; row < trades.count; row++) {
      const aggressor = trades.aggressor[row]! > 0 ? 1 : -1
      // A buyer lifts asks.
      const price = conversion.price(aggressor > 0 ? 'asks' : 'bids', trades.price[row]!)
      const lots = conversion.lots(trades.price[row]!, trades.size[row]!)
      out.push(price, lots, aggressor, trades.at[row]!, trades.id[row]!, trades.flags[row])
    }
    this.#listener.onTrades(this.group.id, out, at)
  }

  /** Until the member trades again, or leaves, the group's trades are not all there. */
  onTradesLost(id: InstrumentId, from: Millis): void {
    const member = this.#members.find((it) => it.id === id)
    if (!member) return
    member.tradesLost = true
    if (!this.#isIn(member)) return
    this.#tradesLost = true
    this.#listener.onTradesLost(this.group.id, from)
  }

  onGap(id: InstrumentId, at: Millis): void {
    const place = this.#placeOf(id)
    const own = this.#book
    if (place < 0 || !own?.holds(place)) return
    // Told before the member goes: what was seen until now, was seen with it.
    if (this.#held() > 1) this.#listener.onInterruption(this.group.id, at)
    else this.#listener.onGap(this.group.id, at)
    own.leave(place)
    this.#tellTrades(at)
    if (this.#held() > 0) this.#listener.onBook(this.group.id, own, own.changes, at)
    this.#tellStatus(at)
  }

  /** A late member leaves the whole, though its own book goes on; it is in again with its next message in time. */
  onSkewed(id: InstrumentId, isSkewed: boolean, at: Millis): void {
    const member = this.#members.find((it) => it.id === id)
    if (!member) return
    member.isSkewed = isSkewed
    if (isSkewed) this.onGap(id, at)
  }

  onStatus(id: InstrumentId, status: BookStatus, at: Millis): void {
    const member = this.#members.find((it) => it.id === id)
    if (!member) return
    member.status = status
    if (!isLive(status)) this.onGap(id, at)
    this.#tellStatus(at)
  }

  #join(own: AggregatedBook, place: number, book: Book, at: Millis): void {
    // A snapshot of a book that stands is a new baseline for the group as it is for its member, and no interruption.
    if (this.#held() > 0 && !own.follows(place, book)) this.#listener.onInterruption(this.group.id, at)
    own.join(place, book)
    this.#tellTrades(at)
  }

  #tellTrades(at: Millis): void {
    const isLost = this.#members.some((it) => it.tradesLost && this.#isIn(it))
    if (isLost === this.#tradesLost) return
    this.#tradesLost = isLost
    if (isLost) this.#listener.onTradesLost(this.group.id, at)
    else this.#listener.onTradesBack(this.group.id, at)
  }

  #isIn({ id }: Member): boolean {
    const place = this.#placeOf(id)
    return place >= 0 && this.#book?.holds(place) === true
  }

  #placeOf(id: InstrumentId): number {
    return this.#places[this.#members.findIndex((it) => it.id === id)] ?? -1
  }

  #held(): number {
    return this.#places.filter((place) => place >= 0 && this.#book?.holds(place)).length
  }

  #rebuild(at: Millis): void {
    const known = this.#members.filter((it) => it.instrument)
    const base = known[0]?.instrument?.base
    const fitting = known.filter(({ instrument }) => instrument!.base === base)
    const instrument = groupInstrument(
      this.group,
      fitting.map((it) => it.instrument!)
    )
    if (!instrument) return
    if (this.#book) this.#listener.onGap(this.group.id, at)
    this.#instrument = instrument
    this.#places = this.#members.map((it) => fitting.indexOf(it))
    this.#conversions = this.#members.map((it) =>
      fitting.includes(it) ? conversionOf(instrument, () => it.instrument!) : undefined
    )
    this.#book = new AggregatedBook(
      fitting.map(({ id }) => id),
      this.#conversions.flatMap((it) => it ?? []),
      this.#members.length - known.length
    )
    this.#listener.onInstruments([instrument])
    this.#tellTrades(at)
    this.#tellStatus(at)
  }

  #tellStatus(at: Millis): void {
    const status = this.#status(at)
    const words = `${status.state} ${status.reason}`
    if (words === this.#told) return
    this.#told = words
    this.#listener.onStatus(this.group.id, status)
  }

  /** Live while any member is; the reason then says who is missing. */
  #status(since: Millis): BookStatus {
    const held = this.#held()
    const count = this.#members.length
    const missing = this.#members.filter((it) => !this.#isIn(it)).map((it) => this.#missing(it))
    if (held === count) return { state: 'live', reason: '', since }
    const reason = `${held} of ${count} venues: ${missing.join(', ')}`
    return { state: held > 0 ? 'live' : 'connecting', reason, since }
  }

  #missing({ id, instrument, status, isSkewed }: Member): string {
    const base = this.#instrument?.base
    if (instrument && base !== undefined && instrument.base !== base)
      return `${id} is ${plain(instrument.base, 12)}, not ${plain(base, 12)}`
    if (isSkewed && status && isLive(status)) return `${venueOf(id)} is late`
    return `${venueOf(id)} is ${words[status?.state ?? 'connecting']}`
  }
}

const words = {
  connecting: 'connecting',
  syncing: 'resyncing',
  live: 'resyncing',
  stale: 'stale',
  gap: 'resyncing',
  unverified: 'not verified',
  crossed: 'crossed',
  overloaded: 'late',
  'rate-limited': 'rate limited',
  halted: 'halted',
  delisted: 'delisted',
  refused: 'refused'
} as const

const sameUnits = (a: Instrument, b: Instrument): boolean =>
  a.price.decimals === b.price.decimals &&
  a.price.step === b.price.step &&
  a.tickSize === b.tickSize &&
  a.size.decimals === b.size.decimals &&
  a.size.step === b.size.step
