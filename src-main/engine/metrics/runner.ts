import type { Unready } from '../../../src-shared/contract/frames'
import { sampleHead, sampleHeadLength } from '../../../src-shared/contract/frames'
import type { Instrument, InstrumentId } from '../../../src-shared/instrument'
import type { Millis } from '../../../src-shared/units'
import type { Book } from '../book/book'
import type { Changes, Touch, Trades } from '../book/changes'
import { Audience } from './audience'
import { Coverage } from './coverage'
import { blindness, needs, needsOf, unexplained } from './needs'
import type { Metric, MetricRun } from './metric'
import { widthOf } from './row-shape'
import type { RunnerParts } from './runner-parts'
import { alone } from './runner-parts'

/** A metric that nobody wants any more runs on for this long: layouts are switched back and forth. */
const lingerMs = 60_000

interface Place {
  readonly metric: Metric
  readonly from: number
  readonly fields: number
}
interface Running extends Place {
  readonly run: MetricRun
  /** `needs`, added up. */
  readonly needs: number
  /** When it ends, as nobody wants it; Infinity while somebody does. */
  endsAt: number
}

/**
 * The wanted metrics on one instrument or group: events in, one row of figures out, NaN where nobody wants them. No figure leaves it while the book is
 * not live. Until told what is wanted, all are.
 */
export class MetricRunner {
  /** The latest row; overwritten by `sample`. */
  readonly row: Float64Array
  readonly #places: readonly Place[]
  readonly #parts: RunnerParts
  readonly #coverage = new Coverage()
  #instrument: Instrument
  #wanted: ReadonlySet<string> | undefined
  #book: Book | undefined
  #running: Running[] = []
  readonly #audience = new Audience()
  /** Of the running, side by side for the sampler: the runs, where their figures go, and what they need (`needs`). */
  #runs: readonly MetricRun[] = []
  #from = new Int32Array(0)
  #needs = new Uint8Array(0)
  /** Whether some metric is not wanted any more. */
  #isLeaving = false
  #live = false
  #tradesLost = false
  #heardAt = NaN
  #venueAt = NaN

  constructor(metrics: readonly Metric[], instrument: Instrument, parts: RunnerParts = alone) {
    this.#instrument = instrument
    this.#parts = parts
    this.row = new Float64Array(widthOf(metrics)).fill(NaN)
    let from = sampleHeadLength
    this.#places = metrics.map((metric) => {
      const place = { metric, from, fields: metric.spec.fields.length }
      from += place.fields
      return place
    })
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
    this.#audience.catchUp()
    this.#instrument = instrument
  }

  /** The ids of what is wanted, beside what always is. What is new starts on the book as it stands; what is not wanted any more ends a minute later. */
  want(ids: ReadonlySet<string>, at: Millis): void {
    this.#audience.catchUp()
    this.#wanted = ids
    this.#isLeaving = false
    for (const running of this.#running) {
      running.endsAt = this.#wants(running.metric) ? Infinity : Math.min(running.endsAt, at + lingerMs)
      if (running.endsAt < Infinity) this.#isLeaving = true
    }
    this.#startMissing()
  }

  /** Parameters changed: these metrics begin anew. */
  restart(ids: ReadonlySet<string>): void {
    this.#audience.catchUp()
    for (const running of [...this.#running]) if (ids.has(running.metric.spec.id)) this.#end(running)
    this.#startMissing()
  }

  onBook(book: Book, changes: Changes, at: Millis): void {
    if (book !== this.#book) this.#start(book)
    this.#live = true
    this.#heardAt = at
    this.#venueAt = changes.at
    if (!this.#tradesLost) this.#coverage.resume(at)
    this.#audience.book(changes, at)
  }

  onTrades(trades: Trades, at: Millis): void {
    if (this.#tradesLost) this.#tradesAreBack(at)
    this.#audience.trades(trades, at)
  }

  /** The venue's own quote: where it equals the rebuilt touch, the book is confirmed without having changed. */
  onQuote(quote: Readonly<Touch & { sequence: number }>, venueAt: number, at: Millis): void {
    if (this.#live) this.#audience.quote(quote, at)
    const { bid, ask, bidSize, askSize } = quote
    const touch = this.#book?.touch
    if (!this.#live || touch?.bid !== bid || touch.ask !== ask) return
    if (touch.bidSize !== bidSize || touch.askSize !== askSize) return
    this.#heardAt = at
    if (!Number.isNaN(venueAt)) this.#venueAt = venueAt
  }

  /** The same base elsewhere has another mid, in quote money; NaN: it is not known any more. */
  onPeer(peer: InstrumentId, mid: number, at: Millis): void {
    if (this.#live) this.#audience.peer(peer, mid, at)
  }

  onGap(at: Millis): void {
    this.#audience.catchUp()
    this.#live = false
    this.#coverage.lose(at)
    for (const { run } of this.#running) run.onGap?.(at)
  }

  /** Nobody looked between `from` and `at` (sleep, a clock set): the book may be whole, but no window of time is. */
  onInterruption(from: Millis, at: Millis): void {
    this.#audience.catchUp()
    this.#coverage.lose(from)
    if (this.#live && !this.#tradesLost) this.#coverage.resume(at)
    for (const { run } of this.#running) run.onGap?.(at)
  }

  /** Trades may be missing since `from`, and are not trusted until the next one arrives. */
  onTradesLost(from: Millis): void {
    this.#tradesLost = true
    this.#coverage.lose(from)
  }

  onRescale(instrument: Instrument, priceFactor: number, sizeFactor: number): void {
    this.#audience.catchUp()
    this.#instrument = instrument
    for (const { run } of this.#running) run.onRescale?.(priceFactor, sizeFactor)
  }

  /** Fills `row`. `trusted` is whether the book's status says live. */
  sample(at: Millis, trusted: boolean): Float64Array {
    const { row } = this
    this.#audience.catchUp()
    this.#endLeft(at)
    row[sampleHead.at] = at
    row[sampleHead.heardAt] = this.#heardAt
    row[sampleHead.venueAt] = this.#venueAt
    row[sampleHead.coverage] = this.#coverage.share(at)
    const live = trusted && this.#live
    if (!live) return row.fill(NaN, sampleHeadLength)
    const blind = this.#blind
    if (blind !== 0) this.#blank(blind)
    for (let place = 0; place < this.#runs.length; place++)
      if ((this.#needs[place]! & blind) === 0) this.#runs[place]!.sample(at, row, this.#from[place]!)
    return row
  }

  /** What of the latest row is not known of these metrics, and why. Nothing while the book is not live: its status says why. */
  unready(ids: ReadonlySet<string>, at: Millis): readonly Unready[] {
    if (!this.#live) return []
    this.#audience.catchUp()
    return this.#running.flatMap((running) => {
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
    this.#audience.catchUp()
    return this.#running.find(({ metric }) => metric.spec.id === id)?.run.table?.(at)
  }

  /** Hands over what the running metrics have learned. */
  save(): void {
    this.#audience.catchUp()
    for (const running of this.#running) this.#save(running)
  }

  #wants({ spec }: Metric): boolean {
    if (spec.singleOnly && this.#instrument.members) return false
    return this.#wanted === undefined || spec.always === true || this.#wanted.has(spec.id)
  }

  #start(book: Book): void {
    this.save()
    this.#book = book
    this.#run([])
    this.#startMissing()
  }

  #startMissing(): void {
    const book = this.#book
    if (!book) return
    // Kept in the catalogue's order.
    this.#run(
      this.#places.flatMap((place) => {
        const running = this.#running.find(({ metric }) => metric === place.metric)
        if (running) return [running]
        return this.#wants(place.metric) ? [this.#begin(place, book)] : []
      })
    )
  }

  #run(running: Running[]): void {
    this.#running = running
    const runs = running.map(({ run }) => run)
    this.#runs = runs
    this.#from = Int32Array.from(running, ({ from }) => from)
    this.#needs = Uint8Array.from(running, (it) => it.needs)
    this.#audience.seat(running)
  }

  #begin(place: Place, book: Book): Running {
    const { metric } = place
    const run = metric.start(
      {
        book,
        instrument: () => this.#instrument,
        tell: (seen) => {
          this.#parts.tell(metric, seen)
        }
      },
      this.#parts.params(metric)
    )
    const remembered = run.restore && this.#parts.recall(metric)
    if (remembered && !run.restore?.(remembered)) this.#parts.refused(metric)
    return { ...place, run, needs: needsOf(metric), endsAt: Infinity }
  }

  #endLeft(at: Millis): void {
    if (!this.#isLeaving) return
    for (let place = this.#running.length - 1; place >= 0; place--) {
      const running = this.#running[place]!
      if (running.endsAt <= at) this.#end(running)
    }
  }

  /** Of what needs any of `blind` nothing is known now. */
  #blank(blind: number): void {
    for (const [place, { from, fields }] of this.#running.entries())
      if ((this.#needs[place]! & blind) !== 0) this.row.fill(NaN, from, from + fields)
  }

  #end(running: Running): void {
    this.#save(running)
    this.#run(this.#running.filter((it) => it !== running))
    this.row.fill(NaN, running.from, running.from + running.fields)
  }

  #save({ metric, run }: Running): void {
    const values = run.save?.()
    if (values && values.length > 0) this.#parts.keep(metric, values)
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
    this.#audience.catchUp()
    this.#tradesLost = false
    for (const { metric, run } of this.#running) if (metric.spec.needs.includes('trades')) run.onGap?.(at)
    this.#coverage.resume(at)
  }
}
