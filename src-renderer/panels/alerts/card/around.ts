import { seriesColumns } from '../../../../src-shared/alerts/record'

/** So far each way of the trigger the record reaches, ms. */
export const aroundMs = 60_000
/** Rows come ten a second; two that are farther apart than this have unknown time between them, ms. */
const mostApartMs = 1_500

const width = seriesColumns.length
const offset = seriesColumns.indexOf('offsetMs')
const mid = seriesColumns.indexOf('midBps')

/** The minute before and after an alert, oldest first. */
export interface Around {
  /** Ms from the trigger, bps of its mid, and the figure; NaN where not known. */
  readonly rows: readonly (readonly [offsetMs: number, midBps: number, figure: number])[]
  /** Stretches of which nothing is known, ms from the trigger. */
  readonly holes: readonly (readonly [from: number, to: number])[]
}

/**
 * @param records of `seriesColumns`, oldest first
 * @param column which of them is the figure
 * @param until ms after the trigger that have passed: of what is still to come nothing is missing
 */
export function aroundOf(
  records: readonly Float32Array[],
  column: (typeof seriesColumns)[number],
  until: number
): Around {
  const place = seriesColumns.indexOf(column)
  const rows: (readonly [number, number, number])[] = []
  for (const record of records)
    for (let row = 0; row + width <= record.length; row += width)
      rows.push([record[row + offset]!, record[row + mid]!, record[row + place]!])
  return { rows, holes: holesIn(rows, Math.min(aroundMs, until)) }
}

function holesIn(rows: Around['rows'], end: number): Around['holes'] {
  const holes: (readonly [number, number])[] = []
  let known = -aroundMs
  const reach = (to: number): void => {
    if (to - known > mostApartMs) holes.push([known, to])
  }
  for (const [at, price] of rows) {
    if (Number.isNaN(price)) continue
    reach(at)
    known = at
  }
  reach(end)
  return holes
}
