import { Trades } from '../../../src-main/engine/book/changes'
import { SortedBook } from '../../../src-main/engine/book/sorted-book'
import type { Metric, MetricRun } from '../../../src-main/engine/metrics/metric'
import type { Overrides } from '../../../src-main/engine/metrics/params'
import { paramsOf } from '../../../src-main/engine/metrics/params'
import type { Instrument } from '../../../src-shared/instrument'
import { millis } from '../../../src-shared/units'
import type { HandLevel } from '../../support/hand-book'
import { changesOf, plainInstrument } from '../../support/hand-book'
import { figuresOf, startOn } from './figures'

/** One metric on a book that a test drives message by message. */
export class Streamed {
  readonly book = new SortedBook()
  readonly #metric: Metric
  readonly run: MetricRun

  constructor(metric: Metric, overrides: Overrides = {}, instrument: Instrument = plainInstrument) {
    this.#metric = metric
    this.run = startOn(metric, this.book, instrument, overrides)
  }

  snapshot(at: number, bids: readonly HandLevel[], asks: readonly HandLevel[]): this {
    return this.#commit(at, bids, asks, true)
  }

  /** Levels that changed; a size of 0 removes. */
  change(at: number, bids: readonly HandLevel[], asks: readonly HandLevel[]): this {
    return this.#commit(at, bids, asks, false)
  }

  /** `size` above 0 was bought, below 0 sold. */
  trade(at: number, price: number, size: number, flags = 0): this {
    const trades = new Trades()
    trades.push(price, Math.abs(size), size > 0 ? 1 : -1, NaN, NaN, flags)
    this.run.onTrades?.(trades, millis(at))
    return this
  }

  /** Watches from here on, as nothing is traded: windows that end later than they are long are whole. */
  idle(at: number): this {
    this.run.onTrades?.(new Trades(), millis(at))
    return this
  }

  /** Other parameters from now on, those left out at their defaults. */
  adjust(overrides: Overrides): this {
    this.run.adjust?.(paramsOf(this.#metric.spec, overrides))
    return this
  }

  gap(at: number): this {
    this.run.onGap?.(millis(at))
    return this
  }

  figures(at: number): Record<string, number> {
    return figuresOf(this.#metric, this.run, at)
  }

  why(at: number, field: string) {
    return this.run.why?.(
      millis(at),
      this.#metric.spec.fields.findIndex((it) => it.id === field)
    )
  }

  #commit(at: number, bids: readonly HandLevel[], asks: readonly HandLevel[], isSnapshot: boolean): this {
    const changes = changesOf(bids, asks, { isSnapshot, last: at })
    changes.at = millis(NaN)
    this.book.commit(changes)
    this.run.onBook?.(changes, millis(at))
    return this
  }
}
