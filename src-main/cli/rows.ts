import { columnsOf } from '../../src-shared/contract/catalogue'
import { sampleHead, sampleHeadLength } from '../../src-shared/contract/frames'
import type { Instrument, InstrumentId } from '../../src-shared/instrument'
import { valueOn } from '../../src-shared/instrument'
import type { BookStatus } from '../../src-shared/status'
import type { Millis } from '../../src-shared/units'
import { millis } from '../../src-shared/units'
import type { Book } from '../engine/book/book'
import type { Changes, Trades } from '../engine/book/changes'
import type { FeedListener } from '../engine/feed/listener'
import { metrics } from '../engine/metrics/index'
import { pricePlacesOf } from '../engine/metrics/row-shape'
import { MetricRunner } from '../engine/metrics/runner'
import type { Quote } from '../engine/venues/venue'
import type { Format } from './output'

interface Wish {
  readonly everyMs: number
  /** Metric ids; all when empty. */
  readonly metrics: readonly string[]
  readonly format: Format
}

/** Figures of every instrument at whole multiples of the interval, by the tape's clock. Unknown is an empty cell, or null. */
export class Rows implements FeedListener {
  readonly #chosen
  readonly #places: readonly { readonly name: string; readonly place: number; readonly isPrice: boolean }[]
  readonly #runners = new Map<InstrumentId, MetricRunner>()
  readonly #states = new Map<InstrumentId, string>()
  readonly #wish: Wish
  readonly #write: (line: string) => void
  #next = NaN

  constructor(wish: Wish, write: (line: string) => void) {
    this.#wish = wish
    this.#write = write
    this.#chosen = metrics.filter((it) => wish.metrics.length === 0 || wish.metrics.includes(it.spec.id))
    const prices = pricePlacesOf(this.#chosen)
    this.#places = columnsOf(this.#chosen.map((it) => it.spec)).map(({ metric, field }, column) => {
      const place = column + sampleHeadLength
      return { name: `${metric}.${field}`, place, isPrice: prices.includes(place) }
    })
  }

  /** Takes the rows that fall due before something happens at `at`. */
  until(at: Millis): void {
    const { everyMs } = this.#wish
    if (Number.isNaN(this.#next)) {
      this.#next = Math.floor(at / everyMs) * everyMs + everyMs
      if (this.#wish.format === 'csv') this.#write(this.#head())
    }
    // A tape that slept has nothing to say of the hours in between.
    if (at - this.#next > 3_600_000) this.#next = Math.floor(at / everyMs) * everyMs
    for (; this.#next <= at; this.#next += everyMs) this.#sample(millis(this.#next))
  }

  onBook(id: InstrumentId, book: Book, changes: Changes, at: Millis): void {
    this.#runners.get(id)?.onBook(book, changes, at)
  }
  onTrades(id: InstrumentId, trades: Trades, at: Millis): void {
    this.#runners.get(id)?.onTrades(trades, at)
  }
  onQuote(id: InstrumentId, quote: Quote, at: Millis): void {
    this.#runners.get(id)?.onQuote(quote, quote.at, at)
  }
  onLiquidations(): void {
    // Already among the trades where the venue prints them; rows are of figures.
  }

  onReference(): void {
    // No metric of a row wants it yet.
  }
  onGap(id: InstrumentId, at: Millis): void {
    this.#runners.get(id)?.onGap(at)
  }
  onTradesLost(id: InstrumentId, from: Millis): void {
    this.#runners.get(id)?.onTradesLost(from)
  }
  onRescale(id: InstrumentId, instrument: Instrument, priceFactor: number, sizeFactor: number): void {
    this.#runners.get(id)?.onRescale(instrument, priceFactor, sizeFactor)
  }
  onStatus(id: InstrumentId, { state }: BookStatus): void {
    this.#states.set(id, state)
  }
  onInstruments(list: readonly Instrument[]): void {
    for (const instrument of list) {
      const runner = this.#runners.get(instrument.id)
      if (runner) runner.describe(instrument)
      else this.#runners.set(instrument.id, new MetricRunner(this.#chosen, instrument))
    }
  }

  #head(): string {
    return ['at', 'instrument', 'status', 'ageMs', 'coverage', ...this.#places.map((it) => it.name)].join(',')
  }

  #sample(at: Millis): void {
    for (const [id, runner] of this.#runners) {
      const state = this.#states.get(id) ?? 'connecting'
      const row = runner.sample(at, state === 'live')
      const figures = this.#places.map(({ place, isPrice }) =>
        isPrice ? valueOn(runner.instrument.price, row[place]!) : row[place]!
      )
      const head = [at - row[sampleHead.heardAt]!, row[sampleHead.coverage]!]
      this.#write(this.#line(at, id, state, [...head, ...figures]))
    }
  }

  #line(at: Millis, id: InstrumentId, state: string, numbers: readonly number[]): string {
    const time = new Date(at).toISOString()
    if (this.#wish.format === 'csv')
      return [time, id, state, ...numbers.map((it) => (Number.isFinite(it) ? String(it) : ''))].join(',')
    const names = ['ageMs', 'coverage', ...this.#places.map((it) => it.name)]
    const figures = Object.fromEntries(names.map((name, i) => [name, numbers[i]]))
    // JSON has no NaN: stringify writes null, which is what unknown is.
    return JSON.stringify({ at: time, instrument: id, status: state, ...figures })
  }
}
