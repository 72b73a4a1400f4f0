// One signal (`version`) stands for all of a series; its parts are plain on purpose.
/* eslint-disable svelte/prefer-svelte-reactivity */
import type { EngineFrame } from '../../src-shared/contract/frames'
import { tradeColumns } from '../../src-shared/contract/frames'
import type { Millis } from '../../src-shared/units'
import { millis } from '../../src-shared/units'
import type { Series } from './market'
import { NumberRows } from './number-rows'
import type { Span } from './spans'
import { closed, opened, spansOf, union } from './spans'

/** Ten minutes at ten rows a second; older rows are forgotten. */
const mostRows = 6_000
/** Older trades, prices and spans are forgotten. */
const mostTrades = 20_000
const mostLiquidations = 2_000
const mostPrices = 20_000
const mostGaps = 500

const buyColumn = 3
const tradePlaces = Array.from({ length: tradeColumns }, (_, column) => column)

/** What the engine answers to `history`. */
type Past = Pick<
  Extract<EngineFrame, { kind: 'history' }>,
  'columns' | 'rows' | 'gaps' | 'trades' | 'liquidations'
>

/** The past of one instrument, filled from market frames and from the engine's answer to `history`. */
export class SeriesState implements Series {
  #version = $state(0)
  #rows: NumberRows
  #trades = new NumberRows(tradeColumns, mostTrades)
  #gaps: readonly Span[] = []
  readonly #traded = new Map<number, [buy: number, sell: number]>()
  #liquidations = new NumberRows(tradeColumns, mostLiquidations)
  #untold = $state(0)
  readonly trades = {
    length: 0,
    value: (row: number, column: number): number => this.#trades.value(row, column)
  }
  readonly liquidations = {
    length: 0,
    value: (row: number, column: number): number => this.#liquidations.value(row, column)
  }

  constructor(width: number) {
    this.#rows = new NumberRows(width, mostRows)
    Object.defineProperty(this.trades, 'length', { get: () => this.#trades.length })
    Object.defineProperty(this.liquidations, 'length', { get: () => this.#liquidations.length })
  }

  get version(): number {
    return this.#version
  }
  get length(): number {
    return this.#rows.length
  }
  get width(): number {
    return this.#rows.width
  }
  get untold(): number {
    return this.#untold
  }
  get gaps(): readonly Span[] {
    return this.#gaps
  }

  at(row: number): Millis {
    return millis(this.#rows.value(row, 0))
  }

  value(row: number, column: number): number {
    return this.#rows.value(row, column)
  }

  find(at: number): number {
    let low = 0
    let high = this.#rows.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if (this.#rows.value(middle, 0) < at) low = middle + 1
      else high = middle
    }
    return low
  }

  traded(price: number): readonly [buy: number, sell: number] {
    return this.#traded.get(price) ?? [0, 0]
  }

  /** A row of a market frame; a time already known is not taken twice. */
  addRow(from: Float64Array, offset: number): void {
    const last = this.#rows.value(this.#rows.length - 1, 0)
    if (this.#rows.length > 0 && !(from[offset]! > last)) return
    this.#rows.push(from, offset)
    this.#version++
  }

  /** `untold`: how many more there were, had the frame not been full. */
  addTrades(rows: Float64Array, untold: number): void {
    this.#untold += untold
    for (let at = 0; at + tradeColumns <= rows.length; at += tradeColumns) {
      this.#trades.push(rows, at)
      this.#count(rows[at + 1]!, rows[at + 2]!, rows[at + buyColumn]!)
    }
    this.#version++
  }

  addLiquidations(rows: Float64Array): void {
    for (let at = 0; at + tradeColumns <= rows.length; at += tradeColumns) this.#liquidations.push(rows, at)
    this.#version++
  }

  lose(at: number): void {
    this.#setGaps(opened(this.#gaps, at))
  }

  regain(at: number): void {
    this.#setGaps(closed(this.#gaps, at))
  }

  /** Puts the engine's past where it belongs: it replaces what it covers and keeps what is older or newer. */
  addHistory({ columns, rows, gaps, trades, liquidations }: Past, live: boolean, now: number): void {
    this.#liquidations = joined(this.#liquidations, tradePlaces, liquidations, mostLiquidations)
    this.#rows = joined(this.#rows, columns, rows, mostRows)
    this.#trades = joined(this.#trades, tradePlaces, trades, mostTrades)
    const spans = union([...this.#gaps, ...spansOf(gaps)])
    this.#setGaps(live ? closed(spans, now) : spans)
    this.#version++
  }

  #setGaps(gaps: readonly Span[]): void {
    if (gaps === this.#gaps) return
    this.#gaps = gaps.slice(-mostGaps)
    this.#version++
  }

  #count(price: number, size: number, side: number): void {
    const sum = this.#traded.get(price)
    if (sum) sum[side > 0 ? 0 : 1] += size
    else {
      if (this.#traded.size >= mostPrices) this.#traded.delete(this.#traded.keys().next().value!)
      this.#traded.set(price, side > 0 ? [size, 0] : [0, size])
    }
  }
}

/** `past`, whose rows hold only `columns`, in the middle of what is already there, by the time in column 0. */
function joined(kept: NumberRows, columns: readonly number[], past: Float64Array, most: number): NumberRows {
  const width = columns.length
  const end = past.length - (past.length % Math.max(1, width))
  if (end === 0) return kept
  const result = new NumberRows(kept.width, most)
  const time = columns.indexOf(0)
  const first = past[time]!
  const last = past[end - width + time]!
  for (let row = 0; row < kept.length; row++) if (kept.value(row, 0) < first) result.pushFrom(kept, row)
  for (let at = 0; at < end; at += width) result.pushColumns(columns, past, at)
  for (let row = 0; row < kept.length; row++) if (kept.value(row, 0) > last) result.pushFrom(kept, row)
  return result
}
