import type { Series } from '../state/market'

/** Columns ready to draw: times, and for every column a value or null (a hole) at each of them. */
export interface Sampled {
  readonly at: number[]
  readonly values: (number | null)[][]
}

/**
 * The rows of [from, to] with one row beyond either edge. Rows without a live book, and unknown figures, are holes. Where there are
 * more than two rows a pixel, each pixel keeps its lowest and highest value, in the order in which the value moved.
 */
export function sampled(
  series: Series,
  columns: readonly number[],
  [from, to]: readonly [from: number, to: number],
  pixels: number
): Sampled {
  const first = Math.max(0, series.find(from) - 1)
  const end = Math.min(series.length, series.find(to) + 1)
  const bucketMs = end - first > 2 * pixels ? (to - from) / pixels : 0
  const writer = new Writer(series, columns, bucketMs)
  const gaps = series.gaps.filter(([began, ended]) => began <= to && ended > from)
  let next = 0
  for (let row = first; row < end; row++) {
    const at = series.at(row)
    while (next < gaps.length && gaps[next]![1] <= at) writer.hole(gaps[next++]![0])
    if (next < gaps.length && gaps[next]![0] <= at) continue
    writer.row(row, at)
  }
  while (next < gaps.length) writer.hole(gaps[next++]![0])
  return writer.finish()
}

/** The last known values, drawn on to `until`: only for a book that is live and therefore unchanged since its last row. */
export function heldUntil(lines: Sampled, until: number): Sampled {
  const last = lines.at.at(-1)
  if (last === undefined || last >= until) return lines
  lines.at.push(until)
  for (const column of lines.values) column.push(column.at(-1) ?? null)
  return lines
}

class Writer {
  readonly #series: Series
  readonly #columns: readonly number[]
  readonly #bucketMs: number
  readonly #out: Sampled
  /** Rows [#start, #end) wait for their bucket to fill. */
  #start = -1
  #end = -1

  constructor(series: Series, columns: readonly number[], bucketMs: number) {
    this.#series = series
    this.#columns = columns
    this.#bucketMs = bucketMs
    this.#out = { at: [], values: columns.map(() => []) }
  }

  row(row: number, at: number): void {
    if (this.#bucketMs === 0) {
      this.#put(at, (column) => this.#value(row, column))
      return
    }
    if (this.#start >= 0 && at - this.#series.at(this.#start) >= this.#bucketMs) this.#flush()
    if (this.#start < 0) this.#start = row
    this.#end = row + 1
  }

  hole(at: number): void {
    this.#flush()
    this.#put(at, () => null)
  }

  finish(): Sampled {
    this.#flush()
    return this.#out
  }

  #value(row: number, column: number): number | null {
    const value = column < 0 ? NaN : this.#series.value(row, column)
    return Number.isFinite(value) ? value : null
  }

  #put(at: number, valueOf: (column: number) => number | null): void {
    // A gap may begin a moment before the last row that was sent: times never run backwards.
    this.#out.at.push(Math.max(at, this.#out.at.at(-1) ?? at))
    this.#columns.forEach((column, i) => this.#out.values[i]!.push(valueOf(column)))
  }

  #flush(): void {
    if (this.#start < 0) return
    const [start, last] = [this.#start, this.#end - 1]
    this.#start = -1
    const pairs = this.#columns.map((column) => this.#extremes(start, last, column))
    let pair = 0
    this.#put(this.#series.at(start), () => pairs[pair++]![0])
    if (last === start) return
    pair = 0
    this.#put(this.#series.at(last), () => pairs[pair++]![1])
  }

  /** Lowest and highest of the rows, in the order of the move; a bucket with an unknown in it ends in a hole. */
  #extremes(start: number, last: number, column: number): readonly [number | null, number | null] {
    let low = Infinity
    let high = -Infinity
    let broken = false
    for (let row = start; row <= last; row++) {
      const value = this.#value(row, column)
      if (value === null) broken = true
      else {
        low = Math.min(low, value)
        high = Math.max(high, value)
      }
    }
    if (low > high) return [null, null]
    if (broken) return [high, null]
    return (this.#value(last, column) ?? 0) >= (this.#value(start, column) ?? 0) ? [low, high] : [high, low]
  }
}
