import { columnsOf } from '../../../src-shared/contract/catalogue'
import { sampleHead, sampleHeadLength } from '../../../src-shared/contract/frames'
import type { Instrument } from '../../../src-shared/instrument'
import type { Millis } from '../../../src-shared/units'
import type { Book } from '../book/book'
import type { Changes, Touch, Trades } from '../book/changes'
import { Coverage } from './coverage'
import type { Metric, MetricRun } from './metric'

interface Place {
  readonly metric: Metric
  readonly run: MetricRun
  readonly from: number
}

/** Numbers in every sample row of these metrics. */
export const widthOf = (metrics: readonly Metric[]): number =>
  sampleHeadLength + columnsOf(metrics.map((metric) => metric.spec)).length

/** Places in a sample row that hold prices in ticks: they change their count when the grid gets finer. */
export const pricePlacesOf = (metrics: readonly Metric[]): readonly number[] =>
  metrics
    .flatMap((metric) => metric.spec.fields)
    .flatMap((field, column) => (field.unit === 'price' ? [column + sampleHeadLength] : []))

/** All metrics on one instrument: events in, one row of figures out. No figure leaves it while the book is not live. */
export class MetricRunner {
  /** The latest row; overwritten by `sample`. */
  readonly row: Float64Array
  readonly #metrics: readonly Metric[]
  readonly #coverage = new Coverage()
  #instrument: Instrument
  #book: Book | undefined
  #places: readonly Place[] = []
  #live = false
  #tradesLost = false
  #heardAt = NaN
  #venueAt = NaN

  constructor(metrics: readonly Metric[], instrument: Instrument) {
    this.#metrics = metrics
    this.#instrument = instrument
    this.row = new Float64Array(widthOf(metrics)).fill(NaN)
  }

  get instrument(): Instrument {
    return this.#instrument
  }

  /** Undefined until the first live message. */
  get book(): Book | undefined {
    return this.#book
  }

  /** True between a committed message and the next gap. */
  get live(): boolean {
    return this.#live
  }

  describe(instrument: Instrument): void {
    this.#instrument = instrument
  }

  onBook(book: Book, changes: Changes, at: Millis): void {
    if (book !== this.#book) this.#start(book)
    this.#live = true
    this.#heardAt = at
    this.#venueAt = changes.at
    if (!this.#tradesLost) this.#coverage.resume(at)
    for (const { run } of this.#places) run.onBook?.(changes, at)
  }

  onTrades(trades: Trades, at: Millis): void {
    if (this.#tradesLost) this.#tradesAreBack(at)
    for (const { run } of this.#places) run.onTrades?.(trades, at)
  }

  /** The venue's own quote: where it equals the rebuilt touch, the book is confirmed without having changed. */
  onQuote({ bid, ask, bidSize, askSize }: Readonly<Touch>, venueAt: number, at: Millis): void {
    const touch = this.#book?.touch
    if (!this.#live || touch?.bid !== bid || touch.ask !== ask) return
    if (touch.bidSize !== bidSize || touch.askSize !== askSize) return
    this.#heardAt = at
    if (!Number.isNaN(venueAt)) this.#venueAt = venueAt
  }

  onGap(at: Millis): void {
    this.#live = false
    this.#coverage.lose(at)
    for (const { run } of this.#places) run.onGap?.(at)
  }

  /** Nobody looked between `from` and `at` (sleep, a clock set): the book may be whole, but no window of time is. */
  onInterruption(from: Millis, at: Millis): void {
    this.#coverage.lose(from)
    if (this.#live && !this.#tradesLost) this.#coverage.resume(at)
    for (const { run } of this.#places) run.onGap?.(at)
  }

  /** Trades may be missing since `from`, and are not trusted until the next one arrives. */
  onTradesLost(from: Millis): void {
    this.#tradesLost = true
    this.#coverage.lose(from)
  }

  onRescale(instrument: Instrument, priceFactor: number, sizeFactor: number): void {
    this.#instrument = instrument
    for (const { run } of this.#places) run.onRescale?.(priceFactor, sizeFactor)
  }

  /** Fills `row`. `trusted` is whether the book's status says live. */
  sample(at: Millis, trusted: boolean): Float64Array {
    const { row } = this
    row[sampleHead.at] = at
    row[sampleHead.heardAt] = this.#heardAt
    row[sampleHead.venueAt] = this.#venueAt
    row[sampleHead.coverage] = this.#coverage.share(at)
    const live = trusted && this.#live
    if (!live) return row.fill(NaN, sampleHeadLength)
    const crossed = this.#book?.crossed ?? true
    for (const { metric, run, from } of this.#places) {
      run.sample(at, row, from)
      const blind =
        (crossed && metric.spec.needs.includes('book')) ||
        (this.#tradesLost && metric.spec.needs.includes('trades'))
      if (blind) row.fill(NaN, from, from + metric.spec.fields.length)
    }
    return row
  }

  #start(book: Book): void {
    this.#book = book
    let from = sampleHeadLength
    this.#places = this.#metrics.map((metric) => {
      const place = { metric, run: metric.start({ book, instrument: () => this.#instrument }), from }
      from += metric.spec.fields.length
      return place
    })
  }

  #tradesAreBack(at: Millis): void {
    this.#tradesLost = false
    for (const { metric, run } of this.#places) if (metric.spec.needs.includes('trades')) run.onGap?.(at)
    this.#coverage.resume(at)
  }
}
