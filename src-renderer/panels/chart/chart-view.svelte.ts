import type { Instrument, InstrumentId } from '../../../src-shared/instrument'
import { priceOf } from '../../../src-shared/instrument'
import { isLive } from '../../../src-shared/status'
import { ticks } from '../../../src-shared/units'
import { largestTrades } from '../../charts/marks'
import type { Sampled } from '../../charts/sampled'
import { heldUntil, sampled } from '../../charts/sampled'
import { visibleGaps } from '../../charts/spans'
import type { Colours } from '../../charts/theme'
import type { TimeView } from '../../charts/time-view'
import { edgesOf, isFollowing, panned, zoomed } from '../../charts/time-view'
import type { Desk } from '../../state/desk'
import type { Band } from './bands'
import { Causes } from './causes'
import type { Scene } from './scene'

const mostMarks = 40
const mostLiquidations = 20

/** What the chart shows of one instrument: the stretch of time, and the scene of it when asked. */
export class ChartView {
  #view = $state.raw<TimeView>({ spanMs: 240_000, end: undefined })
  readonly #causes = new Causes()
  readonly #desk: Desk
  readonly #id: InstrumentId

  constructor(desk: Desk, id: InstrumentId, spanMs: number) {
    this.#desk = desk
    this.#id = id
    this.#view = { spanMs, end: undefined }
  }

  get following(): boolean {
    return isFollowing(this.#view)
  }
  get spanMs(): number {
    return this.#view.spanMs
  }
  get instrument(): Instrument | undefined {
    return this.#desk.market.instrument(this.#id)
  }
  /** The present: the clock of the window, or the latest sample's where that is later. */
  get now(): number {
    const series = this.#desk.market.series(this.#id)
    return Math.max(this.#desk.now, series.length > 0 ? series.at(series.length - 1) : 0)
  }
  get edges(): readonly [from: number, to: number] {
    return edgesOf(this.#view, this.now)
  }

  follow(): void {
    this.#view = { spanMs: this.#view.spanMs, end: undefined }
  }
  show(spanMs: number): void {
    this.#view = zoomed(this.#view, spanMs / this.#view.spanMs, this.edges[1], this.now)
  }
  /** Moves by a share of the span; positive is later. */
  pan(share: number): void {
    this.#view = panned(this.#view, share * this.#view.spanMs, this.now, this.#oldest())
  }
  /** Zooms around a place between the left (0) and the right edge (1). */
  zoom(factor: number, place: number): void {
    const [from, to] = this.edges
    this.#view = zoomed(this.#view, factor, from + place * (to - from), this.now)
  }

  /** What is to be drawn now on `pixels` columns. */
  scene(colours: Colours, bands: readonly Band[], pixels: number): Scene {
    const { market } = this.#desk
    const series = market.series(this.#id)
    const instrument = this.instrument
    const edges = this.edges
    const status = market.status(this.#id)
    const columns = [
      market.column('price', 'mid'),
      market.column('price', 'microprice'),
      ...bands.map((band) => market.column('imbalance', band))
    ]
    const lines = sampled(series, columns, edges, Math.max(1, pixels))
    if (instrument) priced(lines, instrument)
    const latest = (metric: string, field: string) => market.figure(this.#id, metric, field)
    return {
      colours,
      instrument,
      edges,
      lines: isLive(status) && edges[1] >= this.now ? heldUntil(lines, edges[1]) : lines,
      bands,
      marks: largestTrades(series.trades, edges[0], edges[1], mostMarks),
      liquidations: largestTrades(series.liquidations, edges[0], edges[1], mostLiquidations, true),
      gaps: this.#causes.name(visibleGaps(series.gaps, edges[0], edges[1], this.now), status),
      knownFrom: this.#oldest(),
      mid: instrument ? priceOf(instrument, ticks(latest('price', 'mid'))) : NaN,
      figures: bands.map((band) => latest('imbalance', band))
    }
  }

  #oldest(): number {
    const series = this.#desk.market.series(this.#id)
    return series.length > 0 ? series.at(0) : Infinity
  }
}

/** Mid and microprice from ticks to decimal prices, in place. */
function priced(lines: Sampled, instrument: Instrument): void {
  for (const column of lines.values.slice(0, 2)) {
    for (let i = 0; i < column.length; i++) {
      const value = column[i]
      if (value !== null && value !== undefined) column[i] = priceOf(instrument, ticks(value))
    }
  }
}
