import { decimal, price } from '../../../src-shared/format'
import type { Instrument, InstrumentId } from '../../../src-shared/instrument'
import { baseOf, notionalOf } from '../../../src-shared/instrument'
import { lots, ticks } from '../../../src-shared/units'
import type { Series } from '../../state/market'

/** So many of the latest trades can be scrolled through. */
export const mostRows = 1_000

/** Where the columns of a trade stand (contract/frames.ts). */
const [AT, PRICE, SIZE, AGGRESSOR, ID, FLAGS] = [0, 1, 2, 3, 4, 5]

/** Of the font at its size in tables, a little roomy. */
const [digitPx, betweenPx, arrowPx] = [8.2, 4, 12]

/** One instrument whose trades are listed. */
export interface Source {
  readonly id: InstrumentId
  readonly instrument: Instrument
  readonly trades: Series['trades']
}

export interface TradeRow {
  readonly instrument: Instrument
  /** Venue time, ms. */
  readonly at: number
  /** Ticks and lots of its instrument. */
  readonly price: number
  readonly size: number
  /** +1 bought, -1 sold. */
  readonly aggressor: number
  /** NaN where the venue gives none. */
  readonly id: number
  readonly flags: number
  /** In quote money. */
  readonly notional: number
}

/** The latest trades worth at least `least` (quote money), newest first, of all sources by their venues' time. */
export function rowsOf(sources: readonly Source[], least: number): readonly TradeRow[] {
  const rows = sources.flatMap((source) => latestOf(source, least))
  // One source's trades stand as it told them: many have the same millisecond.
  if (sources.length > 1) rows.sort((one, other) => other.at - one.at)
  return rows.slice(0, mostRows)
}

function latestOf({ instrument, trades }: Source, least: number): TradeRow[] {
  const rows: TradeRow[] = []
  for (let row = trades.length - 1; row >= 0 && rows.length < mostRows; row--) {
    const [price, size] = [trades.value(row, PRICE), trades.value(row, SIZE)]
    const notional = notionalOf(instrument, ticks(price), lots(size))
    if (least > 0 && !(notional >= least)) continue
    rows.push({
      ...{ instrument, price, size, notional },
      at: trades.value(row, AT),
      aggressor: trades.value(row, AGGRESSOR),
      id: trades.value(row, ID),
      flags: trades.value(row, FLAGS)
    })
  }
  return rows
}

/** Px that the widest of the prices needs, with the arrow beside it: digits are all as wide, what stands between them is narrower. */
export function priceRoom(rows: readonly TradeRow[]): number {
  const dearest = new Map<Instrument, number>()
  for (const row of rows)
    if (row.price > (dearest.get(row.instrument) ?? -Infinity)) dearest.set(row.instrument, row.price)
  const widths = [...dearest].map(([instrument, of]) => {
    const text = price(instrument, ticks(of))
    const digits = text.replace(/\D/g, '').length
    return digits * digitPx + (text.length - digits) * betweenPx
  })
  return Math.ceil(Math.max(0, ...widths) + arrowPx)
}

/** A trade's size in base currency with about four digits that count, no more than its lots have: single trades are far smaller than what tables show of books. */
export function sizeText({ instrument, price, size }: TradeRow): string {
  const base = baseOf(instrument, ticks(price), lots(size))
  const digits = base >= 1_000 ? 0 : base >= 100 ? 1 : base >= 10 ? 2 : base >= 1 ? 3 : base >= 0.01 ? 4 : 6
  const isLots = instrument.contract.currency === 'base' && instrument.contract.of === 1
  return decimal(base, isLots ? Math.min(digits, instrument.size.decimals) : digits)
}
