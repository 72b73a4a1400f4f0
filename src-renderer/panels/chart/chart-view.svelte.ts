import type { Instrument, InstrumentId } from '../../../src-shared/instrument'
import { priceOf } from '../../../src-shared/instrument'
import { ticks } from '../../../src-shared/units'
import { largestTrades } from '../../charts/marks'
import type { Sampled } from '../../charts/sampled'
import type { Colours } from '../../charts/theme'
import type { Band } from '../../parts/imbalance-bands'
import { keepStandIns, micropriceNow } from '../../parts/microprice'
import { TimeLens } from '../../parts/time-lens.svelte'
import { anchorIn, keepAnchored } from '../../parts/vwap-anchor'
import type { Desk } from '../../state/desk'
import type { Scene } from './scene'
import { ofPrices } from './scene'

const mostMarks = 40
const mostLiquidations = 20

/** What the chart shows of one instrument: the stretch of time, and the scene of it when asked. */
export class ChartView extends TimeLens {
  readonly #desk: Desk
  readonly #id: InstrumentId

  constructor(desk: Desk, id: InstrumentId, spanMs: number) {
    super(desk, id, spanMs)
    this.#desk = desk
    this.#id = id
  }

  get instrument(): Instrument | undefined {
    return this.#desk.market.instrument(this.#id)
  }

  /** What is to be drawn now on `pixels` columns. */
  scene(colours: Colours, bands: readonly Band[], pixels: number): Scene {
    const { market } = this.#desk
    const series = market.series(this.#id)
    const { instrument, edges } = this
    const columns = [
      market.column('price', 'mid'),
      market.column('microprice', 'best'),
      market.column('price', 'microprice'),
      ...bands.map((band) => market.column('imbalance', band)),
      market.column('forecast', 's1-up'),
      market.column('vwap', 'anchored'),
      market.column('vwap', 'anchoredFor')
    ]
    const anchor = anchorIn(this.#desk.settings, this.#id)
    const lines = this.lines(columns, pixels)
    keepStandIns(lines, 1, 2)
    keepAnchored(lines, columns.length - 2, columns.length - 1, anchor)
    if (instrument) priced(lines, instrument)
    const latest = (metric: string, field: string) => market.figure(this.#id, metric, field)
    return {
      colours,
      instrument,
      edges,
      lines,
      anchor: { at: anchor, value: latest('vwap', 'anchored'), seen: latest('vwap', 'anchoredSeen') },
      bands,
      marks: largestTrades(series.trades, edges[0], edges[1], mostMarks),
      liquidations: largestTrades(series.liquidations, edges[0], edges[1], mostLiquidations, true),
      gaps: this.gaps(),
      knownFrom: this.oldest,
      micro: micropriceNow(this.#desk, this.#id),
      mid: instrument ? priceOf(instrument, ticks(latest('price', 'mid'))) : NaN,
      figures: bands.map((band) => latest('imbalance', band)),
      chance: latest('forecast', 's1-up')
    }
  }
}

/** Mid, microprice, its stand-in and VWAP from ticks to decimal prices, in place. */
function priced(lines: Sampled, instrument: Instrument): void {
  for (const column of [...lines.values.slice(0, ofPrices), lines.values.at(-2)!]) {
    for (let i = 0; i < column.length; i++) {
      const value = column[i]
      if (value !== null && value !== undefined) column[i] = priceOf(instrument, ticks(value))
    }
  }
}
