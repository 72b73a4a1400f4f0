import type { EngineFrame, MarketEvent } from '../../src-shared/contract/frames'
import { sampleHead, tradeColumns } from '../../src-shared/contract/frames'
import type { InstrumentId } from '../../src-shared/instrument'
import type { Millis } from '../../src-shared/units'
import type { Trades } from './book/changes'
import { ColumnRings } from './math/column-rings'
import { RowRing } from './math/row-ring'

/** Ten minutes at ten rows a second: 48 KB for each column that was ever known. */
const mostRows = 6_000
const mostTrades = 2_000
const mostLiquidations = 500
const mostGaps = 200
const mostEvents = 500
/** Columns of a trade's row. */
export const tradePrice = 1
export const tradeSize = 2

/** The recent past of one instrument; the oldest of each kind makes room for the newest. */
export class History {
  readonly #rows: ColumnRings
  readonly #priceColumns: readonly number[]
  readonly #trades = new RowRing(tradeColumns, mostTrades)
  readonly #liquidations = new RowRing(tradeColumns, mostLiquidations)
  readonly #gaps: { from: number; to: number }[] = []
  readonly #events: MarketEvent[] = []

  /** `priceColumns` are the places in a row that hold prices in ticks. */
  constructor(width: number, priceColumns: readonly number[]) {
    this.#priceColumns = priceColumns
    this.#rows = new ColumnRings(width, mostRows)
  }

  keepSample(row: Float64Array): void {
    this.#rows.push(row)
  }

  keepTrades(trades: Trades): void {
    for (let row = 0; row < trades.count; row++) this.#trades.push(tradeRow(trades, row))
  }

  keepLiquidations(liquidations: Trades): void {
    for (let row = 0; row < liquidations.count; row++) this.#liquidations.push(tradeRow(liquidations, row))
  }

  keepEvents(events: readonly MarketEvent[]): void {
    this.#events.push(...events)
    if (this.#events.length > mostEvents) this.#events.splice(0, this.#events.length - mostEvents)
  }

  /** The book is not live from `at` on; closed by `regain`. */
  lose(at: Millis): void {
    if (this.#gaps.at(-1)?.to === Infinity) return
    this.#gaps.push({ from: at, to: Infinity })
    if (this.#gaps.length > mostGaps) this.#gaps.shift()
  }

  regain(at: Millis): void {
    const last = this.#gaps.at(-1)
    if (last?.to === Infinity) last.to = at
  }

  /** The grid got finer: what is kept counts in its steps from now on. */
  rescale(priceFactor: number, sizeFactor: number): void {
    for (const column of this.#priceColumns) this.#rows.scale(column, priceFactor)
    this.#trades.scale(tradePrice, priceFactor)
    this.#trades.scale(tradeSize, sizeFactor)
    this.#liquidations.scale(tradePrice, priceFactor)
    this.#liquidations.scale(tradeSize, sizeFactor)
    for (const [place, event] of this.#events.entries())
      this.#events[place] = { ...event, price: event.price * priceFactor }
  }

  /** These places of the rows from `since` (ms) on, row after row. */
  series(columns: readonly number[], since: number): Float64Array {
    return this.#rows.copy(columns, firstSince(this.#rows, sampleHead.at, since))
  }

  /** When the first row that is kept was taken, ms; Infinity before one. */
  get since(): number {
    return this.#rows.length > 0 ? this.#rows.value(0, sampleHead.at) : Infinity
  }

  /** Everything from `since` (ms) on; a gap that still runs ends at Infinity. */
  answer(instrument: InstrumentId, since: number): Extract<EngineFrame, { kind: 'history' }> {
    const gaps = this.#gaps.filter(({ to }) => to >= since)
    const columns = this.#rows.known
    return {
      kind: 'history',
      instrument,
      columns,
      rows: this.#rows.copy(columns, firstSince(this.#rows, sampleHead.at, since)),
      gaps: Float64Array.from(gaps.flatMap(({ from, to }) => [from, to])),
      trades: this.#trades.copy(firstSince(this.#trades, 0, since)),
      liquidations: this.#liquidations.copy(firstSince(this.#liquidations, 0, since)),
      events: this.#events.filter(({ at }) => at >= since)
    }
  }
}

const told = new Float64Array(tradeColumns)

/** One trade as frames carry it: at, price, size, aggressor, id, flags. Overwritten by the next one. */
export function tradeRow(trades: Trades, row: number): Readonly<Float64Array> {
  told[0] = trades.at[row]!
  told[1] = trades.price[row]!
  told[2] = trades.size[row]!
  told[3] = trades.aggressor[row]!
  told[4] = trades.id[row]!
  told[5] = trades.flags[row]!
  return told
}

/** A scan, not a search: a venue's times and a stepped clock need not rise. */
function firstSince(rows: Pick<RowRing, 'length' | 'value'>, column: number, since: number): number {
  let row = 0
  while (row < rows.length && !(rows.value(row, column) >= since)) row++
  return row
}
