import type { Alert } from '../../../src-shared/alert'
import type { Outcome } from '../../../src-shared/alerts/record'
import { seriesColumns } from '../../../src-shared/alerts/record'
import type { Column } from '../../../src-shared/contract/catalogue'
import { sampleHead, sampleHeadLength } from '../../../src-shared/contract/frames'
import type { Seen } from '../alert-history/history'
import { outcomeOf } from '../alerts/outcome'
import type { Side } from '../book/book'
import type { Watched } from '../watched'

const levels = 25
const aroundMs = 60_000
const bps = 10_000

/** What a watched instrument shows of an alert: reads its book, its figures and its recent rows. */
export class Evidence {
  readonly #columns: readonly Column[]

  constructor(columns: readonly Column[]) {
    this.#columns = columns
  }

  /** The book and the figures now, and the minute before. */
  seen(alert: Alert, { book, row, history }: Pick<Watched, 'book' | 'row' | 'history'>): Seen {
    const figures: Record<string, number> = {}
    for (const [place, { metric, field }] of this.#columns.entries()) {
      const value = row?.[place + sampleHeadLength] ?? NaN
      if (!Number.isNaN(value)) figures[`${metric}.${field}`] = value
    }
    return {
      figures,
      bids: book ? levelsOf(book.bids) : new Float64Array(0),
      asks: book ? levelsOf(book.asks) : new Float64Array(0),
      before: this.#series(alert, history, alert.at - aroundMs, alert.at)
    }
  }

  /** The minute after. */
  after(alert: Alert, { history }: Pick<Watched, 'history'>): Float32Array {
    return this.#series(alert, history, alert.at + 1, alert.at + aroundMs)
  }

  outcome(alert: Alert, { history }: Pick<Watched, 'history'>, halfSpreadBps: number): Outcome {
    const rows = history.series([sampleHead.at, this.#place('price', 'mid')], alert.at)
    const trail = {
      length: rows.length / 2,
      at: (row: number) => rows[2 * row]!,
      mid: (row: number) => rows[2 * row + 1]!
    }
    const sign = alert.side === 'ask' ? -1 : 1
    return outcomeOf(trail, { at: alert.at, mid: alert.mid, halfSpreadBps, sign })
  }

  /** Half the spread at an alert, bps; NaN where it is not known. */
  halfSpread({ row }: Pick<Watched, 'row'>): number {
    return (row?.[this.#place('spread', 'bps')] ?? NaN) / 2
  }

  #series(
    { at, mid, metric, field }: Alert,
    history: Watched['history'],
    from: number,
    to: number
  ): Float32Array {
    const places = [
      sampleHead.at,
      this.#place('price', 'mid'),
      this.#place(metric, field),
      this.#place('spread', 'bps'),
      this.#place('imbalance', 'bps10'),
      this.#place('price', 'offset'),
      this.#place('rate', 'book'),
      this.#place('rate', 'trades')
    ]
    const rows = history.series(places, from)
    const width = seriesColumns.length
    const out: number[] = []
    for (let row = 0; row < rows.length; row += width) {
      if (rows[row]! > to) break
      out.push(rows[row]! - at, ((rows[row + 1]! - mid) / mid) * bps, ...rows.subarray(row + 2, row + width))
    }
    return Float32Array.from(out)
  }

  /** Outside of every row where there is no such figure. */
  #place(metric: string, field: string): number {
    const found = this.#columns.findIndex((column) => column.metric === metric && column.field === field)
    return found < 0 ? Number.MAX_SAFE_INTEGER : found + sampleHeadLength
  }
}

/** Pairs price, size, best first. */
function levelsOf(side: Side): Float64Array {
  const count = Math.min(levels, side.count)
  const pairs = new Float64Array(count * 2)
  for (let rank = 0; rank < count; rank++) {
    pairs[rank * 2] = side.price(rank)
    pairs[rank * 2 + 1] = side.size(rank)
  }
  return pairs
}
