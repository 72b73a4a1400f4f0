import type { Instrument } from '../../../src-shared/instrument'
import type { Millis } from '../../../src-shared/units'
import type { Book } from '../book/book'
import { Audience } from './audience'
import type { Metric, MetricRun, Params } from './metric'
import { needsOf } from './needs'
import type { RunnerParts } from './runner-parts'

/** A metric that nobody wants any more runs on for this long: layouts are switched back and forth. */
const lingerMs = 60_000

/** A metric, and where its figures lie in a row. */
export interface Place {
  readonly metric: Metric
  readonly from: number
  readonly fields: number
}
export interface Running extends Place {
  readonly run: MetricRun
  /** `needs`, added up. */
  readonly needs: number
  /** When it ends, as nobody wants it; Infinity while somebody does. */
  endsAt: number
}

/** Which metrics run on one instrument or group: begun when somebody wants them, ended a minute after nobody does. */
export class RunningMetrics {
  readonly #places: readonly Place[]
  readonly #row: Float64Array
  readonly #parts: RunnerParts
  readonly #instrument: () => Instrument
  readonly audience = new Audience()
  #wanted: ReadonlySet<string> | undefined
  #book: Book | undefined
  #all: readonly Running[] = []
  /** What needs any of these is told nothing. */
  #hushed = 0
  /** Whether some metric is not wanted any more. */
  #isLeaving = false
  /** Of all, side by side for the sampler: the runs, where their figures go, and what they need (`needs`). */
  runs: readonly MetricRun[] = []
  from = new Int32Array(0)
  needs = new Uint8Array(0)

  /** The figures of what ends are blanked in `row`. */
  constructor(places: readonly Place[], row: Float64Array, parts: RunnerParts, instrument: () => Instrument) {
    this.#places = places
    this.#row = row
    this.#parts = parts
    this.#instrument = instrument
  }

  /** In the catalogue's order. */
  get all(): readonly Running[] {
    return this.#all
  }

  /** The ids of what is wanted, beside what always is. What is new starts on the book as it stands. */
  want(ids: ReadonlySet<string>, at: Millis): void {
    this.#wanted = this.#withRead(ids)
    this.#isLeaving = false
    for (const running of this.#all) {
      running.endsAt = this.#wants(running.metric) ? Infinity : Math.min(running.endsAt, at + lingerMs)
      if (running.endsAt < Infinity) this.#isLeaving = true
    }
    this.#startMissing()
  }

  /** These begin anew, and what reads them: its figures are made of others then. */
  restart(ids: ReadonlySet<string>): void {
    for (const running of this.#all) {
      const { id, reads = [] } = running.metric.spec
      if (ids.has(id) || reads.some((read) => ids.has(read))) this.#end(running)
    }
    this.#startMissing()
  }

  /** These go on with other parameters. */
  adjust(ids: ReadonlySet<string>): void {
    for (const { metric, run } of this.#all)
      if (ids.has(metric.spec.id)) run.adjust?.(this.#parts.params(metric))
  }

  /** Another book: all begin anew on it. */
  start(book: Book): void {
    this.save()
    this.#book = book
    this.#seat([])
    this.#startMissing()
  }

  /** From now on what needs any of `lacking` is told nothing; what waits is to be told first. */
  hush(lacking: number): void {
    this.#hushed = lacking
    this.#seat(this.#all)
  }

  /** Ends what nobody has wanted for long enough. */
  endLeft(at: Millis): void {
    if (!this.#isLeaving) return
    for (const running of this.#all) if (running.endsAt <= at) this.#end(running)
  }

  /** Hands over what they have learned. */
  save(): void {
    for (const running of this.#all) this.#save(running)
  }

  #wants({ spec }: Metric): boolean {
    if (spec.singleOnly && this.#instrument().members) return false
    return this.#wanted === undefined || spec.always === true || this.#wanted.has(spec.id)
  }

  /** With what those read. */
  #withRead(ids: ReadonlySet<string>): ReadonlySet<string> {
    const read = this.#places.flatMap(({ metric: { spec } }) => (ids.has(spec.id) ? (spec.reads ?? []) : []))
    return read.length === 0 ? ids : new Set([...ids, ...read])
  }

  #startMissing(): void {
    const book = this.#book
    if (!book) return
    this.#seat(
      this.#places.flatMap((place) => {
        const running = this.#all.find(({ metric }) => metric === place.metric)
        if (running) return [running]
        return this.#wants(place.metric) ? [this.#begin(place, book)] : []
      })
    )
  }

  #seat(all: readonly Running[]): void {
    this.#all = all
    this.runs = all.map(({ run }) => run)
    this.from = Int32Array.from(all, ({ from }) => from)
    this.needs = Uint8Array.from(all, (it) => it.needs)
    this.audience.seat(all.filter((it) => (it.needs & this.#hushed) === 0))
  }

  #begin(place: Place, book: Book): Running {
    const { metric } = place
    const run = metric.start(
      {
        book,
        instrument: this.#instrument,
        tell: (seen) => {
          this.#parts.tell(metric, seen)
        },
        placeOf: (of, field) => this.#placeOf(place, of, field),
        paramsOf: (of) => this.#paramsOf(place, of)
      },
      this.#parts.params(metric)
    )
    const remembered = run.restore && this.#parts.recall(metric)
    if (remembered && !run.restore?.(remembered)) this.#parts.refused(metric)
    return { ...place, run, needs: needsOf(metric), endsAt: Infinity }
  }

  #placeOf(place: Place, of: string, field: string): number {
    const read = this.#readBy(place, of)
    const column = read?.metric.spec.fields.findIndex(({ id }) => id === field) ?? -1
    return read && column >= 0 ? read.from + column : -1
  }

  #paramsOf(place: Place, of: string): Params {
    const read = this.#readBy(place, of)
    return read ? this.#parts.params(read.metric) : {}
  }

  /** The metric of that id, if it stands before this one and this one says that it reads it. */
  #readBy({ metric, from }: Place, of: string): Place | undefined {
    return metric.spec.reads?.includes(of)
      ? this.#places.find((it) => it.metric.spec.id === of && it.from < from)
      : undefined
  }

  #end(running: Running): void {
    this.#save(running)
    this.#seat(this.#all.filter((it) => it !== running))
    this.#row.fill(NaN, running.from, running.from + running.fields)
  }

  #save({ metric, run }: Running): void {
    const values = run.save?.()
    if (values && values.length > 0) this.#parts.keep(metric, values)
  }
}
