import { columnsOf } from '../../src-shared/contract/catalogue'
import { sampleHead, sampleHeadLength } from '../../src-shared/contract/frames'
import type { MarketEvent, ReferenceView, Unready } from '../../src-shared/contract/frames'
import type { Instrument, InstrumentId } from '../../src-shared/instrument'
import type { BookStatus } from '../../src-shared/status'
import { isFollowed } from '../../src-shared/status'
import type { Millis } from '../../src-shared/units'
import { millis } from '../../src-shared/units'
import type { Book } from './book/book'
import type { Changes, Trades } from './book/changes'
import { History } from './history'
import type { Metric, Seen } from './metrics/metric'
import type { Retuning } from './metrics/retuning'
import type { RunnerParts } from './metrics/runner-parts'
import { pricePlacesOf, widthOf } from './metrics/row-shape'
import { MetricRunner } from './metrics/runner'
import type { Scene } from './snapshotter'
import type { Quote, Reference } from './venues/venue'

/** What the engine lends each watched instrument's runner; what is seen is kept here. */
export type WatchedParts = Omit<RunnerParts, 'tell'>

/** Events that wait for the next sample; more than that in 100 ms is a metric gone wild, and the oldest go. */
const mostWaiting = 200

/** One instrument or group that somebody wants: its status, its figures and its recent past. */
export class Watched implements Scene {
  readonly id: InstrumentId
  readonly history: History
  readonly #metrics: readonly Metric[]
  readonly #parts: WatchedParts
  #wanted: ReadonlySet<string> = new Set()
  #events: MarketEvent[] = []
  #eventCount = 0
  /** When a figure (`metric.field`) last became another one, by its parameters. */
  readonly #changedAt = new Map<string, Millis>()
  #runner: MetricRunner | undefined
  #instrument: Instrument | undefined
  #status: BookStatus
  #row: Float64Array | undefined
  #reference: ReferenceView | undefined
  bookVersion = 0
  bookAt: Millis = millis(NaN)
  /** Engine wall clock of the latest trade; NaN before one. */
  tradedAt: Millis = millis(NaN)

  constructor(
    id: InstrumentId,
    metrics: readonly Metric[],
    instrument: Instrument | undefined,
    at: Millis,
    parts: WatchedParts
  ) {
    this.id = id
    this.#metrics = metrics
    this.#parts = parts
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

  /** Its book and figures may be shown; live or said to be unverified. */
  get live(): boolean {
    return isFollowed(this.#status)
  }

  get row(): Float64Array | undefined {
    return this.#row
  }

  /** A new object whenever something was told. */
  get reference(): ReferenceView | undefined {
    return this.#reference
  }

  get book(): Book | undefined {
    return this.live && this.#runner?.live ? this.#runner.book : undefined
  }

  describe(instrument: Instrument): void {
    this.#instrument = instrument
    if (this.#runner) this.#runner.describe(instrument)
    else {
      const tell = (metric: Metric, seen: Seen): void => {
        this.#keepEvent(metric, seen)
      }
      this.#runner = new MetricRunner(this.#metrics, instrument, { ...this.#parts, tell })
      this.#runner.want(this.#wanted, millis(NaN))
    }
  }

  /** Metrics wanted beside those that are always computed. */
  want(metrics: ReadonlySet<string>, at: Millis): void {
    this.#wanted = metrics
    this.#runner?.want(metrics, at)
  }

  /** Figures are computed with other parameters from `at` on. */
  retune({ anew, adjusted, figures }: Retuning, at: Millis): void {
    this.#runner?.restart(anew)
    this.#runner?.adjust(adjusted)
    for (const figure of figures) this.#changedAt.set(figure, at)
  }

  /** The rows kept since `since`, one after another; figures from before their parameters were what they are now are unknown: they were other figures. */
  recent(since: number): Float64Array {
    const width = this.#row?.length ?? 0
    const rows = this.history.series([...Array(width).keys()], since)
    for (const [column, { metric, field }] of columnsOf(this.#metrics.map(({ spec }) => spec)).entries()) {
      const changedAt = this.#changedAt.get(`${metric}.${field}`) ?? -Infinity
      for (let row = 0; rows[row + sampleHead.at]! < changedAt; row += width)
        rows[row + sampleHeadLength + column] = NaN
    }
    return rows
  }

  unready(metrics: ReadonlySet<string>, at: Millis): readonly Unready[] {
    return this.live ? (this.#runner?.unready(metrics, at) ?? []) : []
  }

  table(metric: string, at: Millis): Float64Array | undefined {
    return this.live ? this.#runner?.table(metric, at) : undefined
  }

  /** Hands over what its metrics have learned. */
  save(): void {
    this.#runner?.save()
  }

  /** What was seen since the last call. */
  takeEvents(): readonly MarketEvent[] {
    if (this.#events.length === 0) return this.#events
    const events = this.#events
    this.#events = []
    this.history.keepEvents(events)
    return events
  }

  setStatus(status: BookStatus, at: Millis): void {
    this.#status = status
    if (isFollowed(status)) this.history.regain(at)
    else this.history.lose(at)
  }

  onBook(book: Book, changes: Changes, at: Millis): void {
    this.bookVersion++
    this.bookAt = at
    this.#runner?.onBook(book, changes, at)
  }

  onTrades(trades: Trades, at: Millis): void {
    this.tradedAt = at
    this.history.keepTrades(trades)
    this.#runner?.onTrades(trades, at)
  }

  onQuote(quote: Quote, at: Millis): void {
    this.#runner?.onQuote(quote, quote.at, at)
  }

  onPeer(peer: InstrumentId, mid: number, at: Millis): void {
    this.#runner?.onPeer(peer, mid, at)
  }

  onLiquidations(liquidations: Trades): void {
    this.history.keepLiquidations(liquidations)
  }

  /** What is told of a derivative is kept until it holds no more, whatever the book does. */
  onReference(reference: Reference, at: Millis, lapsed: string): void {
    this.#reference = { ...reference, instrument: this.id, at, lapsed }
  }

  onTradesLost(from: Millis): void {
    this.#runner?.onTradesLost(from)
  }

  onTradesBack(at: Millis): void {
    this.#runner?.onTradesBack(at)
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

  #keepEvent({ spec }: Metric, seen: Seen): void {
    const id = `${this.id}|${spec.id}|${seen.at}|${++this.#eventCount}`
    this.#events.push({ ...seen, id, instrument: this.id, metric: spec.id })
    if (this.#events.length > mostWaiting) this.#events.shift()
  }
}
