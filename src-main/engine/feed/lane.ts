import type { Grid, Instrument, InstrumentId } from '../../../src-shared/instrument'
import { valueOn } from '../../../src-shared/instrument'
import type { BookState, BookStatus } from '../../../src-shared/status'
import { isFollowed, isLive } from '../../../src-shared/status'
import type { Millis, Ticks } from '../../../src-shared/units'
import { millis, ticks } from '../../../src-shared/units'
import { Changes, emptyTouch, Trades } from '../book/changes'
import type { SequenceRule } from '../book/sequence'
import { SwitchingBook } from '../book/switching-book'
import { BookSync } from '../book/sync'
import type { Lane, Quote, Reader, Reference } from '../venues/venue'
import { noReference } from '../venues/venue'
import type { Clock } from './clock'
import { finerGrid } from './finer-grid'
import type { HaltedBy } from './halt'
import { Halt } from './halt'
import { noCounts } from './lane-counters'
import type { FeedListener } from './listener'
import { TouchCheck } from './touch-check'
import { PendingFrames } from './pending-frames'
import { stepAt } from './price-step'
import { Restarts } from './restarts'
import { ToldTrades } from './told-trades'

/** What one message leaves and the next mends is not said, ms. */
export const CROSSED_SAID_MS = 100

const waits: ReadonlySet<BookState> = new Set<BookState>(['syncing', 'gap', 'stale', 'overloaded'])
/** Also said of a book that is halted: there is nothing more to say. */
const final: ReadonlySet<BookState> = new Set<BookState>(['delisted', 'refused'])

/** One watched instrument: its book, what its messages are read into, and what may be said of it. */
export class FeedLane implements Lane {
  readonly id: InstrumentId
  readonly symbol: string
  readonly changes = new Changes()
  readonly trades = new Trades()
  readonly quote: Quote = { ...emptyTouch(), sequence: NaN, at: NaN }
  readonly liquidations = new Trades()
  readonly reference: Reference = noReference()
  /** Wall time at which the venue told reference figures last; NaN before. */
  referredAt: Millis = millis(NaN)
  /** Why what was told then holds no more, in words; empty while it does. */
  lapsed = ''
  readonly book = new SwitchingBook()
  readonly sync: BookSync
  readonly pending = new PendingFrames()
  readonly counters = noCounts()
  readonly restarts = new Restarts()
  readonly touchCheck = new TouchCheck()
  readonly told: ToldTrades
  readonly halt: Halt
  /** Monotonic ms since which it is watched. */
  readonly begunAt: number
  /** Monotonic ms of the latest trade told; when it was begun before one. */
  tradedAt: number
  /** Venue time of the latest trade, unix ms; NaN before one, and where the venue tells none. */
  dealtAt = NaN
  /** Venue time of the latest book message, ms; NaN before one or where the venue gives none. */
  venueAt = NaN
  /** The frame of its latest snapshot, where those bear the time at which they were made, and the reader of the line that brought it. */
  latestSnapshot: { readonly bytes: Buffer; readonly reader: Reader | undefined } | undefined
  /** Monotonic ms of the last message that moved or confirmed the book. */
  heard = NaN
  /** Messages of the line that brings its book, of any kind. */
  streamed = 0
  /** Called when it begins to be followed, after the listener has heard so. */
  onFollowed: () => void = () => undefined
  /** Id of the first change in what waits for a snapshot; NaN where the venue gives none. */
  waitingFrom = NaN
  /** Id of the last change heard of that a void book in the stream lacks; NaN before one, and where the venue gives none. */
  heardOf = NaN
  /** Monotonic ms at which the book was voided last; NaN before. */
  voidedAt = NaN
  /** When the next snapshot will be asked for, where that must wait: said with every status that names no other time. */
  plannedAt: Millis | undefined
  /** The venue's own checks keep disagreeing with the book: they are no reason to void it any more. */
  isUnverified = false
  /** When it will be tried with a fresh snapshot; undefined while it is not unverified. */
  recheckAt: Millis | undefined
  /** Monotonic ms since which the book is crossed; NaN while it is not. */
  crossedSince = NaN
  #instrument: Instrument
  /** The smallest step of all prices, in ticks. */
  #finest: Ticks
  /** As the venue's list describes it; undefined before the list came in. */
  #listed: Instrument | undefined
  #status: BookStatus
  #wasLive = false
  #late = ''
  /** What is missing beside a book that is fine, in words, and when it will be asked for again. */
  #lack = ''
  #lackUntil: Millis | undefined
  readonly #clock: Clock
  readonly #listener: FeedListener

  /** `told`: of an instrument that was watched before, which of its trades were told. */
  constructor(
    instrument: Instrument,
    rule: SequenceRule,
    clock: Clock,
    listener: FeedListener,
    told = new ToldTrades()
  ) {
    this.id = instrument.id
    this.symbol = instrument.symbol
    this.#instrument = instrument
    this.#finest = instrument.tickSize
    this.#clock = clock
    this.#listener = listener
    this.told = told
    this.begunAt = this.tradedAt = clock.mono()
    this.sync = new BookSync(this.book, rule)
    this.halt = new Halt(clock)
    this.#status = { state: 'connecting', reason: '', since: clock.now() }
  }

  get instrument(): Instrument {
    return this.#instrument
  }

  /** The venue's list has told of it. */
  get wasListed(): boolean {
    return this.#listed !== undefined
  }

  get status(): BookStatus {
    return this.#status
  }

  get isLive(): boolean {
    return isLive(this.#status)
  }

  /** Live, or unverified and said to be so: the listener hears of its messages. */
  get isFollowed(): boolean {
    return isFollowed(this.#status)
  }

  /** Says what the book is, once a change; `since` stays while only the reason or the next attempt changes. What is halted is called so, whatever becomes of its book. */
  say(state: BookState, reason: string, nextAt?: Millis, checkedAt?: Millis): void {
    if (this.halt.isOn && !final.has(state)) this.#say('halted', this.halt.words)
    else this.#say(state, reason, nextAt, checkedAt)
  }

  #say(state: BookState, reason: string, nextAt?: Millis, checkedAt?: Millis): void {
    const nextAttemptAt = nextAt ?? (waits.has(state) ? this.plannedAt : undefined)
    const { state: was, reason: before, nextAttemptAt: planned, checkedAt: checked, since } = this.#status
    const { isFollowed: wasFollowed } = this
    if (state === was && reason === before && nextAttemptAt === planned && checkedAt === checked) return
    this.#status = {
      state,
      reason,
      since: state === 'halted' ? this.halt.since : state === was ? since : this.#clock.now(),
      ...(nextAttemptAt === undefined ? {} : { nextAttemptAt }),
      ...(checkedAt === undefined ? {} : { checkedAt })
    }
    if (state === 'live' && was !== 'live' && was !== 'crossed') {
      if (this.#wasLive) this.counters.resyncs++
      this.#wasLive = true
    }
    this.#listener.onStatus(this.id, this.#status)
    if (this.isFollowed && !wasFollowed) this.onFollowed()
  }

  /** Its bids and asks cross, and not only from one message to the next. */
  get isCrossed(): boolean {
    return this.#clock.mono() - this.crossedSince >= CROSSED_SAID_MS
  }

  /** In sequence, and therefore live, unless something else forbids to call it so. */
  follow(checkedAt?: Millis): void {
    if (this.#late) this.say('overloaded', this.#late)
    else if (this.isCrossed)
      this.say('crossed', 'bids and asks cross, made anew when that lasts for a second')
    else if (this.isUnverified)
      this.say('unverified', 'the venue’s own checksums disagree', this.recheckAt, checkedAt)
    else this.say('live', this.#lack, this.#lackUntil, checkedAt)
  }

  /** Its book may be live, and something beside it is not there, in these words; empty: nothing any more. */
  lack(words: string, nextAt?: Millis): void {
    this.#lack = words
    this.#lackUntil = nextAt
    const { state, checkedAt } = this.#status
    if (state === 'live') this.say('live', words, nextAt, checkedAt)
  }

  /** What comes was sent too long ago to be called live, in these words; empty: it is in time again, and the next message says so. */
  late(words: string): void {
    this.#late = words
    if (words && this.isFollowed) this.doubt(words, 'overloaded')
  }

  /** Continuity is lost: in this very call the book is emptied and leaves live, and the listener hears of it. */
  void(state: BookState, reason: string, nextAttemptAt?: Millis): void {
    const knew = this.isFollowed || this.sync.state !== 'void'
    this.sync.void()
    this.pending.clear()
    this.heardOf = NaN
    this.voidedAt = this.#clock.mono()
    this.crossedSince = NaN
    this.restarts.followed()
    if (knew) this.#listener.onGap(this.id, this.#clock.now())
    this.say(state, reason, nextAttemptAt)
  }

  /** The venue says that it does not trade: what stands is not believed, and nothing is called live until the halt is over. True when that is news. */
  halted(by: HaltedBy, reason: string): boolean {
    const isNews = this.halt.begin(by, reason)
    if (isNews) this.void('halted', reason)
    return isNews
  }

  /** The book still stands but may be behind: it leaves live until the venue confirms it. */
  doubt(reason: string, state: 'stale' | 'overloaded' = 'stale'): void {
    if (this.isFollowed) this.#listener.onGap(this.id, this.#clock.now())
    this.say(state, reason)
  }

  refine(which: 'price' | 'size', text: string): void {
    const refinement = finerGrid(this.#instrument[which], text)
    if (!refinement) return
    const { grid, factor } = refinement
    const price = which === 'price' ? factor : 1
    const size = which === 'size' ? factor : 1
    this.book.rescale(price, size)
    rescaleQuote(this.quote, price, size)
    this.#finest = ticks(this.#finest * price)
    this.#instrument = {
      ...this.#instrument,
      [which]: grid,
      tickSize: ticks(this.#instrument.tickSize * price)
    }
    this.#listener.onRescale(this.id, this.#instrument, price, size)
    this.#listener.onInstruments([this.#instrument])
  }

  /**
   * The venue's list came in. Grids that a book was already built on are kept where they hold the new steps and refined where not. True when the steps
   * are others than those listed before: levels of the old steps are no levels any more.
   */
  describe(listed: Instrument): boolean {
    if (this.counters.frames === 0) {
      this.#instrument = this.#listed = listed
      this.#finest = listed.tickSize
      return false
    }
    const before = this.#listed
    this.#listed = listed
    for (const which of ['price', 'size'] as const) this.refine(which, stepText(listed[which]))
    const { price, size } = this.#instrument
    this.#finest = ticks(Math.max(1, Math.round(valueOn(listed.price, 1) / valueOn(price, 1))))
    const described = { ...listed, price, size, tickSize: this.#finest }
    this.#instrument = { ...described, tickSize: stepAt(described, this.book.touch, this.#finest) }
    this.#listener.onInstruments([this.#instrument])
    return before !== undefined && !(isSame(before.price, listed.price) && isSame(before.size, listed.size))
  }

  /** Where the venue's step depends on the price: the instrument has the one that its touch is at. */
  keepStep(): void {
    if (!this.#instrument.tickSteps) return
    const tickSize = stepAt(this.#instrument, this.book.touch, this.#finest)
    if (tickSize === this.#instrument.tickSize) return
    this.#instrument = { ...this.#instrument, tickSize }
    this.#listener.onInstruments([this.#instrument])
  }

  /** The figures the venue left out stay as they are. */
  refer(news: Partial<Reference>): void {
    Object.assign(this.reference, news)
  }

  /** The venue told reference figures, and they stand in `reference`. */
  referred(at: Millis): void {
    this.referredAt = at
    this.lapsed = ''
    this.tellReference()
  }

  /** What was told holds no more: all but what was asked for, which has an age of its own, is unknown. */
  lapse(reason: string): void {
    const { openInterest, openInterestAt } = this.reference
    Object.assign(this.reference, noReference())
    if (!Number.isNaN(openInterestAt)) this.refer({ openInterest, openInterestAt })
    this.lapsed = reason
    this.tellReference()
  }

  tellReference(): void {
    this.#listener.onReference(this.id, this.reference, this.referredAt, this.lapsed)
  }

  /** Milliseconds since the book was last moved or confirmed; NaN before. */
  age(): Millis {
    return millis(this.#clock.mono() - this.heard)
  }
}

function rescaleQuote(quote: Quote, price: number, size: number): void {
  quote.bid *= price
  quote.ask *= price
  quote.bidSize *= size
  quote.askSize *= size
}

const isSame = (one: Grid, other: Grid): boolean => one.decimals === other.decimals && one.step === other.step

/** One step as decimal text. */
const stepText = (grid: Grid): string => valueOn(grid, 1).toFixed(grid.decimals)
