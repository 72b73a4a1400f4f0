import type { Unready } from '../../../src-shared/contract/frames'
import { sampleHead, sampleHeadLength } from '../../../src-shared/contract/frames'
import type { Instrument, InstrumentId } from '../../../src-shared/instrument'
import type { Millis } from '../../../src-shared/units'
import type { Book } from '../book/book'
import type { Changes, Touch, Trades } from '../book/changes'
import { Coverage } from './coverage'
import { blindness, needs, unexplained } from './needs'
import type { Metric } from './metric'
import { widthOf } from './row-shape'
import type { RunnerParts } from './runner-parts'
import { alone } from './runner-parts'
import { RunningMetrics } from './running-metrics'

/**
 * The wanted metrics on one instrument or group: events in, one row of figures out, NaN where nobody wants them. No figure leaves it while the book is
 * not live. Until told what is wanted, all are.
 */
export class MetricRunner {
  /** The latest row; overwritten by `sample`. */
  readonly row: Float64Array
  readonly #running: RunningMetrics
  readonly #coverage = new Coverage()
  #instrument: Instrument
  #book: Book | undefined
  #live = false
  #tradesLost = false
  #heardAt = NaN
  #venueAt = NaN

  constructor(metrics: readonly Metric[], instrument: Instrument, parts: RunnerParts = alone) {
    this.#instrument = instrument
    this.row = new Float64Array(widthOf(metrics)).fill(NaN)
    let from = sampleHeadLength
    const places = metrics.map((metric) => {
      const place = { metric, from, fields: metric.spec.fields.length }
      from += place.fields
      return place
    })
    this.#running = new RunningMetrics(places, this.row, parts, () => this.#instrument)
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
    this.#running.audience.catchUp()
    this.#instrument = instrument
  }

  /** The ids of what is wanted, beside what always is. What is new starts on the book as it stands; what is not wanted any more ends a minute later. */
  want(ids: ReadonlySet<string>, at: Millis): void {
    this.#running.audience.catchUp()
    this.#running.want(ids, at)
  }

  /** Parameters changed: these metrics begin anew. */
  restart(ids: ReadonlySet<string>): void {
    this.#running.audience.catchUp()
    this.#running.restart(ids)
  }

  /** Parameters changed that do not concern all of their figures: these metrics go on with them. */
  adjust(ids: ReadonlySet<string>): void {
    this.#running.audience.catchUp()
    this.#running.adjust(ids)
  }

  onBook(book: Book, changes: Changes, at: Millis): void {
    if (book !== this.#book) {
      this.#book = book
      this.#running.start(book)
    }
    this.#live = true
    this.#heardAt = at
    this.#venueAt = changes.at
    if (!this.#tradesLost) this.#coverage.resume(at)
    this.#running.audience.book(changes, at)
  }

  onTrades(trades: Trades, at: Millis): void {
    if (this.#tradesLost) {
      // Of a group: those of another member say nothing of what is missing.
      if (this.#instrument.members) return
      this.#tradesAreBack(at)
    }
    this.#running.audience.trades(trades, at)
  }

  /** The venue's own quote: where it equals the rebuilt touch, the book is confirmed without having changed. */
  onQuote(quote: Readonly<Touch & { sequence: number }>, venueAt: number, at: Millis): void {
    if (this.#live) this.#running.audience.quote(quote, at)
    const { bid, ask, bidSize, askSize } = quote
    const touch = this.#book?.touch
    if (!this.#live || touch?.bid !== bid || touch.ask !== ask) return
    if (touch.bidSize !== bidSize || touch.askSize !== askSize) return
    this.#heardAt = at
    if (!Number.isNaN(venueAt)) this.#venueAt = venueAt
  }

  /** The same base elsewhere has another mid, in quote money; NaN: it is not known any more. */
  onPeer(peer: InstrumentId, mid: number, at: Millis): void {
    if (this.#live) this.#running.audience.peer(peer, mid, at)
  }

  onGap(at: Millis): void {
    this.#running.audience.catchUp()
    this.#live = false
    this.#coverage.lose(at)
    for (const { run } of this.#running.all) run.onGap?.(at)
  }

  /** Nobody looked between `from` and `at` (sleep, a clock set): the book may be whole, but no window of time is. */
  onInterruption(from: Millis, at: Millis): void {
    this.#running.audience.catchUp()
    this.#coverage.lose(from)
    if (this.#live && !this.#tradesLost) this.#coverage.resume(at)
    for (const { run } of this.#running.all) run.onGap?.(at)
  }

  /**
   * Trades may be missing since `from`, and are not trusted until the next one arrives. Until then what needs them hears nothing at all: a second whose trades
   * nobody told is not one without trades.
   */
  onTradesLost(from: Millis): void {
    this.#coverage.lose(from)
    if (this.#tradesLost) return
    this.#running.audience.catchUp()
    this.#tradesLost = true
    this.#gapOfTrades(from)
    this.#running.hush(needs.trades)
  }

  /** Of every member of a group trades come again. */
  onTradesBack(at: Millis): void {
    if (!this.#tradesLost) return
    this.#tradesAreBack(at)
    if (!this.#live) this.#coverage.lose(at)
  }

  onRescale(instrument: Instrument, priceFactor: number, sizeFactor: number): void {
    this.#running.audience.catchUp()
    this.#instrument = instrument
    for (const { run } of this.#running.all) run.onRescale?.(priceFactor, sizeFactor)
  }

  /** Fills `row`. `trusted` is whether the book's status says live. */
  sample(at: Millis, trusted: boolean): Float64Array {
    const { row } = this
    this.#running.audience.catchUp()
    this.#running.endLeft(at)
    row[sampleHead.at] = at
    row[sampleHead.heardAt] = this.#heardAt
    row[sampleHead.venueAt] = this.#venueAt
    row[sampleHead.coverage] = this.#coverage.share(at)
    const live = trusted && this.#live
    if (!live) return row.fill(NaN, sampleHeadLength)
    const blind = this.#blind
    if (blind !== 0) this.#blank(blind)
    const { runs, from, needs: needed } = this.#running
    for (let place = 0; place < runs.length; place++)
      if ((needed[place]! & blind) === 0) runs[place]!.sample(at, row, from[place]!)
    return row
  }

  /** What of the latest row is not known of these metrics, and why. Nothing while the book is not live: its status says why. */
  unready(ids: ReadonlySet<string>, at: Millis): readonly Unready[] {
    if (!this.#live) return []
    this.#running.audience.catchUp()
    return this.#running.all.flatMap((running) => {
      const { metric, run, from } = running
      const { id, fields, always } = metric.spec
      if (!always && !ids.has(id)) return []
      const blind = blindness(running.needs & this.#blind)
      return fields.flatMap((field, place) => {
        if (!Number.isNaN(this.row[from + place])) return []
        const reason = blind ? { share: NaN, why: blind } : (run.why?.(at, place) ?? unexplained(metric))
        // In whole percents: what is told again each second must not change without need.
        return [{ metric: id, field: field.id, share: Math.floor(reason.share * 100) / 100, why: reason.why }]
      })
    })
  }

  /** The rows of a metric's table; undefined when it has none to show. */
  table(id: string, at: Millis): Float64Array | undefined {
    if (!this.#live) return undefined
    this.#running.audience.catchUp()
    return this.#running.all.find(({ metric }) => metric.spec.id === id)?.run.table?.(at)
  }

  /** Hands over what the running metrics have learned. */
  save(): void {
    this.#running.audience.catchUp()
    this.#running.save()
  }

  /** Of what needs any of `blind` nothing is known now. */
  #blank(blind: number): void {
    for (const { needs: needed, from, fields } of this.#running.all)
      if ((needed & blind) !== 0) this.row.fill(NaN, from, from + fields)
  }

  /** A group's books may well cross: its venues are not one market. */
  get #isCrossed(): boolean {
    return (this.#book?.crossed ?? true) && !this.#instrument.members
  }

  /** Which `needs` nothing is known of now. */
  get #blind(): number {
    return (this.#isCrossed ? needs.book : 0) | (this.#tradesLost ? needs.trades : 0)
  }

  #tradesAreBack(at: Millis): void {
    this.#running.audience.catchUp()
    this.#tradesLost = false
    this.#gapOfTrades(at)
    this.#running.hush(0)
    this.#coverage.resume(at)
  }

  #gapOfTrades(at: Millis): void {
    for (const { needs: needed, run } of this.#running.all) if ((needed & needs.trades) !== 0) run.onGap?.(at)
  }
}
