import type { Instrument, InstrumentId } from '../../src-shared/instrument'
import type { BookStatus } from '../../src-shared/status'
import { isLive } from '../../src-shared/status'
import type { Millis } from '../../src-shared/units'
import { millis } from '../../src-shared/units'
import type { Book } from './book/book'
import type { Changes, Trades } from './book/changes'
import { History } from './history'
import type { Metric } from './metrics/metric'
import { MetricRunner, pricePlacesOf, widthOf } from './metrics/runner'
import type { Scene } from './snapshotter'
import type { Quote } from './venues/venue'

/** One instrument that somebody wants: its status, its figures and its recent past. */
export class Watched implements Scene {
  readonly id: InstrumentId
  readonly history: History
  readonly #metrics: readonly Metric[]
  #runner: MetricRunner | undefined
  #instrument: Instrument | undefined
  #status: BookStatus
  #row: Float64Array | undefined
  bookVersion = 0
  bookAt: Millis = millis(NaN)

  constructor(id: InstrumentId, metrics: readonly Metric[], instrument: Instrument | undefined, at: Millis) {
    this.id = id
    this.#metrics = metrics
    this.history = new History(widthOf(metrics), pricePlacesOf(metrics))
    this.#status = { state: 'connecting', reason: 'waiting for the venue', since: at }
    this.history.lose(at)
    if (instrument) this.describe(instrument)
  }

  get instrument(): Instrument | undefined {
    return this.#instrument
  }

  get status(): BookStatus {
    return this.#status
  }

  get live(): boolean {
    return isLive(this.#status)
  }

  get row(): Float64Array | undefined {
    return this.#row
  }

  get book(): Book | undefined {
    return this.live && this.#runner?.live ? this.#runner.book : undefined
  }

  describe(instrument: Instrument): void {
    this.#instrument = instrument
    if (this.#runner) this.#runner.describe(instrument)
    else this.#runner = new MetricRunner(this.#metrics, instrument)
  }

  setStatus(status: BookStatus, at: Millis): void {
    this.#status = status
    if (isLive(status)) this.history.regain(at)
    else this.history.lose(at)
  }

  onBook(book: Book, changes: Changes, at: Millis): void {
    this.bookVersion++
    this.bookAt = at
    this.#runner?.onBook(book, changes, at)
  }

  onTrades(trades: Trades, at: Millis): void {
    this.history.keepTrades(trades)
    this.#runner?.onTrades(trades, at)
  }

  onQuote(quote: Quote, at: Millis): void {
    this.#runner?.onQuote(quote, quote.at, at)
  }

  onTradesLost(from: Millis): void {
    this.#runner?.onTradesLost(from)
  }

  /** The book may well be whole, but no span of time was watched from end to end. */
  onInterruption(from: Millis, at: Millis): void {
    this.#runner?.onInterruption(from, at)
  }

  onGap(at: Millis): void {
    this.history.lose(at)
    this.#runner?.onGap(at)
  }

  onRescale(instrument: Instrument, priceFactor: number, sizeFactor: number): void {
    this.bookVersion++
    this.#instrument = instrument
    this.#runner?.onRescale(instrument, priceFactor, sizeFactor)
    this.history.rescale(priceFactor, sizeFactor)
  }

  /** Takes the row of this moment; undefined until the instrument is known. */
  sample(at: Millis): Float64Array | undefined {
    this.#row = this.#runner?.sample(at, this.live)
    if (this.#row) this.history.keepSample(this.#row)
    return this.#row
  }
}
