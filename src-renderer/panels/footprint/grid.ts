import type { TableRows } from '../../state/market'

/** Sold into bids and bought from asks at one price step of one interval, base currency. */
export interface Cell {
  /** Which price step: `row × step` ticks is its lower end. */
  readonly row: number
  readonly sold: number
  readonly bought: number
  /** One side is several times what met it one step further: bought against sold a step lower, sold against bought a step higher. */
  readonly mark: 'bid' | 'ask' | undefined
}

export interface Interval {
  /** Unix ms. */
  readonly from: number
  /** False where watching began, or was broken, within it: its volumes are not the market's. */
  readonly whole: boolean
  /** Highest price first. */
  readonly cells: readonly Cell[]
  /** The row with the most volume, the point of control. */
  readonly poc: number
  readonly sold: number
  readonly bought: number
}

export interface Grid {
  /** Ticks a row. */
  readonly step: number
  /** Oldest first. */
  readonly intervals: readonly Interval[]
  /** Lowest and highest row of all. */
  readonly low: number
  readonly high: number
  /** The largest volume of one side of a cell. */
  readonly most: number
}

/** A side this many times the other one, diagonally, is marked. */
export const markRatio = 3
/** And holds at least this share of its interval's largest cell: three lots against one are no imbalance. */
export const markShare = 0.1

interface Raw {
  readonly from: number
  readonly price: number
  readonly step: number
  readonly sold: number
  readonly bought: number
  readonly whole: boolean
}

/** The metric's rows as a grid of one price step: the coarsest of the intervals' own, so that a row is the same prices everywhere. */
export function gridOf(table: TableRows | undefined): Grid | undefined {
  const raw = table ? rawOf(table) : []
  if (raw.length === 0) return undefined
  const byStart = new Map<number, Raw[]>()
  for (const it of raw) {
    const group = byStart.get(it.from)
    if (group) group.push(it)
    else byStart.set(it.from, [it])
  }
  const step = Math.max(...raw.map((it) => it.step))
  const intervals = [...byStart].sort(([a], [b]) => a - b).map(([from, rows]) => intervalOf(from, rows, step))
  const cells = intervals.flatMap((it) => it.cells)
  const rows = cells.map(({ row }) => row)
  const most = Math.max(...cells.map(({ sold, bought }) => Math.max(sold, bought)))
  return { step, intervals, low: Math.min(...rows), high: Math.max(...rows), most }
}

function rawOf({ columns, rows }: TableRows): Raw[] {
  const place = (name: string) => columns.indexOf(name)
  const all: Raw[] = []
  for (let at = 0; at + columns.length <= rows.length; at += columns.length) {
    const value = (name: string) => rows[at + place(name)] ?? NaN
    const [from, price, step] = [value('from') * 1_000, value('price'), value('step')]
    const [sold, bought] = [value('bid'), value('ask')]
    if (step > 0 && [from, price, sold, bought].every(Number.isFinite))
      all.push({ from, price, step, sold, bought, whole: value('whole') > 0 })
  }
  return all
}

function intervalOf(from: number, raw: readonly Raw[], step: number): Interval {
  const sums = new Map<number, { sold: number; bought: number }>()
  for (const { price, sold, bought } of raw) {
    // A hair above the edge: a step that is no power of two must not put a price one row too low.
    const row = Math.floor(price / step + 1e-9)
    const sum = sums.get(row)
    if (sum) {
      sum.sold += sold
      sum.bought += bought
    } else sums.set(row, { sold, bought })
  }
  const largest = Math.max(...[...sums.values()].map(({ sold, bought }) => Math.max(sold, bought)))
  const cells = [...sums]
    .sort(([a], [b]) => b - a)
    .map(([row, sum]) => ({ row, ...sum, mark: markOf(sums, row, largest) }))
  const total = (side: 'sold' | 'bought') => cells.reduce((sum, cell) => sum + cell[side], 0)
  const poc = cells.reduce((best, cell) => (volumeOf(cell) > volumeOf(best) ? cell : best))
  return {
    ...{ from, whole: raw.every(({ whole }) => whole), cells, poc: poc.row },
    ...{ sold: total('sold'), bought: total('bought') }
  }
}

/** `ask`: the buyers took several times what the sellers took one step lower; `bid`: the sellers took as much more than the buyers one step higher. */
function markOf(
  sums: ReadonlyMap<number, { readonly sold: number; readonly bought: number }>,
  row: number,
  largest: number
): Cell['mark'] {
  const { sold, bought } = sums.get(row)!
  const below = sums.get(row - 1)?.sold ?? 0
  const above = sums.get(row + 1)?.bought ?? 0
  const buys = bought >= markShare * largest && bought >= markRatio * below ? bought : 0
  const sells = sold >= markShare * largest && sold >= markRatio * above ? sold : 0
  if (buys === 0 && sells === 0) return undefined
  return buys >= sells ? 'ask' : 'bid'
}

export const volumeOf = ({ sold, bought }: { readonly sold: number; readonly bought: number }): number =>
  sold + bought
export const deltaOf = ({ sold, bought }: { readonly sold: number; readonly bought: number }): number =>
  bought - sold

/** Bought less sold in each row over all intervals: row to delta. */
export function rowDeltas({ intervals }: Grid): ReadonlyMap<number, number> {
  const deltas = new Map<number, number>()
  for (const { cells } of intervals)
    for (const cell of cells) deltas.set(cell.row, (deltas.get(cell.row) ?? 0) + deltaOf(cell))
  return deltas
}
