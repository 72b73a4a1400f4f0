/** Room for the row deltas and the prices right of the cells, for the times above and for the sums below, px. */
export const deltaWidth = 60
export const priceWidth = 68
export const headHeight = 20
export const footHeight = 40
export const rowHeight = 18
const usualWidth = 104
const leastWidth = 72

/** Where cells lie on a canvas, px. */
export interface Place {
  readonly width: number
  readonly height: number
  /** Right end of the cells and lower end of the rows. */
  readonly right: number
  readonly bottom: number
  readonly columnWidth: number
  /** Left end of the interval that is `back` before the latest. */
  readonly x: (back: number) => number
  /** Upper end of a row. */
  readonly y: (row: number) => number
}

/** `back`: intervals (a fraction too) scrolled away at the right; `centre`: the row in the middle. */
export function placeOf(width: number, height: number, count: number, back: number, centre: number): Place {
  const right = Math.max(1, width - deltaWidth - priceWidth)
  const bottom = Math.max(headHeight + 1, height - footHeight)
  // Few intervals take the room there is, up to a third more than usual.
  const columnWidth = Math.max(leastWidth, Math.min(usualWidth * 1.35, right / Math.max(1, count)))
  const middle = headHeight + (bottom - headHeight) / 2
  return {
    ...{ width, height, right, bottom, columnWidth },
    x: (place) => right - (place + 1 - back) * columnWidth,
    y: (row) => Math.round(middle - (row - centre + 0.5) * rowHeight)
  }
}

/** As far as one can scroll: the oldest interval stays in sight. */
export const farthest = (count: number, { right, columnWidth }: Place): number =>
  Math.max(0, count - Math.max(1, Math.floor(right / columnWidth)))

/** Rows that fit. */
export const rowsIn = ({ bottom }: Place): number => Math.max(1, (bottom - headHeight) / rowHeight)
