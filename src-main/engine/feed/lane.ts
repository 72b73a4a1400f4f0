import type { Instrument, InstrumentId } from '../../../src-shared/instrument'
import type { BookState, BookStatus } from '../../../src-shared/status'
import type { Millis } from '../../../src-shared/units'
import { millis, ticks } from '../../../src-shared/units'
import { Changes, emptyTouch, Trades } from '../book/changes'
import type { SequenceRule } from '../book/sequence'
import { SortedBook } from '../book/sorted-book'
import { BookSync } from '../book/sync'
import type { Lane, Quote, Reference } from '../venues/venue'
import { noReference } from '../venues/venue'
import type { Clock } from './clock'
import { finerGrid } from './finer-grid'
import { noCounts } from './lane-counters'
import type { FeedListener } from './listener'
import { TouchCheck } from './touch-check'
import { PendingFrames } from './pending-frames'

/** One watched instrument: its book, what its messages are read into, and what may be said of it. */
export class FeedLane implements Lane {
  readonly id: InstrumentId
  readonly symbol: string
  readonly changes = new Changes()
  readonly trades = new Trades()
  readonly quote: Quote = { ...emptyTouch(), sequence: NaN, at: NaN }
  readonly liquidations = new Trades()
  readonly reference: Reference = noReference()
  readonly book = new SortedBook()
  readonly sync: BookSync
  readonly pending = new PendingFrames()
  readonly counters = noCounts()
  readonly touchCheck = new TouchCheck()
  /** Venue time of the latest book message, ms; NaN before one or where the venue gives none. */
  venueAt = NaN
  /** Monotonic ms of the last message that moved or confirmed the book. */
  heard = NaN
  /** Monotonic ms since which the book is crossed; NaN while it is not. */
  crossedSince = NaN
  #instrument: Instrument
  #status: BookStatus
  #wasLive = false
  readonly #clock: Clock
  readonly #listener: FeedListener

  constructor(instrument: Instrument, rule: SequenceRule, clock: Clock, listener: FeedListener) {
    this.id = instrument.id
    this.symbol = instrument.symbol
    this.#instrument = instrument
    this.#clock = clock
    this.#listener = listener
    this.sync = new BookSync(this.book, rule)
    this.#status = { state: 'connecting', reason: '', since: clock.now() }
  }

  get instrument(): Instrument {
    return this.#instrument
  }

  get status(): BookStatus {
    return this.#status
  }

  get isLive(): boolean {
    return this.#status.state === 'live'
  }

  /** Says what the book is, once a change; `since` stays while only the reason or the next attempt changes. */
  say(state: BookState, reason: string, nextAttemptAt?: Millis): void {
    const { state: was, reason: before, nextAttemptAt: planned, since } = this.#status
    if (state === was && reason === before && nextAttemptAt === planned) return
    this.#status = {
      state,
      reason,
      since: state === was ? since : this.#clock.now(),
      ...(nextAttemptAt === undefined ? {} : { nextAttemptAt })
    }
    if (state === 'live' && was !== 'live') {
      if (this.#wasLive) this.counters.resyncs++
      this.#wasLive = true
    }
    this.#listener.onStatus(this.id, this.#status)
  }

  /** Continuity is lost: in this very call the book is emptied and leaves live, and the listener hears of it. */
  void(state: BookState, reason: string, nextAttemptAt?: Millis): void {
    const knew = this.isLive || this.sync.state !== 'void'
    this.sync.void()
    this.pending.clear()
    this.crossedSince = NaN
    if (knew) this.#listener.onGap(this.id, this.#clock.now())
    this.say(state, reason, nextAttemptAt)
  }

  /** The book still stands but may be behind: it leaves live until the venue confirms it. */
  doubt(reason: string): void {
    if (this.isLive) this.#listener.onGap(this.id, this.#clock.now())
    this.say('stale', reason)
  }

  refine(which: 'price' | 'size', text: string): void {
    const refinement = finerGrid(this.#instrument[which], text)
    if (!refinement) return
    const { grid, factor } = refinement
    const price = which === 'price' ? factor : 1
    const size = which === 'size' ? factor : 1
    this.book.rescale(price, size)
    rescaleQuote(this.quote, price, size)
    this.#instrument = {
      ...this.#instrument,
      [which]: grid,
      tickSize: ticks(this.#instrument.tickSize * price)
    }
    this.#listener.onRescale(this.id, this.#instrument, price, size)
    this.#listener.onInstruments([this.#instrument])
  }

  /** The venue's list came in. Grids that a book was already built on are kept; they refine themselves where they are too coarse. */
  describe(listed: Instrument): void {
    const { price, size, tickSize } = this.#instrument
    const inUse = this.counters.frames > 0
    this.#instrument = inUse ? { ...listed, price, size, tickSize } : listed
    if (inUse) this.#listener.onInstruments([this.#instrument])
  }

  /** The figures the venue left out stay as they are. */
  refer(news: Partial<Reference>): void {
    Object.assign(this.reference, news)
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
